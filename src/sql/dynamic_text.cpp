// See dynamic_text.hpp.
#include "sql/dynamic_text.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/text.hpp"

namespace cm::sql {
namespace {

constexpr char all_pieces[] = {unknown_piece, quoted_piece};
constexpr std::string_view pieces{all_pieces, sizeof all_pieces};

constexpr std::string_view blanks = " \t\r\n\f";

/// format(): `%%` is a sign, `%I`, `%2$s` and the like are places.
std::string without_places(std::string_view text) {
    std::string result{};
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            result += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '%') {
            result += text[++at];
        } else {
            at = std::min(text.find_first_of("sIL", at), text.size());
            result += at < text.size() && text[at] != 's' ? quoted_piece : unknown_piece;
        }
    }
    return result;
}

std::string template_of_call(Json const& call) {
    auto const name = last_name(call.value("funcname", Json::array()));
    auto const arguments = call.value("args", Json::array());
    if (name == "format" && !arguments.empty()) {
        auto const first = template_of(arguments.front());
        return first.find_first_of(pieces) == std::string::npos ? without_places(first)
                                                                : std::string{unknown_piece};
    }
    if (name == "concat") {
        std::string text{};
        for (auto const& argument : arguments) text += template_of(argument);
        return text;
    }
    if (name == "quote_ident" || name == "quote_literal" || name == "quote_nullable") {
        return {quoted_piece};
    }
    return {unknown_piece};
}

/// The words at the start of a statement, each whole: one that an unknown piece follows directly
/// may be the beginning of another.
std::vector<std::string> first_words(std::string_view statement, std::size_t count) {
    std::vector<std::string> words{};
    while (words.size() < count) {
        auto const begin = statement.find_first_not_of(blanks);
        if (begin == std::string_view::npos) break;
        statement.remove_prefix(begin);
        auto const end = std::min(statement.find_first_of(" \t\r\n\f(;"), statement.size());
        auto const word = statement.substr(0, end);
        if (word.empty() || word.find_first_of(pieces) != std::string_view::npos) break;
        words.push_back(to_lower(word));
        statement.remove_prefix(end);
    }
    return words;
}

bool is_one_of(std::string_view word, auto const& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// `SELECT %I(…)`. So does `INSERT INTO %I (a, b)`, which is taken for a call, too.
bool calls_a_piece(std::string_view statement) {
    for (auto at = statement.find(quoted_piece); at != std::string_view::npos;
         at = statement.find(quoted_piece, at + 1)) {
        auto const next = statement.find_first_not_of(blanks, at + 1);
        if (next != std::string_view::npos && statement[next] == '(') return true;
    }
    return false;
}

bool statement_says_its_kind(std::string_view statement) {
    // Whose first word says all.
    constexpr std::array<std::string_view, 8> alone{"truncate", "analyze", "vacuum", "lock",
                                                    "refresh",  "cluster", "set",    "reset"};
    // What they call may be any function.
    constexpr std::array<std::string_view, 7> calling{"select", "insert", "update", "delete",
                                                      "with",   "values", "merge"};
    constexpr std::array<std::string_view, 6> with_kind{"alter",   "create", "drop",
                                                        "reindex", "grant",  "revoke"};
    // GRANT of a role begins like one of a privilege.
    constexpr std::array<std::string_view, 12> privileges{
        "select",  "insert", "update",  "delete", "truncate",  "references",
        "trigger", "usage",  "execute", "all",    "temporary", "temp"};
    if (statement.find_first_of(pieces) == std::string_view::npos) return true;  // all is known
    auto const words = first_words(statement, 3);
    if (words.empty()) return false;
    if (is_one_of(words[0], alone)) return true;
    if (is_one_of(words[0], calling)) {
        return statement.find(unknown_piece) == std::string_view::npos && !calls_a_piece(statement);
    }
    if (is_one_of(words[0], with_kind)) {
        if (words.size() < 2) return false;
        auto const is_grant = words[0] == "grant" || words[0] == "revoke";
        return !is_grant || is_one_of(words[1], privileges);
    }
    return words[0] == "comment" && words.size() == 3;
}

}  // namespace

std::string template_of(Json const& expression) {
    if (expression.contains("A_Const")) {
        auto const& constant = expression["A_Const"];
        return constant.contains("sval") ? constant["sval"].value("sval", "")
                                         : std::string{unknown_piece};
    }
    if (expression.contains("TypeCast")) {
        return template_of(expression["TypeCast"].value("arg", Json::object()));
    }
    if (expression.contains("FuncCall")) return template_of_call(expression["FuncCall"]);
    if (expression.contains("A_Expr")) {
        auto const& joined = expression["A_Expr"];
        if (last_name(joined.value("name", Json::array())) == "||") {
            return template_of(joined.value("lexpr", Json::object())) +
                   template_of(joined.value("rexpr", Json::object()));
        }
    }
    return {unknown_piece};
}

bool says_its_kind(std::string_view text) {
    while (true) {
        auto const end = std::min(text.find(';'), text.size());
        auto const statement = text.substr(0, end);
        if (statement.find_first_not_of(blanks) != std::string_view::npos &&
            !statement_says_its_kind(statement)) {
            return false;
        }
        if (end == text.size()) return true;
        text.remove_prefix(end + 1);
    }
}

}  // namespace cm::sql

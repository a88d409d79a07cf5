// Judges PostgreSQL's position by what is written there.
#include "history/error_place.hpp"

#include <algorithm>
#include <array>

#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

/// The token that begins at `offset`; the end if none does.
sql::Token token_at(std::string_view text, std::size_t offset) {
    for (auto token = sql::next_token(text, 0); token.kind != sql::TokenKind::end;
         token = sql::next_token(text, token.end)) {
        if (token.begin == offset) return token;
        if (token.begin > offset) break;
    }
    return {};
}

std::string bare(std::string_view token) {
    std::string letters{};
    std::copy_if(token.begin(), token.end(), std::back_inserter(letters),
                 [](char c) { return c != '"' && c != '\''; });
    return to_lower(letters);
}

/// Errors whose message repeats the word that they are about.
bool names_its_word(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 6> states{
        sqlstate::undefined_function,  // undefined_function, operators too
        sqlstate::ambiguous_function,
        sqlstate::undefined_column,
        sqlstate::undefined_object,
        sqlstate::undefined_table,
        sqlstate::invalid_text_representation,
    };
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

bool is_alter_table(std::string_view statement) {
    auto const first = sql::next_significant_token(statement, 0);
    auto const second = sql::next_significant_token(statement, first.end);
    return sql::is_word(statement, first, "ALTER") && sql::is_word(statement, second, "TABLE");
}

}  // namespace

bool points_into(std::string_view statement, std::size_t offset, pg::ServerMessage const& server) {
    if (offset >= statement.size()) return false;
    if (!is_alter_table(statement)) return true;
    auto const token = token_at(statement, offset);
    if (token.kind == sql::TokenKind::end || token.kind == sql::TokenKind::blank) return false;
    if (!names_its_word(server.sqlstate)) return true;
    auto const word = bare(statement.substr(token.begin, token.end - token.begin));
    return !word.empty() && to_lower(server.message).find(word) != std::string::npos;
}

std::string first_line(std::string message) {
    if (auto const end = message.find('\n'); end != std::string::npos) {
        message.resize(end);
        message += "…\"";
    }
    return message;
}

}  // namespace cm::history

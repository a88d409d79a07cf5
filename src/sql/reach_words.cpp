// See reach_words.hpp. A text becomes a list of words; a pattern is a sequence of words.
#include "sql/reach_words.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sql/effects_table.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

using enum Outside;

/// `A|B` is either word, `…` is up to 30 words of which none is the one behind `!`.
struct WordRow {
    std::string_view pattern{};
    Outside outside{};
    std::string_view words{};
};

constexpr std::array word_rows{
    WordRow{"create|alter|drop role|group", roles, "CREATE, ALTER or DROP ROLE"},
    WordRow{"create|alter|drop user mapping", other_servers, "USER MAPPING"},
    WordRow{"create|alter|drop user", roles, "CREATE, ALTER or DROP USER"},
    WordRow{"reassign|drop owned", roles, "REASSIGN or DROP OWNED"},
    WordRow{"grant …!on to", roles, "GRANT of a role"},
    WordRow{"revoke …!on from", roles, "REVOKE of a role"},
    WordRow{"create|alter|drop database", databases, "CREATE, ALTER or DROP DATABASE"},
    WordRow{"on database", databases, "a statement ON DATABASE"},
    WordRow{"on role|tablespace|subscription", roles, "a statement ON ROLE"},
    WordRow{"on parameter", server, "GRANT ON PARAMETER"},
    WordRow{"alter system", server, "ALTER SYSTEM"},
    WordRow{"checkpoint", server, "CHECKPOINT"},
    WordRow{"create|alter|drop tablespace", tablespaces, "CREATE, ALTER or DROP TABLESPACE"},
    WordRow{"create|alter|drop subscription", subscriptions, "CREATE, ALTER or DROP SUBSCRIPTION"},
    WordRow{"import foreign schema", other_servers, "IMPORT FOREIGN SCHEMA"},
    WordRow{"update|into pg_authid|pg_auth_members|pg_db_role_setting", roles, "a change of roles"},
    WordRow{"update|into pg_catalog pg_authid|pg_auth_members|pg_db_role_setting", roles,
            "a change of roles"},
    WordRow{"delete from pg_authid|pg_auth_members|pg_db_role_setting", roles, "a change of roles"},
    WordRow{"update|into pg_database", databases, "a change of databases"},
    WordRow{"update|into pg_catalog pg_database", databases, "a change of databases"},
    WordRow{"copy …!; program", programs, "COPY … PROGRAM"},
};

constexpr std::array<std::string_view, 26> verbs{
    "create", "alter",    "drop",    "grant", "revoke", "insert",   "update",  "delete",  "select",
    "with",   "truncate", "comment", "set",   "reset",  "refresh",  "reindex", "analyze", "vacuum",
    "lock",   "copy",     "merge",   "call",  "do",     "security", "import",  "notify"};

constexpr int deepest = 6;
constexpr std::size_t widest_gap = 30;

/// Words in lower case; `(` and `'` stand for an opening bracket and the start of a string.
void add_words(std::vector<std::string>& words, std::string_view text, int depth);

std::string without_quotes(std::string_view token) {
    auto const open = token.find('\'');
    if (open == std::string_view::npos) {  // $tag$ … $tag$
        auto const end_of_tag = token.find('$', 1);
        if (end_of_tag == std::string_view::npos) return {};
        token.remove_prefix(end_of_tag + 1);
        return std::string{token.substr(0, token.size() - std::min(token.size(), end_of_tag + 1))};
    }
    std::string content{};
    for (auto i = open + 1; i < token.size(); ++i) {
        if (token[i] == '\'') ++i;
        if (i < token.size()) content += token[i];
    }
    return content;
}

void add_words(std::vector<std::string>& words, std::string_view text, int depth) {
    for (auto token = next_significant_token(text, 0); token.kind != TokenKind::end;
         token = next_significant_token(text, token.end)) {
        auto const content = text.substr(token.begin, token.end - token.begin);
        switch (token.kind) {
            case TokenKind::word:
                words.push_back(to_lower(content));
                break;
            case TokenKind::name:
                words.emplace_back(
                    content.substr(1, content.size() - std::min<std::size_t>(content.size(), 2)));
                break;
            case TokenKind::text:
                words.emplace_back("'");
                if (depth < deepest) add_words(words, without_quotes(content), depth + 1);
                break;
            case TokenKind::symbol:
                if (content == "(" || content == "." || content == ";") words.emplace_back(content);
                break;
            default:
                break;
        }
    }
}

bool is_sign(std::string const& word) {
    return word == "(" || word == "." || word == "'";
}

bool is_one_of(std::string_view word, std::string_view alternatives) {
    while (!alternatives.empty()) {
        auto const end = std::min(alternatives.find('|'), alternatives.size());
        if (alternatives.substr(0, end) == word) return true;
        alternatives.remove_prefix(std::min(end + 1, alternatives.size()));
    }
    return false;
}

bool matches(std::vector<std::string> const& words, std::size_t at, std::string_view pattern) {
    while (!pattern.empty()) {
        auto const end = std::min(pattern.find(' '), pattern.size());
        auto const word = pattern.substr(0, end);
        pattern.remove_prefix(std::min(end + 1, pattern.size()));
        constexpr std::string_view gap = "…!";
        if (word.starts_with(gap)) {
            auto const stop = word.substr(gap.size());
            for (auto i = at; i < std::min(words.size(), at + widest_gap); ++i) {
                if (words[i] == stop) return false;
                if (matches(words, i, pattern)) return true;
            }
            return false;
        }
        if (at >= words.size() || !is_one_of(words[at], word)) return false;
        ++at;
    }
    return true;
}

void add(std::vector<Reach>& found, Reach reach) {
    if (std::find(found.begin(), found.end(), reach) == found.end()) found.push_back(reach);
}

/// COPY to or from anything but the client.
bool copies_file(std::vector<std::string> const& words, std::size_t at) {
    if (words[at] != "copy") return false;
    for (auto i = at + 1; i + 1 < std::min(words.size(), at + widest_gap); ++i) {
        if (words[i] == ";") return false;
        if (words[i] == "to" || words[i] == "from") {
            return !is_one_of(words[i + 1], "stdin|stdout|program");
        }
    }
    return false;
}

/// Names that are ordinary words elsewhere count only where they are called.
bool is_call(std::vector<std::string> const& all, std::size_t at) {
    return at + 1 < all.size() && all[at + 1] == "(";
}

FunctionRow const* called(std::vector<std::string> const& all, std::size_t at) {
    auto const schema = at >= 2 && all[at - 1] == "." ? std::string_view{all[at - 2]} : "";
    auto const* const row = find_function(schema, all[at]);
    if (row == nullptr) return nullptr;
    auto const is_telling_name =
        all[at].starts_with("pg_") || all[at].starts_with("dblink") || all[at].starts_with("lo_");
    return is_telling_name || is_call(all, at) ? row : nullptr;
}

std::vector<std::string> words_of(std::vector<std::string> const& texts) {
    std::vector<std::string> words{};
    for (auto const& text : texts) add_words(words, text, 0);
    return words;
}

}  // namespace

std::vector<Reach> reaches_in_words(std::vector<std::string> const& texts) {
    auto const all = words_of(texts);
    std::vector<Reach> found{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (auto const* const row = called(all, i)) add(found, {row->outside, all[i] + "()"});
    }
    std::vector<std::string> words{};
    std::remove_copy_if(all.begin(), all.end(), std::back_inserter(words), is_sign);
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const* const row =
            std::find_if(word_rows.begin(), word_rows.end(),
                         [&](WordRow const& one) { return matches(words, i, one.pattern); });
        if (row != word_rows.end()) {
            add(found, {row->outside, std::string{row->words}});
        } else if (copies_file(words, i)) {
            add(found, {files, "COPY with a file"});
        }
    }
    return found;
}

bool begins_statement(std::vector<std::string> const& texts) {
    return std::any_of(texts.begin(), texts.end(), [](std::string const& text) {
        auto const token = next_significant_token(text, 0);
        auto const word =
            to_lower(std::string_view{text}.substr(token.begin, token.end - token.begin));
        return std::find(verbs.begin(), verbs.end(), word) != verbs.end();
    });
}

bool has_hiding_word(std::string_view text) {
    auto const words = words_of({std::string{text}});
    return std::any_of(words.begin(), words.end(),
                       [](std::string const& word) { return hides_text(word); });
}

}  // namespace cm::sql

// Takes apart what was sent at once, and leaves out what migrations hardly begin with and we always
// do: limits, locks, the record, questions to the catalog.
#include "pg/shown_query.hpp"

#include <algorithm>
#include <array>

#include "base/hidden_passwords.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sql/token.hpp"

namespace cm::pg {
namespace {

constexpr std::size_t longest = 120;

constexpr std::array<std::string_view, 10> openers{
    "begin", "commit",     "rollback", "set",     "reset",
    "close", "deallocate", "unlisten", "discard", "start",
};

/// In a query of ours one of these stands.
constexpr std::array<std::string_view, 16> signs{
    "pg_advisory_xact_lock",
    "pg_advisory_unlock_all",
    "pg_advisory_unlock",
    "pg_try_advisory_lock",
    "pg_catalog",
    "pg_class",
    "pg_namespace",
    "pg_index",
    "pg_roles",
    "pg_stat_activity",
    "pg_locks",
    "pg_database",
    "pg_inherits",
    "pg_backend_pid",
    "pg_depend",
    "pg_prepared_xacts",
};

template <std::size_t size>
bool is_one_of(std::array<std::string_view, size> const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_ours(std::string_view statement) {
    std::string first{};
    bool has_sign = false;
    bool is_record = false;
    for (auto token = sql::next_significant_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement, token.end)) {
        auto const word = to_lower(statement.substr(token.begin, token.end - token.begin));
        if (first.empty()) first = word;
        has_sign |= is_one_of(signs, word);
        is_record |= word == "applied_steps_count" || word == "rolled_back_at";
    }
    if (first.empty() || is_one_of(openers, first) || is_record) return true;
    return has_sign && (first == "select" || first == "with");
}

/// Behind a script its record follows, with our own rights again.
bool ends_script(std::string_view statement) {
    auto const first = sql::next_significant_token(statement, 0);
    auto const second = sql::next_significant_token(statement, first.end);
    auto const third = sql::next_significant_token(statement, second.end);
    return sql::is_word(statement, first, "SET") && sql::is_word(statement, second, "LOCAL") &&
           sql::is_word(statement, third, "SESSION");
}

void add_in_one_line(std::string& line, std::string_view text) {
    for (auto const c : text) {
        auto const is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (is_blank && (line.empty() || line.back() == ' ')) continue;
        line += is_blank ? ' ' : c;
    }
}

}  // namespace

std::string in_one_line(std::string_view query) {
    std::string line{};
    add_in_one_line(line, with_passwords_hidden(query));
    return std::string(utf8::cut(line, longest));
}

std::string shown_query(std::string_view query) {
    std::string line{};
    for (std::size_t begin = 0; begin < query.size();) {
        auto token = sql::next_token(query, begin);
        while (token.kind != sql::TokenKind::end &&
               !(token.kind == sql::TokenKind::symbol && query[token.begin] == ';')) {
            token = sql::next_token(query, token.end);
        }
        auto const is_closed = token.kind != sql::TokenKind::end;
        auto const end = is_closed ? token.begin : query.size();
        auto const statement = query.substr(begin, end - begin);
        if (ends_script(statement)) break;
        if (!is_ours(statement)) {
            // Before its lines are joined and cut: what is left of a password, or of a comment in
            // front of it, would no longer look like one.
            add_in_one_line(line, with_passwords_hidden(statement));
            // The one behind a script's last line is ours.
            if (is_closed && !statement.ends_with('\n')) line += ';';
            if (!line.ends_with(' ')) line += ' ';
        }
        begin = end + 1;
    }
    while (line.ends_with(' ')) line.pop_back();
    return std::string(utf8::cut(line, longest));
}

}  // namespace cm::pg

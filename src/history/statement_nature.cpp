// Looks at first words, and for few statements further on.
#include "history/statement_nature.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

bool begins_with_one_of(std::string_view statement, std::initializer_list<std::string_view> words) {
    auto const first = sql::next_significant_token(statement, 0);
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return sql::is_word(statement, first, word); });
}

bool has_word(std::string_view statement, std::string_view word) {
    for (auto token = sql::next_significant_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement, token.end)) {
        if (sql::is_word(statement, token, word)) return true;
    }
    return false;
}

}  // namespace

bool may_commit(std::string_view statement) {
    return begins_with_one_of(statement, {"CALL", "DO"});
}

bool may_refuse_transaction(std::string_view statement) {
    return !begins_with_one_of(statement, {"SET", "SELECT", "WITH", "VALUES", "INSERT", "UPDATE",
                                           "DELETE", "MERGE", "CALL", "DO"});
}

bool is_commit(std::string_view statement) {
    return begins_with_one_of(statement, {"COMMIT", "END"}) && !has_word(statement, "PREPARED");
}

bool chains(std::string_view statement) {
    return begins_with_one_of(statement, {"COMMIT", "END", "ROLLBACK", "ABORT"}) &&
           has_word(statement, "CHAIN") && !has_word(statement, "NO");
}

bool sets_session(std::string_view statement) {
    auto const first = sql::next_significant_token(statement, 0);
    auto const second = sql::next_significant_token(statement, first.end);
    if (sql::is_word(statement, first, "SET")) {
        return !sql::is_word(statement, second, "LOCAL") &&
               !sql::is_word(statement, second, "TRANSACTION") &&
               !sql::is_word(statement, second, "CONSTRAINTS");
    }
    return sql::is_word(statement, first, "RESET") ||
           (sql::is_word(statement, first, "SELECT") &&
            to_lower(statement).find("set_config(") != std::string::npos);
}

}  // namespace cm::history

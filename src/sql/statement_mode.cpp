// See statement_mode.hpp. One table of word patterns, each with its mode; the first that fits
// decides.
#include "sql/statement_mode.hpp"

#include <array>

#include "sql/token.hpp"

namespace cm::sql {
namespace {

/// Words are separated by a blank. `A|B` is either word, `?X` may be missing, `(…)` is a bracketed
/// list that may be missing, `…` is anything up to the next word of the pattern, `.` is the end of
/// the statement.
struct Pattern {
    std::string_view words{};
    TransactionMode mode{};
};

constexpr auto any = TransactionMode::any;
constexpr auto alone = TransactionMode::alone;
constexpr auto control = TransactionMode::control;

constexpr std::array patterns{
    Pattern{"BEGIN", control},
    Pattern{"START TRANSACTION", control},
    Pattern{"COMMIT PREPARED", alone},
    Pattern{"ROLLBACK PREPARED", alone},
    Pattern{"ROLLBACK ?WORK|TRANSACTION TO", any},
    Pattern{"COMMIT|END|ROLLBACK|ABORT", control},
    Pattern{"PREPARE TRANSACTION", control},
    Pattern{"CREATE ?UNIQUE INDEX CONCURRENTLY", alone},
    Pattern{"DROP INDEX CONCURRENTLY", alone},
    Pattern{"REINDEX ( … CONCURRENTLY", alone},
    Pattern{"REINDEX (…) SCHEMA|DATABASE|SYSTEM", alone},
    Pattern{"REINDEX (…) INDEX|TABLE CONCURRENTLY", alone},
    Pattern{"ALTER TABLE … DETACH PARTITION … CONCURRENTLY", alone},
    Pattern{"VACUUM", alone},
    Pattern{"CLUSTER (…) ?VERBOSE .", alone},
    Pattern{"CREATE|DROP DATABASE|TABLESPACE", alone},
    Pattern{"ALTER DATABASE … SET TABLESPACE", alone},
    Pattern{"ALTER SYSTEM", alone},
    Pattern{"CREATE|DROP SUBSCRIPTION", alone},
    Pattern{"ALTER SUBSCRIPTION … REFRESH|ADD|DROP PUBLICATION", alone},
    Pattern{"DISCARD ALL", alone},
};

/// `ALTER TABLE` with hundreds of columns is not searched to its end: what is looked for stands
/// near the start.
constexpr int longest_search = 40;

bool fits(std::string_view statement, Token token, std::string_view alternatives) {
    while (!alternatives.empty()) {
        auto const bar = alternatives.find('|');
        auto const word = alternatives.substr(0, bar);
        if (is_word(statement, token, word)) {
            return true;
        }
        if (bar == std::string_view::npos) {
            break;
        }
        alternatives.remove_prefix(bar + 1);
    }
    return false;
}

bool is_symbol(std::string_view statement, Token token, char symbol) {
    return token.kind == TokenKind::symbol && statement[token.begin] == symbol;
}

/// Past a bracketed list if there is one.
std::size_t skip_list(std::string_view statement, std::size_t at) {
    auto token = next_significant_token(statement, at);
    if (!is_symbol(statement, token, '(')) {
        return at;
    }
    for (int depth = 0; token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        if (is_symbol(statement, token, '(')) {
            ++depth;
        }
        if (is_symbol(statement, token, ')') && --depth == 0) {
            return token.end;
        }
    }
    return statement.size();
}

std::string_view take_word(std::string_view& pattern) {
    auto const end = std::min(pattern.find(' '), pattern.size());
    auto const word = pattern.substr(0, end);
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
    return word;
}

bool matches(std::string_view statement, std::string_view pattern);

bool found_further_on(std::string_view statement, std::string_view pattern) {
    auto token = next_significant_token(statement, 0);
    for (int i = 0; i < longest_search && token.kind != TokenKind::end; ++i) {
        if (matches(statement.substr(token.begin), pattern)) {
            return true;
        }
        token = next_significant_token(statement, token.end);
    }
    return false;
}

bool matches(std::string_view statement, std::string_view pattern) {
    std::size_t at = 0;
    while (!pattern.empty()) {
        auto word = take_word(pattern);
        auto const token = next_significant_token(statement, at);
        if (word == "(…)") {
            at = skip_list(statement, at);
        } else if (word == "…") {
            return found_further_on(statement.substr(at), pattern);
        } else if (word == ".") {
            return token.kind == TokenKind::end || is_symbol(statement, token, ';');
        } else if (word == "(") {
            if (!is_symbol(statement, token, '(')) {
                return false;
            }
            at = token.end;
        } else {
            bool const optional = word.starts_with('?');
            if (optional) {
                word.remove_prefix(1);
            }
            if (fits(statement, token, word)) {
                at = token.end;
            } else if (!optional) {
                return false;
            }
        }
    }
    return true;
}

/// COPY (query) never reads; COPY table (columns) FROM STDIN does.
bool copies_from_client(std::string_view statement) {
    auto token = next_significant_token(statement, 0);
    if (!is_word(statement, token, "COPY")) {
        return false;
    }
    for (auto at = token.end; token.kind != TokenKind::end;
         token = next_significant_token(statement, at)) {
        at = is_symbol(statement, token, '(') ? skip_list(statement, token.begin) : token.end;
        if (is_word(statement, token, "TO")) {
            return false;
        }
        if (is_word(statement, token, "FROM")) {
            return is_word(statement, next_significant_token(statement, at), "STDIN");
        }
    }
    return false;
}

}  // namespace

TransactionMode transaction_mode(std::string_view statement) {
    for (auto const& pattern : patterns) {
        if (matches(statement, pattern.words)) {
            return pattern.mode;
        }
    }
    return any;
}

Unsupported unsupported(std::string_view statement) {
    if (statement.starts_with('\\')) {
        return Unsupported::meta_command;
    }
    return copies_from_client(statement) ? Unsupported::copy_data : Unsupported::no;
}

}  // namespace cm::sql

// See statement_mode.hpp. One table of word patterns, each with its mode; the first that fits
// decides.
#include "sql/statement_mode.hpp"

#include <array>
#include <string>

#include "base/text.hpp"
#include "sql/token.hpp"
#include "sql/word_pattern.hpp"

namespace cm::sql {
namespace {

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

/// COPY (query) never reads; COPY table (columns) FROM STDIN does.
bool copies_from_client(std::string_view statement) {
    auto token = next_significant_token(statement, 0);
    if (!is_word(statement, token, "COPY")) {
        return false;
    }
    for (auto at = token.end; token.kind != TokenKind::end;
         token = next_significant_token(statement, at)) {
        at = is_open_bracket(statement, token) ? skip_brackets(statement, token.begin) : token.end;
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
    auto const token = next_significant_token(statement, 0);
    auto first = std::string{statement.substr(token.begin, token.end - token.begin)};
    for (auto& c : first) c = to_upper(c);
    for (auto const& pattern : patterns) {
        // All patterns begin with words that stand there as they are.
        auto const beginning = pattern.words.substr(0, pattern.words.find(' '));
        if (beginning.find(first) != std::string_view::npos &&
            matches_words(statement, pattern.words)) {
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

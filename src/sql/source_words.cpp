// See source_words.hpp.
#include "sql/source_words.hpp"

#include <array>

#include "sql/statement_cursor.hpp"

namespace cm::sql {
namespace {

using Phase = SourcePhase;

struct WordRow {
    std::string_view words{};
    Phase phase{};
};

/// Behind CREATE, ALTER and what may stand between; the longer first.
constexpr std::array word_rows{
    WordRow{"MATERIALIZED VIEW", Phase::view},
    WordRow{"EVENT TRIGGER", Phase::event_trigger},
    WordRow{"CONSTRAINT TRIGGER", Phase::trigger},
    WordRow{"DEFAULT PRIVILEGES", Phase::default_privileges},
    WordRow{"FOREIGN TABLE", Phase::view},
    WordRow{"FOREIGN DATA WRAPPER", Phase::routine},
    WordRow{"TEXT SEARCH CONFIGURATION", Phase::type},
    WordRow{"TEXT SEARCH DICTIONARY", Phase::type},
    WordRow{"OPERATOR CLASS", Phase::routine},
    WordRow{"OPERATOR FAMILY", Phase::routine},
    WordRow{"UNIQUE INDEX", Phase::index},
    WordRow{"UNLOGGED TABLE", Phase::table},
    WordRow{"UNLOGGED SEQUENCE", Phase::sequence},
    WordRow{"RECURSIVE VIEW", Phase::view},
    WordRow{"SCHEMA", Phase::schema},
    WordRow{"EXTENSION", Phase::extension},
    WordRow{"TYPE", Phase::type},
    WordRow{"DOMAIN", Phase::type},
    WordRow{"COLLATION", Phase::type},
    WordRow{"SEQUENCE", Phase::sequence},
    WordRow{"TABLE", Phase::table},
    WordRow{"FUNCTION", Phase::routine},
    WordRow{"PROCEDURE", Phase::routine},
    WordRow{"AGGREGATE", Phase::routine},
    WordRow{"OPERATOR", Phase::routine},
    WordRow{"CAST", Phase::routine},
    WordRow{"CONVERSION", Phase::routine},
    WordRow{"SERVER", Phase::routine},
    WordRow{"VIEW", Phase::view},
    WordRow{"INDEX", Phase::index},
    WordRow{"STATISTICS", Phase::index},
    WordRow{"TRIGGER", Phase::trigger},
    WordRow{"RULE", Phase::trigger},
    WordRow{"POLICY", Phase::trigger},
    WordRow{"PUBLICATION", Phase::trigger},
};

/// ALTER TABLE that speaks of what comes later.
Phase phase_of_altered_table(StatementCursor const& rest) {
    if (rest.mentions("TRIGGER") || rest.mentions("RULE")) return Phase::trigger;
    auto const waits = rest.mentions("REFERENCES") || rest.mentions("VALIDATE") ||
                       (rest.mentions("USING") && rest.mentions("INDEX"));
    return waits ? Phase::constraint : Phase::table;
}

}  // namespace

std::optional<SourceWords> source_words(std::string_view statement) {
    StatementCursor cursor(statement);
    if (cursor.take("COMMENT ON")) return SourceWords{.phase = Phase::comment};
    if (cursor.take("GRANT") || cursor.take("REVOKE"))
        return SourceWords{.phase = Phase::privilege};
    SourceWords found{.creates = cursor.take("CREATE")};
    if (!found.creates && !cursor.take("ALTER")) return {};
    cursor.take("OR REPLACE");
    for (auto const& row : word_rows) {
        if (!cursor.take(row.words)) continue;
        found.phase = row.phase;
        found.is_materialized = found.creates && row.words == "MATERIALIZED VIEW";
        cursor.take("CONCURRENTLY");
        found.is_optional = cursor.take("IF NOT EXISTS");
        cursor.take("IF EXISTS");
        cursor.take("ONLY");
        auto const has_object =
            row.phase != Phase::trigger && row.phase != Phase::default_privileges;
        if (has_object) {
            auto named = cursor;
            found.object = named.qualified_name();
            if (!found.object) {
                if (auto name = cursor.name()) found.object = QualifiedName{{}, std::move(*name)};
            }
        }
        if (!found.creates && row.words == "TABLE") found.phase = phase_of_altered_table(cursor);
        return found;
    }
    return {};
}

std::string without_word(std::string_view statement, std::string_view word) {
    constexpr int head = 6;  // CREATE UNIQUE INDEX CONCURRENTLY
    auto token = next_significant_token(statement, 0);
    for (int i = 0; i < head && token.kind != TokenKind::end; ++i) {
        if (is_word(statement, token, word)) {
            return std::string{statement.substr(0, token.begin)} +
                   std::string{statement.substr(token.end)};
        }
        token = next_significant_token(statement, token.end);
    }
    return std::string{statement};
}

}  // namespace cm::sql

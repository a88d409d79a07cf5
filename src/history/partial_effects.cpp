// See partial_effects.hpp.
#include "history/partial_effects.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "history/partial_effects_index.sql.hpp"
#include "history/partial_effects_reindex.sql.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::history {
namespace {

using sql::StatementCursor;
using Parameters = std::vector<std::optional<std::string>>;

/// The index that a CREATE INDEX names, as it is there. Whoever may not see what others do learns
/// of it that they build something on the table. A partitioned one that waits for its parts is
/// sound.
struct FoundIndex {
    std::string name{};
    bool is_valid{};
    int builder{};  ///< the server's process that builds it
};

std::optional<FoundIndex> find_index(StatementCursor& words, std::string const& index,
                                     pg::Connection& connection) {
    words.take("ON");
    words.take("ONLY");
    auto const rows = connection.fetch(sql_text::history_partial_effects_index,
                                       Parameters{words.written_name(), index});
    if (rows.empty()) return {};
    return FoundIndex{
        rows[0].text("name"), rows[0].boolean("valid"),
        rows[0].is_null("builder") ? 0 : static_cast<int>(rows[0].integer("builder"))};
}

PartialEffects of_create_index(StatementCursor words, pg::Connection& connection) {
    words.take("IF NOT EXISTS");
    if (words.take("ON")) {
        return {.effect = Effect::unknown};  // PostgreSQL chose the name
    }
    auto const index = words.written_name();
    auto const found = find_index(words, index, connection);
    if (!found || found->builder != 0) {
        return {};
    }
    if (found->is_valid) {
        return {.effect = Effect::whole};
    }
    return {.tidying = {"DROP INDEX CONCURRENTLY " + found->name}};
}

PartialEffects of_drop_index(StatementCursor words, pg::Connection& connection) {
    words.take("IF EXISTS");
    auto const rows = connection.fetch("SELECT to_regclass($1) IS NULL AS gone",
                                       Parameters{words.written_name()});
    return {.effect = rows[0].boolean("gone") ? Effect::whole : Effect::none};
}

/// A REINDEX … CONCURRENTLY that was cut off leaves invalid copies `…_ccnew` or `…_ccold`.
PartialEffects of_reindex(StatementCursor words, pg::Connection& connection) {
    if (!words.mentions("CONCURRENTLY")) {
        return {};
    }
    auto const rows = connection.fetch(sql_text::history_partial_effects_reindex);
    PartialEffects partial{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        partial.tidying.push_back("DROP INDEX CONCURRENTLY " + rows[i].text("name"));
    }
    return partial;
}

PartialEffects of_detach(StatementCursor words, pg::Connection& connection) {
    words.take("IF EXISTS");
    words.take("ONLY");
    auto const parent = words.written_name();
    words.take("DETACH PARTITION");
    auto const partition = words.written_name();
    auto const rows = connection.fetch(
        "SELECT inhdetachpending AS pending FROM pg_inherits WHERE inhparent = to_regclass($1) "
        "AND inhrelid = to_regclass($2)",
        Parameters{parent, partition});
    if (rows.empty()) {
        return {.effect = Effect::whole};
    }
    if (rows[0].boolean("pending")) {
        return {.instead =
                    fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE", parent, partition)};
    }
    return {};
}

/// What is not in a schema: databases, tablespaces, subscriptions.
PartialEffects of_named(StatementCursor words, pg::Connection& connection, std::string_view catalog,
                        std::string_view column, bool created) {
    words.take("IF EXISTS");
    auto const rows = connection.fetch(
        fmt::format("SELECT FROM {} WHERE {} = (parse_ident($1))[1]::name", catalog, column),
        Parameters{words.written_name()});
    return {.effect = rows.empty() != created ? Effect::whole : Effect::none};
}

PartialEffects repeatable(StatementCursor, pg::Connection&) {
    return {};
}

/// The statements that are known, by their first words.
struct Known {
    std::string_view words{};
    PartialEffects (*look)(StatementCursor, pg::Connection&){};
};

constexpr std::array known{
    Known{"CREATE INDEX CONCURRENTLY", of_create_index},
    Known{"CREATE UNIQUE INDEX CONCURRENTLY", of_create_index},
    Known{"DROP INDEX CONCURRENTLY", of_drop_index},
    Known{"REINDEX", of_reindex},
    Known{"ALTER TABLE", of_detach},
    Known{"VACUUM", repeatable},
    Known{"CLUSTER", repeatable},
    Known{"ALTER SYSTEM", repeatable},
    Known{"ALTER DATABASE", repeatable},
    Known{"DISCARD", repeatable},
    Known{"CREATE DATABASE",
          [](StatementCursor w, pg::Connection& c) {
              return of_named(w, c, "pg_database", "datname", true);
          }},
    Known{"DROP DATABASE",
          [](StatementCursor w, pg::Connection& c) {
              return of_named(w, c, "pg_database", "datname", false);
          }},
    Known{"CREATE TABLESPACE",
          [](StatementCursor w, pg::Connection& c) {
              return of_named(w, c, "pg_tablespace", "spcname", true);
          }},
    Known{"DROP TABLESPACE",
          [](StatementCursor w, pg::Connection& c) {
              return of_named(w, c, "pg_tablespace", "spcname", false);
          }},
    Known{"CREATE SUBSCRIPTION",
          [](StatementCursor w, pg::Connection& c) {
              return of_named(w, c, "pg_subscription", "subname", true);
          }},
    Known{"DROP SUBSCRIPTION",
          [](StatementCursor w, pg::Connection& c) {
              return of_named(w, c, "pg_subscription", "subname", false);
          }},
};

/// The entry for a statement, with the words that it begins with taken.
Known const* find(StatementCursor& words) {
    for (auto const& entry : known) {
        if (words.take(entry.words)) return &entry;
    }
    return nullptr;
}

}  // namespace

PartialEffects inspect_partial_effects(std::string_view statement, pg::Connection& connection) {
    StatementCursor words{statement};
    auto const* const entry = find(words);
    return entry == nullptr ? PartialEffects{.effect = Effect::unknown}
                            : entry->look(words, connection);
}

std::string advice_on_invalid_index(std::string_view statement, pg::Connection& connection) {
    StatementCursor words{statement};
    if (!words.take("CREATE")) return {};
    words.take("UNIQUE");
    if (!words.take("INDEX")) return {};
    words.take("CONCURRENTLY");
    words.take("IF NOT EXISTS");
    auto const index = words.written_name();
    auto const found = find_index(words, index, connection);
    if (!found || found->is_valid) return {};
    if (found->builder != 0) {
        return fmt::format("server process {} is building this index: wait until it has finished",
                           found->builder);
    }
    return fmt::format(
        "the existing index is invalid, left by a failed CREATE INDEX CONCURRENTLY: `DROP INDEX "
        "CONCURRENTLY {};`, then run the command again",
        found->name);
}

bool can_be_repeated(std::string_view statement) {
    StatementCursor words{statement};
    auto const* const entry = find(words);
    if (entry == nullptr) return false;
    if (entry->look != of_create_index) return true;
    words.take("IF NOT EXISTS");
    return !words.take("ON");  // an index whose name PostgreSQL chose is not found again
}

bool is_concurrent_ddl(std::string_view statement) {
    StatementCursor words{statement};
    auto const* const entry = find(words);
    return entry != nullptr && words.mentions("CONCURRENTLY") && entry->look != of_detach;
}

}  // namespace cm::history

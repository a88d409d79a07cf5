// See made_beside_schemas.hpp. By words rather than the parse tree, so that syntax newer than the
// linked parser is understood as well.
#include "engine/made_beside_schemas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "sql/split.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::engine {
namespace {

using sql::StatementCursor;

constexpr std::array<std::pair<std::string_view, BesideSchemas>, 11> words{{
    {"SCHEMA", BesideSchemas::schema},
    {"EXTENSION", BesideSchemas::extension},
    {"PUBLICATION", BesideSchemas::publication},
    {"EVENT TRIGGER", BesideSchemas::event_trigger},
    {"SERVER", BesideSchemas::server},
    {"FOREIGN DATA WRAPPER", BesideSchemas::wrapper},
    {"LANGUAGE", BesideSchemas::language},
    {"ACCESS METHOD", BesideSchemas::access_method},
    {"CAST", BesideSchemas::cast},
    {"TRANSFORM", BesideSchemas::transform},
    {"USER MAPPING", BesideSchemas::user_mapping},
}};

/// `FOR name SERVER other` and the like; `name` as SQL.
std::optional<MadeBesideSchemas> read_pair(StatementCursor& reader, BesideSchemas kind,
                                           std::string_view between) {
    auto name = reader.text_before(between);
    auto other = reader.name();
    if (!name || !other) return {};
    return MadeBesideSchemas{kind, std::move(*name), {}, std::move(*other)};
}

/// What stands behind the word for its kind.
std::optional<MadeBesideSchemas> read_subject(StatementCursor& reader, BesideSchemas kind) {
    switch (kind) {
        case BesideSchemas::cast: {
            if (!reader.take('(')) return {};
            auto from = reader.text_before("AS");
            auto to = reader.text_before(")");
            if (!from || !to) return {};
            return MadeBesideSchemas{kind, std::move(*from), {}, std::move(*to)};
        }
        case BesideSchemas::transform:
            return reader.take("FOR") ? read_pair(reader, kind, "LANGUAGE") : std::nullopt;
        case BesideSchemas::user_mapping:
            return reader.take("FOR") ? read_pair(reader, kind, "SERVER") : std::nullopt;
        default:
            break;
    }
    auto name = reader.name();
    return name ? std::optional{MadeBesideSchemas{kind, std::move(*name), {}}} : std::nullopt;
}

std::optional<MadeBesideSchemas> made_by(std::string_view statement) {
    StatementCursor reader(statement);
    if (!reader.take("CREATE")) return {};
    reader.take("TRUSTED");
    reader.take("PROCEDURAL");
    for (auto const& [word, kind] : words) {
        if (!reader.take(word)) continue;
        if (reader.take("IF NOT EXISTS") || reader.take("AUTHORIZATION")) return {};
        return read_subject(reader, kind);
    }
    return {};
}

/// What a DROP names; of a list the first.
std::optional<MadeBesideSchemas> dropped_by(std::string_view statement) {
    StatementCursor reader(statement);
    if (!reader.take("DROP")) return {};
    reader.take("PROCEDURAL");
    for (auto const& [word, kind] : words) {
        if (!reader.take(word)) continue;
        reader.take("IF EXISTS");
        return read_subject(reader, kind);
    }
    return {};
}

bool is_same(MadeBesideSchemas const& a, MadeBesideSchemas const& b) {
    return a.kind == b.kind && a.name == b.name && a.other == b.other;
}

/// What follows CREATE, the longer words first.
constexpr std::array<std::string_view, 9> kinds_in_schemas{
    "UNLOGGED TABLE",    "TABLE",    "TYPE",         "DOMAIN", "VIEW", "RECURSIVE VIEW",
    "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE"};

std::optional<sql::QualifiedName> made_in_schema(std::string_view statement) {
    StatementCursor reader(statement);
    if (!reader.take("CREATE")) return {};
    for (auto const kind : kinds_in_schemas) {
        if (!reader.take(kind)) continue;
        return reader.take("IF NOT EXISTS") ? std::nullopt : reader.qualified_name();
    }
    return {};
}

}  // namespace

void for_each_statement(
    std::vector<history::Migration> const& migrations,
    std::function<void(history::Migration const&, std::string_view)> const& use) {
    for (auto const& migration : migrations) {
        if (migration.script.find('\0') != std::string::npos) continue;  // cannot be run either
        for (auto const& statement : sql::split(migration.script).statements) {
            use(migration, std::string_view{migration.script}.substr(
                               statement.begin, statement.end - statement.begin));
        }
    }
}

std::string_view sql_word(BesideSchemas kind) {
    return words.at(static_cast<std::size_t>(kind)).first;
}

std::string sql_name(MadeBesideSchemas const& made) {
    switch (made.kind) {
        case BesideSchemas::cast:
            return fmt::format("({} AS {})", made.name, made.other);
        case BesideSchemas::transform:
            return fmt::format("FOR {} LANGUAGE {}", made.name, sql::quote_identifier(made.other));
        case BesideSchemas::user_mapping:
            return fmt::format("FOR {} SERVER {}", made.name, sql::quote_identifier(made.other));
        default:
            return sql::quote_identifier(made.name);
    }
}

std::vector<MadeBesideSchemas> made_beside_schemas(
    std::vector<history::Migration> const& migrations) {
    std::vector<MadeBesideSchemas> all{};
    for_each_statement(migrations, [&](auto const& migration, std::string_view statement) {
        auto made = made_by(statement);
        if (!made) return;
        auto const is_known = std::any_of(all.begin(), all.end(),
                                          [&](auto const& other) { return is_same(other, *made); });
        if (is_known) return;
        made->migration = migration.name;
        all.push_back(std::move(*made));
    });
    return all;
}

std::vector<MadeBesideSchemas> left_beside_schemas(
    std::vector<history::Migration> const& migrations) {
    std::vector<MadeBesideSchemas> all{};
    for_each_statement(migrations, [&](auto const& migration, std::string_view statement) {
        if (auto made = made_by(statement)) {
            made->migration = migration.name;
            all.push_back(std::move(*made));
        } else if (auto const dropped = dropped_by(statement)) {
            std::erase_if(all, [&](auto const& other) { return is_same(other, *dropped); });
        }
    });
    return all;
}

std::vector<MadeInSchema> made_in_schemas(std::vector<history::Migration> const& migrations) {
    std::vector<MadeInSchema> all{};
    for_each_statement(migrations, [&](auto const& migration, std::string_view statement) {
        auto name = made_in_schema(statement);
        if (!name) return;
        auto const is_known = std::any_of(all.begin(), all.end(),
                                          [&](auto const& other) { return other.name == *name; });
        if (!is_known) all.push_back({std::move(*name), migration.name});
    });
    return all;
}

}  // namespace cm::engine

// See schema_contents.hpp.
#include "pg/schema_contents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "pg/foreign_key_drops.sql.hpp"
#include "pg/outside_dependents.sql.hpp"
#include "pg/schema_contents.sql.hpp"
#include "sql/array_literal.hpp"

namespace cm::pg {

std::string drop_word(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> others{{
        {"function", "ROUTINE"},
        {"procedure", "ROUTINE"},
        {"aggregate", "ROUTINE"},
        {"composite type", "TYPE"},
        {"statistics object", "STATISTICS"},
    }};
    for (auto const& [name, word] : others) {
        if (type == name) return std::string(word);
    }
    std::string word(type);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return word;
}

std::vector<SchemaObject> schema_contents(Connection& connection,
                                          std::vector<std::string> const& schemas) {
    auto const rows = connection.fetch(sql_text::pg_schema_contents, {sql::array_literal(schemas)});
    std::vector<SchemaObject> objects{};
    objects.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        objects.push_back({.schema = rows[i].text("schema"),
                           .type = rows[i].text("type"),
                           .name = rows[i].text("name"),
                           .identity = rows[i].text("identity"),
                           .is_table = rows[i].boolean("is_table"),
                           .locks = static_cast<int>(rows[i].integer("locks")),
                           .table_schema = rows[i].optional_text("table_schema").value_or(""),
                           .table_name = rows[i].optional_text("table_name").value_or("")});
    }
    return objects;
}

std::string drop_statement(SchemaObject const& object) {
    return fmt::format("DROP {} IF EXISTS {} CASCADE", drop_word(object.type), object.identity);
}

std::vector<std::string> foreign_key_drops(Connection& connection,
                                           std::vector<std::string> const& schemas) {
    auto const rows =
        connection.fetch(sql_text::pg_foreign_key_drops, {sql::array_literal(schemas)});
    std::vector<std::string> statements{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        statements.push_back(rows[i].text("statement"));
    }
    return statements;
}

std::vector<OutsideObject> outside_dependents(Connection& connection, DropRoots const& roots) {
    auto const rows =
        connection.fetch(sql_text::pg_outside_dependents,
                         {sql::array_literal(roots.schemas), sql::array_literal(roots.extensions),
                          sql::array_literal(roots.servers), sql::array_literal(roots.wrappers),
                          sql::array_literal(roots.relations), sql::array_literal(roots.languages),
                          sql::array_literal(roots.access_methods), sql::array_literal(roots.types),
                          sql::array_literal(roots.routines)});
    std::vector<OutsideObject> objects{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        objects.push_back({rows[i].text("type"), rows[i].text("identity"), rows[i].text("schema"),
                           rows[i].text("part_of")});
    }
    return objects;
}

int locks_to_spare(Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT pg_catalog.current_setting('max_locks_per_transaction')::int * "
        "(pg_catalog.current_setting('max_connections')::int + "
        "pg_catalog.current_setting('max_prepared_transactions')::int) / 4 AS locks");
    return static_cast<int>(rows[0].integer("locks"));
}

std::vector<std::string> in_batches(std::vector<DropStatement> const& statements,
                                    int locks_at_once) {
    std::vector<std::string> scripts{};
    int locks = 0;
    for (auto const& statement : statements) {
        if (scripts.empty() || locks + statement.locks > locks_at_once) {
            scripts.emplace_back();
            locks = 0;
        }
        scripts.back() += statement.text + ";\n";
        locks += statement.locks;
    }
    return scripts;
}

}  // namespace cm::pg

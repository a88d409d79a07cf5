// require-table-schema: a table without its schema depends on the search path.
#include <fmt/format.h>

#include <optional>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool is_temporary(sql::Node range_var) {
    return range_var.text("relpersistence") == "t";
}

/// The table that the statement creates or changes, unless it is a temporary one.
std::optional<sql::Node> changed_table(Statement const& statement) {
    auto const node = statement.node();
    std::optional<sql::Node> table{};
    if (statement.is("CreateStmt")) table = node["relation"];
    if (statement.is("CreateTableAsStmt") && node.text("objtype") == "OBJECT_TABLE") {
        table = node["into"]["rel"];
    }
    if (statement.is("AlterTableStmt") && node.text("objtype") == "OBJECT_TABLE") {
        table = node["relation"];
    }
    if (renames_part_of_table(statement)) table = node["relation"];
    return table && !is_temporary(*table) ? table : std::nullopt;
}

void add_unqualified(Report& report, Place place, sql::QualifiedName const& table) {
    if (!table.schema.empty()) return;
    report.add(
        {.place = place,
         .message = fmt::format("which `{}` is meant depends on the search path", shown(table)),
         .help = fmt::format("write `public.{}`, or the schema that is meant", written(table)),
         .table = table});
}

void check_table_schema(Statement const& statement, Report& report) {
    if (!statement.tree) return;
    if (auto const table = changed_table(statement)) {
        add_unqualified(report, token_place(statement, table->integer("location")),
                        relation_name(*table));
    }
    if (!statement.is("DropStmt") || statement.node().text("removeType") != "OBJECT_TABLE") return;
    for (auto const& object : statement.node().list("objects")) {
        add_unqualified(report, statement.place, object_name(object["List"].list("items")));
    }
}

}  // namespace

extern Rule const require_table_schema;
constinit Rule const require_table_schema{
    .code = "CM0633",
    .name = "require-table-schema",
    .summary = "A table without its schema depends on the search path",
    .family = Family::convention,
    .level = Level::warning,
    .check = check_table_schema};

}  // namespace cm::lint::rules

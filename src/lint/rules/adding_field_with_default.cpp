// A default that is the same for all rows is kept in the catalog (since PostgreSQL 11); any other
// one has to be worked out row by row, which rewrites the table.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// PostgreSQL's own functions that are not volatile and that people write in defaults.
constexpr auto stable_functions = std::to_array<std::string_view>({
    "abs", "age", "array_append", "array_fill", "array_to_json", "btrim", "cardinality", "ceil",
    "ceiling", "chr", "concat", "concat_ws", "current_database", "current_schema",
    "current_setting", "date", "date_part", "date_trunc", "decode", "encode", "extract", "floor",
    "format", "json_build_array", "json_build_object", "jsonb_build_array", "jsonb_build_object",
    "left", "length", "lower", "lpad", "make_date", "make_interval", "make_timestamptz", "md5",
    "now", "point", "replace", "right", "round", "row_to_json", "rpad", "sha256",
    "statement_timestamp", "string_to_array", "substr", "substring", "timezone", "to_char",
    "to_date", "to_json", "to_jsonb", "to_timestamp", "to_tsvector", "transaction_timestamp",
    "trim", "trunc", "upper"});

bool is_stable(sql::Node call) {
    auto const name = object_name(call.list("funcname"));
    return (name.schema.empty() || name.schema == "pg_catalog") &&
           std::binary_search(stable_functions.begin(), stable_functions.end(), name.name);
}

/// A call that may give another value for each row; none if there is none.
std::optional<sql::Node> find_volatile_call(sql::Node node) {
    if (!node.is_object()) {
        for (auto const& element : node.elements()) {
            if (auto const found = find_volatile_call(element)) return found;
        }
        return {};
    }
    for (auto const& [key, value] : node.members()) {
        if (key == "FuncCall" && !is_stable(value)) return value;
        if (auto const found = find_volatile_call(value)) return found;
    }
    return {};
}

bool is_serial(std::string_view type) {
    return type.ends_with("serial") || type == "serial2" || type == "serial4" || type == "serial8";
}

struct RewriteReason {
    std::string what{};
    std::string help{};
};

std::optional<RewriteReason> rewrite_reason(ColumnDefinition const& column, Report const& report) {
    auto const table = written(column.table);
    auto const name = written(column.name);
    auto const in_batches = fmt::format(
        "`ALTER TABLE {0} ADD COLUMN {1} …, ALTER COLUMN {1} SET DEFAULT …` gives the default to "
        "new rows only; then fill the old ones in batches",
        table, name);
    if (find_constraint(column.node, "CONSTR_IDENTITY") ||
        is_serial(sql::last_name(column.node["typeName"].list("names")))) {
        return RewriteReason{"each row gets a number of its own",
                             "add the column without it, fill it in batches, then add the identity"};
    }
    if (find_constraint(column.node, "CONSTR_GENERATED")) {
        return RewriteReason{"the value of each row is worked out",
                             "add a plain column, fill it in batches, and keep it up to date by a "
                             "trigger; or work it out in a view"};
    }
    auto const given = find_constraint(column.node, "CONSTR_DEFAULT");
    if (!given) return {};
    if (report.server_is_before(11)) {
        return RewriteReason{"before PostgreSQL 11 every default is written to all rows",
                             in_batches};
    }
    auto const call = find_volatile_call((*given)["raw_expr"]);
    if (!call) return {};
    return RewriteReason{
        fmt::format("`{}()` may give each row another value", object_name(call->list("funcname")).name),
        in_batches};
}

void check_added_default(Statement const& statement, Report& report) {
    for (auto const& column : column_definitions(statement)) {
        if (!column.is_added || report.script().is_new(column.table, statement)) continue;
        auto const reason = rewrite_reason(column, report);
        if (!reason) continue;
        report.add({.place = column.place,
                    .message = fmt::format("`{}` is rewritten, and nobody may read it meanwhile: {}",
                                           written(column.table), reason->what),
                    .help = reason->help,
                    .lock = "ACCESS EXCLUSIVE",
                    .table = column.table});
    }
}

}  // namespace

extern Rule const adding_field_with_default;
constinit Rule const adding_field_with_default{
    .code = "CM0612",
    .name = "adding-field-with-default",
    .summary = "A new column whose default differs from row to row rewrites the table",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_added_default};

}  // namespace cm::lint::rules

// A catalogue row becomes a table.
#include <fmt/format.h>

#include "object/table/table.hpp"
#include "object/table/table.sql.hpp"
#include "sql/system_types.hpp"

namespace cm::object {
namespace {

/// The parallel arrays of one row; those that may be null all through are filled up.
struct ColumnArrays {
    std::vector<std::string> names, type_schemas, type_names, formatted, is_array, domains,
        domain_schemas, not_null, defaults, identity, generated, go_with_parent, sequence_schemas,
        sequence_names, sequences_are_shared, is_virtual, homes, of_extension;

    explicit ColumnArrays(sql::Row const& row)
        : names(row.text_array("columns")),
          type_schemas(row.text_array("type_schemas")),
          type_names(row.text_array("type_names")),
          formatted(row.text_array("formatted_types")),
          is_array(row.text_array("is_array")),
          domains(row.text_array("domains")),
          domain_schemas(row.text_array("domain_schemas")),
          not_null(row.text_array("not_null")),
          defaults(row.text_array("defaults")),
          identity(row.text_array("is_identity")),
          generated(row.text_array("is_generated")),
          go_with_parent(row.text_array("go_with_parent")),
          sequence_schemas(row.text_array("sequence_schemas")),
          sequence_names(row.text_array("sequence_names")),
          sequences_are_shared(row.text_array("sequences_are_shared")),
          is_virtual(row.text_array("is_virtual")),
          homes(row.text_array("type_homes")),
          of_extension(row.text_array("types_are_of_extension")) {}
};

/// The modifiers stand between the first brackets of format_type's answer: `timestamp(3) without
/// time zone`.
std::vector<std::string> modifiers(std::string_view formatted) {
    std::vector<std::string> found{};
    std::size_t open = 0;  // brackets in a quoted name are none
    for (bool quoted = false; open < formatted.size() && (quoted || formatted[open] != '(');
         ++open) {
        quoted ^= formatted[open] == '"';
    }
    if (open == formatted.size()) {
        return found;
    }
    auto inside = formatted.substr(open + 1, formatted.find(')', open) - open - 1);
    while (!inside.empty()) {
        auto const comma = inside.find(',');
        found.emplace_back(inside.substr(0, comma));
        inside = comma == std::string_view::npos ? std::string_view{} : inside.substr(comma + 1);
    }
    return found;
}

std::optional<ColumnDefault> read_default(ColumnArrays const& arrays, std::size_t i,
                                          sql::Type const& type) {
    auto const is_identity = arrays.identity[i] == "t";
    if (is_identity ||
        (!arrays.sequence_names[i].empty() && arrays.defaults[i].starts_with("nextval("))) {
        return AutoIncrement{
            sql::QualifiedName{arrays.sequence_schemas[i], arrays.sequence_names[i]}, is_identity,
            arrays.sequences_are_shared[i] == "t"};
    }
    // A generated column has an expression, but no default that the schema language could say.
    if (arrays.defaults[i].empty() || arrays.generated[i] == "t") {
        return {};
    }
    auto expression = sql::column_default(arrays.defaults[i], type);
    // PostgreSQL keeps DEFAULT NULL where it has to cast it; that is no default.
    if (expression.canonical == "NULL") {
        return {};
    }
    return expression;
}

Column read_column(ColumnArrays const& arrays, std::size_t i) {
    Column column{};
    column.name = arrays.names[i];
    column.type = sql::canonical({{arrays.type_schemas[i], arrays.type_names[i]},
                                  modifiers(arrays.formatted[i]),
                                  arrays.is_array[i] == "t"});
    column.type.home = arrays.homes[i];
    column.type.is_of_extension = arrays.of_extension[i] == "t";
    if (!column.type.home.empty() && !column.type.is_of_extension &&
        sql::is_system_type_name(column.type.name.name)) {
        column.type.name.schema = column.type.home;
    }
    column.type.domain = arrays.domains[i];
    if (sql::is_system_type_name(column.type.domain)) {
        column.type.domain_schema = arrays.domain_schemas[i];
    }
    // The language has no other word for it than for `char(1)`, which Prisma takes for the same.
    if (arrays.type_names[i] == "bpchar" && arrays.formatted[i].find('(') == std::string::npos) {
        column.type.spelling.text = "BPCHAR";
    }
    // A list is never null to the schema language (a missing list is an empty one), so NOT NULL
    // does not count there.
    column.is_nullable = column.type.is_array || arrays.not_null[i] != "t";
    column.default_value = read_default(arrays, i, column.type);
    column.is_generated = arrays.generated[i] == "t";
    column.goes_with_parent = arrays.go_with_parent[i] == "t";
    if (column.is_generated) column.generation = arrays.defaults[i];
    column.is_virtual = arrays.is_virtual[i] == "t";
    return column;
}

}  // namespace

std::string_view const Table::catalogue_query = sql_text::object_table_table;

void read(sql::Row const& row, Table& object) {
    object.name = {row.text("schema"), row.text("name")};
    object.is_extension_member = row.boolean("is_extension_member");
    auto const parent_schemas = row.text_array("parent_schemas");
    auto const parents = row.text_array("parents");
    for (std::size_t i = 0; i < parents.size(); ++i) {
        object.parents.push_back({parent_schemas[i], parents[i]});
    }
    ColumnArrays const arrays{row};
    for (std::size_t i = 0; i < arrays.names.size(); ++i) {
        object.columns.push_back(read_column(arrays, i));
    }
    if (!row.is_null("primary_key")) {
        object.primary_key =
            PrimaryKey{row.text("primary_key"), row.text_array("primary_key_columns"),
                       row.boolean("key_is_referenced_from_outside")};
    }
}

}  // namespace cm::object

// A catalog row becomes a table.
#include <fmt/format.h>

#include <sstream>

#include "object/table/sequence.hpp"
#include "object/table/table.hpp"
#include "object/table/table.sql.hpp"
#include "sql/system_types.hpp"

namespace cm::object {
namespace {

/// The parallel arrays of one row; those that may be null all through are filled up.
struct ColumnArrays {
    std::vector<std::string> names, numbers, type_schemas, type_names, formatted, is_array, domains,
        domain_schemas, not_null, defaults, identity, generated, go_with_parent, sequence_schemas,
        sequence_names, sequences_are_shared, is_virtual, homes, of_extension, details;

    explicit ColumnArrays(sql::Row const& row)
        : names(row.text_array("columns")),
          numbers(row.text_array("numbers")),
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
          of_extension(row.text_array("types_are_of_extension")),
          details(row.text_array("details")) {}
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

std::string storage_name(std::string const& letter) {
    return letter == "p"   ? "PLAIN"
           : letter == "e" ? "EXTERNAL"
           : letter == "x" ? "EXTENDED"
           : letter == "m" ? "MAIN"
                           : "";
}

/// `bigint 1 1 1 9223372036854775807 1 f f f`
OwnedSequence read_sequence(sql::QualifiedName name, std::string const& text) {
    std::istringstream words(text);
    OwnedSequence sequence{.name = std::move(name)};
    std::string cycles{}, is_unlogged{}, is_logged_otherwise{};
    words >> sequence.type >> sequence.start >> sequence.increment >> sequence.minimum >>
        sequence.maximum >> sequence.cache >> cycles >> is_unlogged >> is_logged_otherwise;
    sequence.is_cyclic = cycles == "t";
    sequence.is_unlogged = is_unlogged == "t";
    sequence.is_logged_otherwise = is_logged_otherwise == "t";
    return sequence;
}

std::vector<std::string> split_options(std::string const& text) {
    std::vector<std::string> options{};
    std::istringstream parts(text);
    for (std::string part{}; std::getline(parts, part, ',');) {
        // A mark that servers from 15.20 on set themselves is no option.
        if (!part.starts_with("pg_attver=")) options.push_back(std::move(part));
    }
    return options;
}

Numbering read_numbering(std::string const& identity, bool takes_next_value) {
    if (identity == "a") return Numbering::always;
    if (identity == "d") return Numbering::by_default;
    return takes_next_value ? Numbering::by_sequence : Numbering::none;
}

/// In the order of table.sql; nothing where a column has none of it.
ColumnDetails read_details(TableName const& table, Column const& column, ColumnArrays const& arrays,
                           std::size_t i) {
    ColumnDetails details{};
    details.formatted_type = arrays.formatted[i];
    details.domain = {arrays.domain_schemas[i], arrays.domains[i]};
    if (details.domain.name.empty()) details.domain.schema.clear();
    auto parts = sql::array_field(arrays.details[i]);
    parts.resize(21);
    details.collation = {parts[0], parts[1]};
    details.storage = storage_name(parts[2]);
    details.usual_storage = storage_name(parts[13]);
    if (parts[3] == "p") details.compression = "pglz";
    if (parts[3] == "l") details.compression = "lz4";
    details.statistics = parts[4];
    details.options = split_options(parts[5]);
    details.is_required = arrays.not_null[i] == "t" && parts[7] != "true";
    if (!parts[8].empty()) {
        details.sequence =
            read_sequence({arrays.sequence_schemas[i], arrays.sequence_names[i]}, parts[8]);
    }
    details.has_required_constraint = !parts[9].empty();
    if (parts[9] != made_name(table, column, "not_null")) details.required_name = parts[9];
    if (parts[17] != made_name(table, column, "not_null"))
        details.inherited_required_name = parts[17];
    details.is_required_here_only = parts[10] == "true";
    details.is_required_by_parent = parts[14] == "true";
    details.is_from_parent = parts[11] == "true";
    details.takes_expression = parts[15] == "true";
    details.loses_expression = parts[18] != "false";
    details.takes_type = parts[19] != "false";
    details.is_required_by_both = parts[20] == "true";
    details.is_required_later_only = parts[16] == "true";
    details.numbering = read_numbering(parts[6], parts[12] == "true");
    auto const is_said = details.numbering == Numbering::none && arrays.generated[i] != "t";
    details.default_value = is_said ? arrays.defaults[i] : "";
    return details;
}

TableDetails read_details(sql::Row const& row) {
    auto const facts = row.text_array("facts");
    TableDetails details{};
    details.is_unlogged = facts[0] == "u";
    details.options = row.text_array("options");
    details.tablespace = facts[1];
    details.access_method = facts[2];
    if (facts[3] == "f") details.replica_identity = "FULL";
    if (facts[3] == "n") details.replica_identity = "NOTHING";
    if (facts[3] == "i") details.replica_identity = "USING INDEX";
    details.identity_index = facts[6];
    details.partition_key = facts[7];
    details.bound = facts[8];
    details.row_type = {facts[9], facts[10]};
    details.key_columns = row.text_array("partition_columns");
    details.has_row_security = facts[4] == "true";
    details.forces_row_security = facts[5] == "true";
    return details;
}

Column read_column(ColumnArrays const& arrays, std::size_t i) {
    Column column{};
    column.name = arrays.names[i];
    column.number = std::stoi(arrays.numbers[i]);
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
    column.is_inherited = arrays.go_with_parent[i] == "t";
    if (column.is_generated) column.generation = arrays.defaults[i];
    column.is_virtual = arrays.is_virtual[i] == "t";
    return column;
}

}  // namespace

std::string_view const Table::catalog_query = sql_text::object_table_table;

void read(sql::Row const& row, Table& object) {
    object.name = {row.text("schema"), row.text("name")};
    object.oid = row.integer("oid");
    object.is_extension_member = row.boolean("is_extension_member");
    if (!row.is_null("owner")) object.owner = row.text("owner");
    auto const parent_schemas = row.text_array("parent_schemas");
    auto const parents = row.text_array("parents");
    for (std::size_t i = 0; i < parents.size(); ++i) {
        object.parents.push_back({parent_schemas[i], parents[i]});
    }
    auto const is_exact = !row.is_null("facts");
    if (is_exact) object.details = read_details(row);
    ColumnArrays const arrays{row};
    for (std::size_t i = 0; i < arrays.names.size(); ++i) {
        auto& column = object.columns.emplace_back(read_column(arrays, i));
        if (is_exact) column.details = read_details(object.name, column, arrays, i);
    }
    if (!row.is_null("primary_key")) {
        object.primary_key = read_primary_key(row);
    }
}

}  // namespace cm::object

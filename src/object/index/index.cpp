// Indexes: identity, change, and both roads in.
#include "object/index/index.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/assert.hpp"
#include "dsl/naming.hpp"
#include "object/index/index.sql.hpp"
#include "object/table/table.hpp"
#include "sql/array_literal.hpp"
#include "sql/canonical_definition.hpp"
#include "sql/token.hpp"

namespace cm::object {
namespace {

/// `@unique` of the fields, then `@@index`, then `@@unique`.
int place(dsl::Index const& index, dsl::Model const& model) {
    if (index.kind != dsl::IndexKind::unique) {
        return 1;
    }
    auto const& field = model.fields.at(index.fields.at(0).field).span;
    auto const is_on_field = index.fields.size() == 1 && field.file == index.span.file &&
                             field.begin <= index.span.begin && index.span.end <= field.end;
    return is_on_field ? 0 : 2;
}

std::vector<dsl::Index const*> in_prismas_order(dsl::Model const& model) {
    std::vector<dsl::Index const*> indexes{};
    for (auto const& index : model.indexes) indexes.push_back(&index);
    std::stable_sort(indexes.begin(), indexes.end(), [&](auto const* a, auto const* b) {
        return std::pair{place(*a, model), a->span.begin} <
               std::pair{place(*b, model), b->span.begin};
    });
    return indexes;
}

/// `raw("ext.gist_trgm_ops(siglen = 32)")` names the schema and parameters, too.
sql::OperatorClass class_of(std::string const& text) {
    auto const read = text.empty() ? std::nullopt : sql::parse_operator_class(text);
    return read.value_or(sql::OperatorClass{{{}, text}, {}});
}

/// The parts of the key as pg_get_indexdef writes them: what stands between the brackets behind
/// USING, cut at its commas.
std::vector<std::string> printed_elements(std::string const& definition) {
    std::vector<std::string> elements{};
    std::size_t depth = 0;
    std::size_t begin = 0;
    auto is_behind_using = false;
    for (auto token = sql::next_significant_token(definition, 0); token.begin < token.end;
         token = sql::next_significant_token(definition, token.end)) {
        is_behind_using = is_behind_using || sql::is_word(definition, token, "USING");
        if (!is_behind_using || token.kind != sql::TokenKind::symbol) continue;
        auto const symbol = definition[token.begin];
        auto const ends = depth == 1 && (symbol == ',' || symbol == ')');
        if (ends) elements.push_back(definition.substr(begin, token.begin - begin));
        if (symbol == '(') ++depth;
        if (symbol == ')') --depth;
        if (depth == 1 && (symbol == '(' || symbol == ','))
            begin = sql::next_significant_token(definition, token.end).begin;
        if (depth == 0 && symbol == ')') break;
    }
    return elements;
}

/// What stands behind the column or expression: ` COLLATE "C" DESC`.
std::string options_behind(std::string const& printed, std::string const& expression) {
    if (!expression.empty()) {
        CM_ASSERT(printed.starts_with(expression));
        return printed.substr(expression.size());
    }
    return printed.substr(sql::next_significant_token(printed, 0).end);
}

std::vector<std::string> options_of(std::string const& array) {
    return array.empty() ? std::vector<std::string>{} : sql::array_field(array);
}

void read_columns(sql::Row const& row, Index& object) {
    auto const names = row.text_array("columns");
    auto const descending = row.text_array("is_descending");
    auto const classes = row.text_array("operator_classes");
    auto const is_default = row.text_array("is_default_class");
    auto const homes = row.text_array("operator_class_homes");
    auto const parameters = row.text_array("operator_class_parameters");
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) continue;  // an expression
        IndexColumn column{.name = names[i], .is_descending = descending[i] == "t"};
        (is_default[i] == "t" ? column.default_operator_class : column.operator_class) = classes[i];
        column.parameters = sql::operator_class_parameters(options_of(parameters[i]));
        auto const is_written = is_default[i] != "t" || !column.parameters.empty();
        if (is_written) column.operator_class_home = homes[i];
        // The language has operator classes for `@@index` alone.
        if (object.is_unique && !column.operator_class.empty()) {
            column.operator_class.clear();
            column.operator_class_home.clear();
            object.has_unmodeled_options = true;
        }
        object.columns.push_back(std::move(column));
    }
}

/// Those of which IndexColumn does not say all have their text.
std::vector<IndexElement> read_elements(sql::Row const& row, bool is_unique) {
    std::vector<IndexElement> elements{};
    auto const names = row.text_array("columns");
    auto const expressions = row.text_array("expressions");
    auto const is_plain = row.text_array("is_plain");
    auto const is_default = row.text_array("is_default_class");
    auto const printed = row.is_null("definition") ? std::vector<std::string>{}
                                                   : printed_elements(row.text("definition"));
    for (std::size_t i = 0; i < names.size(); ++i) {
        IndexElement element{.column = names[i], .expression = expressions[i]};
        element.is_plain = is_plain[i] == "t" && (!is_unique || is_default[i] == "t");
        if (!element.is_plain) {
            element.options = options_behind(printed.at(i), element.expression);
        }
        elements.push_back(std::move(element));
    }
    return elements;
}

void read_details(sql::Row const& row, Index& object) {
    IndexDetails details{};
    details.elements = read_elements(row, object.is_unique);
    details.included = row.text_array("included");
    details.nulls_are_not_distinct = row.boolean("nulls_are_not_distinct");
    details.is_without_overlaps = row.boolean("is_without_overlaps");
    details.deferrability = {row.boolean("is_deferrable"), row.boolean("is_initially_deferred")};
    for (auto const& target : row.text_array("statistics")) {
        details.statistics.push_back(std::stoi(target));
    }
    details.storage = {row.text_array("parameters"), row.text("tablespace"),
                       row.boolean("is_clustered"), row.boolean("is_replica_identity")};
    details.is_partitioned = row.boolean("is_partitioned");
    if (!row.is_null("parent")) {
        auto const parent = row.text_array("parent");
        details.parent = {parent[0], parent[1]};
    }
    object.details = std::move(details);
}

}  // namespace

std::string_view const Index::catalog_query = sql_text::object_index_index;

bool operator==(IndexColumn const& a, IndexColumn const& b) {
    auto const is_default = [](IndexColumn const& silent, IndexColumn const& other) {
        return silent.operator_class.empty() &&
               silent.default_operator_class == other.operator_class;
    };
    auto const same_class =
        a.operator_class == b.operator_class || is_default(a, b) || is_default(b, a);
    return a.name == b.name && a.is_descending == b.is_descending && same_class &&
           a.parameters == b.parameters;
}

bool operator==(IndexElement const& a, IndexElement const& b) {
    return a.column == b.column && a.options == b.options && a.is_plain == b.is_plain &&
           sql::are_same_definitions(a.expression, b.expression);
}

bool operator==(IndexDetails const& a, IndexDetails const& b) {
    return a.elements == b.elements && a.included == b.included &&
           a.nulls_are_not_distinct == b.nulls_are_not_distinct &&
           a.is_without_overlaps == b.is_without_overlaps && a.deferrability == b.deferrability &&
           a.statistics == b.statistics && a.storage == b.storage && a.parent == b.parent;
}

namespace {

/// By the rules for what people write, or as PostgreSQL prints the same twice: of two databases,
/// by that alone.
bool has_same_condition(Index const& a, Index const& b) {
    auto const are_printed = a.predicate && b.predicate && a.details && b.details;
    auto const is_declared = a.origin.order != 0 || b.origin.order != 0;
    if ((!are_printed || is_declared) && a.predicate == b.predicate) return true;
    return are_printed && sql::are_same_definitions(a.predicate->text, b.predicate->text);
}

}  // namespace

bool operator==(Index const& a, Index const& b) {
    return a.name == b.name && a.table == b.table && a.is_unique == b.is_unique &&
           a.method == b.method && a.columns == b.columns && has_same_condition(a, b) &&
           a.is_invalid == b.is_invalid &&
           (!a.details || !b.details ||
            (a.is_constraint == b.is_constraint && *a.details == *b.details));
}

sql::QualifiedName key(Index const& object) {
    return object.name;
}

std::string display_name(Index const& object) {
    return object.name.name;
}

ObjectRef self(Index const& object) {
    return {ObjectKind::index, object.name};
}

namespace {

bool has_targets(Index const& object) {
    return object.details &&
           std::any_of(object.details->statistics.begin(), object.details->statistics.end(),
                       [](int target) { return target != -1; });
}

}  // namespace

References references(Index const& object) {
    References needed{{ObjectKind::table, object.table}};
    auto const add = [&](DependencyKind aspect, std::string const& column) {
        needed.push_back({ObjectKind::table, object.table, aspect, column});
    };
    for (auto const& column : object.columns) add(DependencyKind::column, column.name);
    for (auto const& column : object.needed_columns) {
        add(DependencyKind::column, column);
        add(DependencyKind::expression, column);
        // PostgreSQL makes it anew, but without its targets.
        if (has_targets(object)) add(DependencyKind::values, column);
    }
    if (object.details) {
        for (auto const& column : object.details->included) add(DependencyKind::column, column);
        auto const& parent = object.details->parent;
        if (!parent.name.empty()) needed.push_back({ObjectKind::index, parent});
    }
    needed.insert(needed.end(), object.uses.begin(), object.uses.end());
    if (!object.predicate) return needed;
    for (auto const& column : object.predicate->columns) {
        add(DependencyKind::column, column);
        add(DependencyKind::expression, column);
    }
    return needed;
}

std::optional<ObjectRef> owner(Index const& object) {
    return ObjectRef{ObjectKind::table, object.table};
}

namespace {

/// Of two declared keys on the same columns one would do: a key that has more than a declaration
/// can say is the one that it means, under whatever name.
bool is_declared_key(Index const& from, Index const& to) {
    return from.details && from.is_expressible && from.is_unique && to.is_unique;
}

}  // namespace

bool renamed(Index const& from, Index const& to) {
    auto const is_known = (from.details && to.details) || is_declared_key(from, to);
    if (from.has_unmodeled_options && !is_known) return false;
    auto same_name = from;
    same_name.name = to.name;
    // One that is no part of another becomes that under its new name.
    if (from.details && to.details && from.details->parent.name.empty())
        same_name.details->parent = to.details->parent;
    return same_name == to;
}

ChangeStrategy strategy(Index const& from, Index const& to) {
    if (from == to) {
        return ChangeStrategy::none;
    }
    return can_alter(from, to) ? ChangeStrategy::alter : ChangeStrategy::recreate;
}

std::string description(Index const& object) {
    std::vector<std::string> names{};
    for (auto const& column : object.columns) {
        names.push_back(column.name);
    }
    auto const* const invalid = object.is_invalid ? "invalid " : "";
    auto const* const kind = object.is_unique ? "unique index" : "index";
    if (object.has_expressions) return fmt::format("{}{} `{}`", invalid, kind, object.name.name);
    return fmt::format("{}{} on columns ({})", invalid, kind, fmt::join(names, ", "));
}

bool is_copy(Index const& object) {
    auto name = std::string_view{object.name.name};
    while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);
    return object.is_invalid && (name.ends_with("_ccnew") || name.ends_with("_ccold"));
}

std::vector<std::string> describe(Alter<Index> const& step) {
    std::vector<std::string> lines{};
    auto const& from = step.from.name.name;
    auto const& to = step.to.name.name;
    if (from != to) lines.push_back(fmt::format("[*] Renamed index `{}` to `{}`", from, to));
    if (!renamed(step.from, step.to)) lines.push_back(fmt::format("[*] Altered index `{}`", to));
    return lines;
}

void read(sql::Row const& row, Index& object) {
    object.name = {row.text("schema"), row.text("name")};
    object.table = {row.text("schema"), row.text("table_name")};
    object.is_unique = row.boolean("is_unique");
    object.is_constraint = row.boolean("is_constraint");
    object.is_expressible = row.boolean("is_expressible");
    object.is_of_view = row.boolean("is_of_view");
    object.has_unmodeled_options = row.boolean("is_richer") || !object.is_expressible;
    auto const is_built = row.is_null("builder") || object.is_of_view;
    object.builder = is_built ? 0 : static_cast<int>(row.integer("builder"));
    // Views are not ours, and neither is it to build their indexes again.
    object.is_invalid = row.boolean("is_invalid") && object.builder == 0 && !object.is_of_view;
    if (object.is_invalid) object.definition = row.text("definition");
    object.has_expressions = row.boolean("has_expressions");
    if (object.has_expressions) object.needed_columns = row.text_array("needed_columns");
    object.method = row.text("method");
    if (!row.is_null("predicate")) {
        auto const& text = row.text("predicate");
        object.predicate = sql::Expression{text, text, false, false, {}};
    }
    read_columns(row, object);
    read_details(row, object);
}

std::vector<Index> lower_indexes(dsl::Model const& declaration, std::string_view default_schema) {
    std::vector<Index> indexes{};
    auto const schema = schema_of(declaration, default_schema);
    indexes.reserve(declaration.indexes.size());
    for (auto const* const each : in_prismas_order(declaration)) {
        auto const& declared = *each;
        if (declared.kind == dsl::IndexKind::primary_key) {
            continue;
        }
        Index index{};
        index.name = {schema, declared.database_name};
        index.table = {schema, declaration.database_name};
        index.is_unique = declared.kind == dsl::IndexKind::unique;
        index.method = declared.method;
        if (!declared.predicate.empty() && !sql::is_always_true(declared.predicate)) {
            auto const& text = declared.predicate;
            index.predicate = sql::Expression{text, text, false, false, {}};
        }
        index.origin.span = declared.span;
        for (auto const& field : declared.fields) {
            auto const operator_class = class_of(field.operator_class);
            index.columns.push_back({.name = declaration.fields.at(field.field).database_name,
                                     .is_descending = field.sort == dsl::SortOrder::descending,
                                     .operator_class = operator_class.name.name,
                                     .operator_class_home = operator_class.name.schema,
                                     .parameters = operator_class.parameters,
                                     .says_ascending = field.has_sort});
        }
        indexes.push_back(std::move(index));
    }
    return indexes;
}

Index lower_index(dsl::JoinTableRelation const& relation, dsl::DataModel const& model,
                  std::string_view default_schema) {
    Index index{};
    auto const schema = schema_of(model.models.at(relation.a.model), default_schema);
    index.name = {schema, dsl::join_table_index_name(relation.table_name)};
    index.table = {schema, relation.table_name};
    index.columns.push_back({.name = "B"});
    return index;
}

}  // namespace cm::object

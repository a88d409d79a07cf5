// Foreign keys: identity, change, and both roads in.
#include "object/foreign_key/foreign_key.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "dsl/naming.hpp"
#include "object/foreign_key/foreign_key.sql.hpp"
#include "object/said.hpp"
#include "object/table/table.hpp"

namespace cm::object {
namespace {

/// pg_constraint.confdeltype and confupdtype.
ReferentialAction read_action(std::string const& letter) {
    switch (letter.empty() ? 'a' : letter.front()) {
        case 'c':
            return ReferentialAction::cascade;
        case 'r':
            return ReferentialAction::restrict;
        case 'n':
            return ReferentialAction::set_null;
        case 'd':
            return ReferentialAction::set_default;
        default:
            return ReferentialAction::no_action;
    }
}

sql::QualifiedName table_of(std::size_t model, dsl::DataModel const& data_model,
                            std::string_view default_schema) {
    auto const& declaration = data_model.models.at(model);
    return {schema_of(declaration, default_schema), declaration.database_name};
}

std::vector<std::string> columns_of(std::vector<std::size_t> const& fields,
                                    dsl::Model const& model) {
    std::vector<std::string> columns{};
    for (auto const field : fields) {
        columns.push_back(model.fields.at(field).database_name);
    }
    return columns;
}

}  // namespace

std::string_view const ForeignKey::catalog_query = sql_text::object_foreign_key_foreign_key;

bool operator==(ForeignKey const& a, ForeignKey const& b) {
    return a.name == b.name && a.columns == b.columns && a.referenced_table == b.referenced_table &&
           a.referenced_columns == b.referenced_columns && a.on_delete == b.on_delete &&
           a.on_update == b.on_update && (!a.details || !b.details || *a.details == *b.details);
}

TableMember key(ForeignKey const& object) {
    return object.name;
}

std::string display_name(ForeignKey const& object) {
    return object.name.name;
}

ObjectRef self(ForeignKey const& object) {
    return {ObjectKind::foreign_key, object.name.table, DependencyKind::object, object.name.name};
}

References references(ForeignKey const& object) {
    References needed{{ObjectKind::table, object.name.table},
                      {ObjectKind::table, object.referenced_table}};
    auto const rely_on = [&](sql::QualifiedName const& table,
                             std::vector<std::string> const& columns) {
        for (auto const& column : columns) {
            needed.push_back({ObjectKind::table, table, DependencyKind::column, column});
            needed.push_back({ObjectKind::table, table, DependencyKind::type, column});
        }
    };
    rely_on(object.name.table, object.columns);
    rely_on(object.referenced_table, object.referenced_columns);
    if (object.unique_index.empty()) {
        needed.push_back({ObjectKind::table, object.referenced_table, DependencyKind::key,
                          key_columns(object.referenced_columns)});
    } else {
        needed.push_back({ObjectKind::index,
                          {object.referenced_table.schema, object.unique_index},
                          DependencyKind::key});
    }
    return needed;
}

std::optional<ObjectRef> owner(ForeignKey const& /*object*/) {
    return {};  // two tables hold it: it is always dropped by name, as Prisma does
}

bool renamed(ForeignKey const& from, ForeignKey const& to) {
    auto same_name = from;
    same_name.name.name = to.name.name;
    return same_name == to;
}

namespace {

/// What ALTER CONSTRAINT and VALIDATE CONSTRAINT cannot do: a key that was checked and is not to be
/// any more.
bool must_be_unchecked(ForeignKeyDetails const& from, ForeignKeyDetails const& to) {
    return to.is_enforced && !to.is_validated && (from.is_validated || !from.is_enforced);
}

bool can_alter(ForeignKey const& from, ForeignKey const& to) {
    if (renamed(from, to)) return true;
    if (!from.details || !to.details || must_be_unchecked(*from.details, *to.details)) return false;
    auto altered = from;
    altered.name = to.name;
    altered.details->deferrability = to.details->deferrability;
    altered.details->is_validated = to.details->is_validated;
    altered.details->is_enforced = to.details->is_enforced;
    return altered == to;
}

}  // namespace

ChangeStrategy strategy(ForeignKey const& from, ForeignKey const& to) {
    if (from == to) {
        return ChangeStrategy::none;
    }
    return can_alter(from, to) ? ChangeStrategy::alter : ChangeStrategy::recreate;
}

std::string description(ForeignKey const& object) {
    return fmt::format("foreign key on columns ({})", fmt::join(object.columns, ", "));
}

std::vector<std::string> describe(Alter<ForeignKey> const& step) {
    std::vector<std::string> lines{};
    auto const& from = step.from.name.name;
    auto const& to = step.to.name.name;
    if (from != to) lines.push_back(fmt::format("[*] Renamed foreign key `{}` to `{}`", from, to));
    if (!renamed(step.from, step.to)) {
        lines.push_back(fmt::format("[*] Altered foreign key `{}`", to));
    }
    return lines;
}

void read(sql::Row const& row, ForeignKey& object) {
    object.name = {{row.text("schema"), row.text("table_name")}, row.text("name")};
    object.referenced_table = {row.text("referenced_schema"), row.text("referenced_table")};
    object.unique_index = row.text("unique_index");
    object.columns = row.text_array("columns");
    object.referenced_columns = row.text_array("referenced_columns");
    object.on_delete = read_action(row.text("on_delete"));
    object.on_update = read_action(row.text("on_update"));
    object.details = ForeignKeyDetails{
        row.boolean("matches_full"),
        row.text_array("set_columns"),
        {row.boolean("is_deferrable"), row.boolean("is_initially_deferred")},
        row.boolean("is_validated"),
        row.boolean("is_enforced"),
        row.boolean("is_of_periods"),
    };
}

void take_unsaid(ForeignKey& declared, ForeignKey const& actual) {
    if (declared.details || !actual.details) return;
    declared.details = actual.details;
    auto& details = *declared.details;
    auto const sets = declared.on_delete == ReferentialAction::set_null ||
                      declared.on_delete == ReferentialAction::set_default;
    if (!sets) details.set_columns.clear();
    std::erase_if(details.set_columns, [&](std::string const& name) {
        return std::find(declared.columns.begin(), declared.columns.end(), name) ==
               declared.columns.end();
    });
    if (declared.columns != actual.columns) details.is_of_periods = false;
}

void drop_details(ForeignKey& object) {
    object.details.reset();
}

/// A key that was made NOT VALID may have been validated since.
void take_unmade(ForeignKey& made, ForeignKey const& actual) {
    if (!made.details || !actual.details) return;
    auto const own = *made.details;
    *made.details = *actual.details;
    keep_said(own, *made.details, &ForeignKeyDetails::matches_full, &ForeignKeyDetails::set_columns,
              &ForeignKeyDetails::deferrability, &ForeignKeyDetails::is_enforced,
              &ForeignKeyDetails::is_of_periods);
}

ForeignKey lower(dsl::ForeignKeyRelation const& relation, dsl::DataModel const& model,
                 std::string_view default_schema) {
    ForeignKey object{};
    object.name = {table_of(relation.from.model, model, default_schema), relation.database_name};
    object.referenced_table = table_of(relation.to.model, model, default_schema);
    object.columns = columns_of(relation.fields, model.models.at(relation.from.model));
    object.referenced_columns = columns_of(relation.references, model.models.at(relation.to.model));
    object.on_delete = relation.on_delete;
    object.on_update = relation.on_update;
    object.origin.span = relation.span;
    return object;
}

std::vector<ForeignKey> lower_foreign_keys(dsl::JoinTableRelation const& relation,
                                           dsl::DataModel const& model,
                                           std::string_view default_schema) {
    std::vector<ForeignKey> keys{};
    auto const schema = schema_of(model.models.at(relation.a.model), default_schema);
    for (auto const& [column, end] : {std::pair{'A', relation.a}, std::pair{'B', relation.b}}) {
        auto const& target = model.models.at(end.model);
        auto const& id = target.fields.at(target.indexes.at(0).fields.at(0).field);
        ForeignKey object{};
        object.name = {{schema, relation.table_name},
                       dsl::join_table_foreign_key_name(relation.table_name, column)};
        object.columns = {std::string(1, column)};
        object.referenced_table = table_of(end.model, model, default_schema);
        object.referenced_columns = {id.database_name};
        object.on_delete = ReferentialAction::cascade;
        object.on_update = ReferentialAction::cascade;
        keys.push_back(std::move(object));
    }
    return keys;
}

}  // namespace cm::object

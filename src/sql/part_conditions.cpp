// The conditions of part_conditions.hpp, read from the parse tree.
#include "sql/part_conditions.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sql/default_volatility.hpp"
#include "sql/parse_node.hpp"
#include "sql/system_types.hpp"

namespace cm::sql {
namespace {

/// The constraint of that kind which stands behind the column; null if there is none.
Json const& constraint_of_column(StatementPart const& part, std::string_view kind) {
    static Json const nothing{};
    if (part.column == nullptr) return nothing;
    for (auto const& wrapped : member(*part.column, {"constraints"})) {
        auto const& constraint = member(wrapped, {"Constraint"});
        if (constraint.is_object() && constraint.value("contype", "") == kind) return constraint;
    }
    return nothing;
}

Json const& default_of(StatementPart const& part) {
    return member(constraint_of_column(part, "CONSTR_DEFAULT"), {"raw_expr"});
}

/// NULL, under casts as well.
bool is_null_constant(Json const& expression) {
    auto const* at = &expression;
    while (!member(*at, {"TypeCast", "arg"}).is_null()) at = &member(*at, {"TypeCast", "arg"});
    return member(*at, {"A_Const", "isnull"}) == true;
}

bool flag(Json const& node, char const* key) {
    return node.is_object() && node.value(key, false);
}

bool is_set(Json const& options, std::string_view name) {
    auto const* const option = options.is_array() ? find_option(options, name) : nullptr;
    if (option == nullptr) return false;
    auto const& value = member(*option, {"arg"});
    auto const word = member(value, {"String", "sval"});
    return value.is_null() || (word.is_string() && (word == "true" || word == "on")) ||
           member(value, {"Boolean", "boolval"}) == true || member(value, {"Integer", "ival"}) == 1;
}

}  // namespace

bool is_generated(StatementPart const& part) {
    return !constraint_of_column(part, "CONSTR_GENERATED").is_null();
}

bool is_identity(StatementPart const& part) {
    return !constraint_of_column(part, "CONSTR_IDENTITY").is_null();
}

bool is_serial(StatementPart const& part) {
    constexpr std::array<std::string_view, 6> names{"serial",  "bigserial", "smallserial",
                                                    "serial4", "serial8",   "serial2"};
    if (part.column == nullptr) return false;
    auto const& type = member(*part.column, {"typeName", "names"});
    return type.is_array() && type.size() == 1 &&
           std::find(names.begin(), names.end(), last_name(type)) != names.end();
}

bool has_volatile_default(StatementPart const& part) {
    return volatility_of(default_of(part)).is_volatile;
}

bool has_unknown_default(StatementPart const& part) {
    return !volatility_of(default_of(part)).unknown_functions.empty();
}

bool has_user_type(StatementPart const& part) {
    if (part.column == nullptr) return false;
    auto const& names = member(*part.column, {"typeName", "names"});
    return schema_name(names) != "pg_catalog" && !is_system_type_name(last_name(names));
}

bool has_value(StatementPart const& part) {
    auto const& expression = default_of(part);
    return is_generated(part) || is_identity(part) || is_serial(part) ||
           (!expression.is_null() && !is_null_constant(expression));
}

bool has_no_value(StatementPart const& part) {
    return !has_value(part);
}

bool has_using_expression(StatementPart const& part) {
    if (part.column == nullptr) return false;
    auto const& expression = member(*part.column, {"raw_default"});
    if (expression.is_null()) return false;
    auto const column = part.node->value("name", "");
    auto const is_column = [&](Json const& node) {
        auto const& fields = member(node, {"ColumnRef", "fields"});
        return last_name(fields) == column;
    };
    if (is_column(expression)) return false;
    auto const& cast = member(expression, {"TypeCast"});
    if (!is_column(member(cast, {"arg"}))) return true;
    auto const& type = member(*part.column, {"typeName"});
    return !(canonical(read_type(Node{&member(cast, {"typeName"})})) ==
             canonical(read_type(Node{&type})));
}

bool is_not_valid(StatementPart const& part) {
    return flag(*part.node, "skip_validation");
}

bool uses_index(StatementPart const& part) {
    return part.node->contains("indexname");
}

bool is_concurrent(StatementPart const& part) {
    return flag(*part.node, "concurrent") ||
           flag(member(*part.node, {"def", "PartitionCmd"}), "concurrent") ||
           is_set(member(*part.node, {"params"}), "concurrently");
}

bool is_full(StatementPart const& part) {
    return is_set(member(*part.node, {"options"}), "full");
}

bool has_no_data(StatementPart const& part) {
    return flag(*part.node, "skipData");
}

bool cascades(StatementPart const& part) {
    return part.node->value("behavior", "") == "DROP_CASCADE";
}

bool has_other(StatementPart const& part) {
    return !part.other.name.empty();
}

bool uses_replica_index(StatementPart const& part) {
    return !member(*part.node, {"def", "ReplicaIdentityStmt", "name"}).is_null();
}

bool sets_weak_options(StatementPart const& part) {
    constexpr std::array<std::string_view, 7> names{
        "fillfactor",           "toast_tuple_target", "parallel_workers",
        "vacuum_index_cleanup", "vacuum_truncate",    "log_autovacuum_min_duration",
        "deduplicate_items"};
    auto const& options = member(*part.node, {"def", "List", "items"});
    return std::all_of(options.begin(), options.end(), [&](Json const& option) {
        auto const name = member(option, {"DefElem"}).value("defname", "");
        return name.starts_with("autovacuum_") || name.starts_with("vacuum_max_eager") ||
               std::find(names.begin(), names.end(), name) != names.end();
    });
}

bool has_no_where(StatementPart const& part) {
    return !part.node->contains("whereClause");
}

bool is_valid_addition(StatementPart const& part) {
    return !flag(member(*part.node, {"def", "Constraint"}), "skip_validation");
}

}  // namespace cm::sql

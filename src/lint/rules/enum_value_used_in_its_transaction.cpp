// A value that is added to an enum cannot be used before the transaction commits (ALTER TYPE,
// Notes), unless the type was created in it.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

struct AddedValue {
    std::string value{};
    std::string type{};
};

/// Values that the transaction has added before the statement.
std::vector<AddedValue> added_before(Script const& script, Statement const& statement) {
    std::vector<AddedValue> values{};
    for (auto const& other : script.statements()) {
        if (other.index >= statement.index) break;
        if (other.transaction != statement.transaction || !other.is("AlterEnumStmt")) continue;
        auto const node = other.node();
        auto const type = object_name(node.list("typeName"));
        if (node.contains("oldVal") || script.is_new(type, other)) continue;
        values.push_back({node.text("newVal"), type.name});
    }
    return values;
}

/// Defaults and data that use the value; its place, in bytes of the statement.
std::optional<int> find_use(sql::Node node, std::string const& value) {
    if (!node.is_object()) {
        for (auto const& element : node.elements()) {
            if (auto const found = find_use(element, value)) return found;
        }
        return {};
    }
    for (auto const& [key, member] : node.members()) {
        if (key == "A_Const") {
            auto const constant = sql::constant_of(member);
            if (constant && constant->kind == sql::ConstantKind::text && constant->text == value) {
                return member.integer("location");
            }
        } else if (auto const found = find_use(member, value)) {
            return found;
        }
    }
    return {};
}

void check_new_enum_value(Statement const& statement, Report& report) {
    if (statement.transaction == 0 || !statement.tree || statement.is("AlterEnumStmt")) return;
    for (auto const& added : added_before(report.script(), statement)) {
        auto const use = find_use(statement.node(), added.value);
        if (!use) continue;
        report.add({.place = token_place(statement, *use),
                    .message = fmt::format("`{}` has been added to `{}` in this transaction, and "
                                           "cannot be used before it commits",
                                           added.value, shown(added.type)),
                    .help = "add the value in a migration of its own"});
        return;
    }
}

}  // namespace

extern Rule const enum_value_used_in_its_transaction;
constinit Rule const enum_value_used_in_its_transaction{
    .code = "CM0652",
    .name = "enum-value-used-in-its-transaction",
    .summary = "A new enum value fails before the transaction that added it commits",
    .family = Family::failure,
    .level = Level::error,
    .check = check_new_enum_value};

}  // namespace cm::lint::rules

// PostgreSQL lets the types of both sides differ as long as it can compare them.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// Bytes of an integer type; 0 of others.
int integer_size(sql::Type const& type) {
    if (type.is_array) return 0;
    auto const& name = type.name.name;
    if (name == "int2" || name == "smallserial" || name == "serial2") return 2;
    if (name == "int4" || name == "serial" || name == "serial4") return 4;
    return name == "int8" || name == "bigserial" || name == "serial8" ? 8 : 0;
}

struct WrittenKey {
    sql::Node node{nullptr};
    std::string column{};  ///< if it stands behind one
};

std::vector<WrittenKey> written_keys(Statement const& statement) {
    std::vector<WrittenKey> keys{};
    auto const add = [&](sql::Node constraint, std::string column) {
        if (constraint.text("contype") == "CONSTR_FOREIGN") {
            keys.push_back({constraint, std::move(column)});
        }
    };
    for (auto const& column : column_definitions(statement)) {
        for (auto const& one : column.node.list("constraints")) add(one["Constraint"], column.name);
    }
    for (auto const& added : added_constraints(statement)) add(added.node, {});
    if (!statement.is("CreateStmt")) return keys;
    for (auto const& element : statement.node().list("tableElts")) {
        if (element.contains("Constraint")) add(element["Constraint"], {});
    }
    return keys;
}

/// The only column of the list, if it has one alone.
std::string only_name(std::vector<sql::Node> const& names) {
    return names.size() == 1 ? sql::string_of(names.front()) : std::string{};
}

void check_key_types(Statement const& statement, Report& report) {
    auto const keys = written_keys(statement);
    if (keys.empty()) return;
    auto const name = relation_name(statement.node()["relation"]);
    auto behind = report.catalog().only(name);
    behind.follow(statement);
    auto const* const table = behind.find(name);
    if (table == nullptr) return;
    for (auto const& key : keys) {
        auto const own = key.column.empty() ? only_name(key.node.list("fk_attrs")) : key.column;
        auto const target = relation_name(key.node["pktable"]);
        auto const* const known = report.catalog().find(target);
        auto const* const referenced = known != nullptr ? known : behind.find(target);
        auto const* const from = table->column(own);
        if (referenced == nullptr || from == nullptr) continue;
        auto other = only_name(key.node.list("pk_attrs"));
        if (other.empty() && referenced->indexes.size() == 1 &&
            referenced->indexes.front().columns.size() == 1) {
            other = referenced->indexes.front().columns.front();
        }
        auto const* const to = referenced->column(other);
        if (to == nullptr || integer_size(from->type) == 0 ||
            integer_size(from->type) >= integer_size(to->type)) {
            continue;
        }
        report.add(
            {.place = element_place(statement, key.node.integer("location")),
             .message = fmt::format(
                 "`{}` cannot hold all values of `{}` in `{}`: once these are larger, no row "
                 "can refer to them",
                 shown(own), shown(other), shown(target)),
             .help =
                 fmt::format("make it `{}`", integer_size(to->type) == 8 ? "bigint" : "integer"),
             .table = name});
    }
}

}  // namespace

extern Rule const foreign_key_type_mismatch;
constinit Rule const foreign_key_type_mismatch{
    .code = "CM0663",
    .name = "foreign-key-type-mismatch",
    .summary = "A foreign key of a smaller integer type than the key it refers to",
    .family = Family::schema,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_key_types};

}  // namespace cm::lint::rules

// Indexes as SQL, and what can go wrong.
#include <fmt/ranges.h>

#include "object/index/index.hpp"

namespace cm::object {
namespace {

std::string column_list(Index const& index, sql::Writer const& out) {
    std::vector<std::string> columns{};
    for (auto const& column : index.columns) {
        auto text = sql::quote_identifier(column.name);
        // Parameters stand behind the name of the class, which is the default one if none is said.
        auto const& named = column.operator_class.empty() && !column.parameters.empty()
                                ? column.default_operator_class
                                : column.operator_class;
        if (!named.empty()) {
            text += " " + out.operator_class(column.operator_class_home, named);
            text += sql::to_sql(column.parameters);
        }
        if (column.is_descending) {
            text += " DESC";
        } else if (column.says_ascending && index.method == "btree") {
            text += " ASC";  // as Prisma writes it; other methods know no order
        }
        columns.push_back(std::move(text));
    }
    return fmt::format("{}", fmt::join(columns, ", "));
}

std::string upper_case(std::string text) {
    for (auto& c : text) {
        if (c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        }
    }
    return text;
}

}  // namespace

void to_sql(Create<Index> const& step, sql::Writer& out) {
    auto const& index = step.object;
    if (!index.definition.empty()) {
        out.statement("CreateIndex", index.definition);  // it was invalid and is built again
        return;
    }
    auto const method =
        index.method == "btree" ? std::string{} : " USING " + upper_case(index.method) + " ";
    auto const condition = index.predicate ? fmt::format(" WHERE ({})", index.predicate->text) : "";
    // An index always lies in its table's schema; its name is never qualified (manual, CREATE
    // INDEX).
    out.statement("CreateIndex",
                  fmt::format("CREATE {}INDEX {} ON {}{}({}){}", index.is_unique ? "UNIQUE " : "",
                              sql::quote_identifier(index.name.name), out.name(index.table), method,
                              column_list(index, out), condition));
}

void to_sql(Alter<Index> const& step, sql::Writer& out) {
    out.statement("RenameIndex",
                  fmt::format("ALTER INDEX {} RENAME TO {}", out.name(step.from.name),
                              sql::quote_identifier(step.to.name.name)));
}

void to_sql(Drop<Index> const& step, sql::Writer& out) {
    auto const& index = step.object;
    if (index.is_constraint) {
        // PostgreSQL refuses to drop a constraint's index by itself.
        out.statement("DropIndex",
                      fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", out.name(index.table),
                                  sql::quote_identifier(index.name.name)));
        return;
    }
    out.statement("DropIndex",
                  fmt::format("DROP INDEX {}{}", index.is_invalid ? "CONCURRENTLY " : "",
                              out.name(index.name)));
}

void hazards(Create<Index> const& step, Hazards& out) {
    auto const& index = step.object;
    if (!index.is_unique) {
        return;
    }
    if (index.has_expressions) {
        out.push_back({.kind = HazardKind::may_fail,
                       .code = "CM0308",
                       .message = fmt::format("the unique index `{}` is built again on the table "
                                              "`{}`: this fails if there are duplicates",
                                              index.name.name, index.table.name),
                       .help = "remove the duplicates first",
                       .origin = index.origin,
                       .probe = {}});
        return;
    }
    std::vector<std::string> columns{};
    for (auto const& column : index.columns) columns.push_back(column.name);
    auto const list = sql::quote_list(columns);
    auto const table = sql::quote(index.table);
    out.push_back(
        {.kind = HazardKind::may_fail,
         .code = "CM0308",
         .message = fmt::format("a unique index on ({}) is added to the table `{}`: this fails if "
                                "there are duplicates",
                                fmt::join(columns, ", "), index.table.name),
         .help = "remove the duplicates first",
         .origin = index.origin,
         // ROW(…) IS NOT NULL: rows with a null in the key are never duplicates.
         .probe = object::Probe{
             fmt::format("SELECT (SELECT COALESCE(sum(n - 1), 0)::bigint FROM (SELECT count(*) AS "
                         "n FROM {1} WHERE "
                         "ROW({0}) IS NOT NULL{2} GROUP BY {0}) AS g) AS affected, (SELECT "
                         "count(*) FROM {1}) AS total",
                         list, table,
                         index.predicate ? fmt::format(" AND ({})", index.predicate->text) : ""),
             "{affected} of {total} rows are duplicates"}});
}

void hazards(Alter<Index> const& /*step*/, Hazards& /*out*/) {}

void hazards(Drop<Index> const& /*step*/, Hazards& /*out*/) {}

}  // namespace cm::object

// Foreign keys as SQL, and what can go wrong.
#include <fmt/ranges.h>

#include "object/foreign_key/foreign_key.hpp"

namespace cm::object {
namespace {

std::string_view action(ReferentialAction action) {
    switch (action) {
        case ReferentialAction::cascade:
            return "CASCADE";
        case ReferentialAction::restrict:
            return "RESTRICT";
        case ReferentialAction::set_null:
            return "SET NULL";
        case ReferentialAction::set_default:
            return "SET DEFAULT";
        case ReferentialAction::no_action:
            return "NO ACTION";
    }
    return {};
}

}  // namespace

void to_sql(Create<ForeignKey> const& step, sql::Writer& out) {
    auto const& key = step.object;
    out.statement("AddForeignKey",
                  fmt::format("ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {}({}) "
                              "ON DELETE {} ON UPDATE {}",
                              out.name(key.name.table), sql::quote_identifier(key.name.name),
                              sql::quote_list(key.columns), out.name(key.referenced_table),
                              sql::quote_list(key.referenced_columns), action(key.on_delete),
                              action(key.on_update)));
}

void to_sql(Alter<ForeignKey> const& step, sql::Writer& out) {
    out.statement("RenameForeignKey", fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}",
                                                  out.name(step.to.name.table),
                                                  sql::quote_identifier(step.from.name.name),
                                                  sql::quote_identifier(step.to.name.name)));
}

void to_sql(Drop<ForeignKey> const& step, sql::Writer& out) {
    out.statement("DropForeignKey",
                  fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", out.name(step.object.name.table),
                              sql::quote_identifier(step.object.name.name)));
}

void hazards(Create<ForeignKey> const& step, Hazards& out) {
    auto const& key = step.object;
    auto const text = [](sql::QualifiedName const& name) {
        return sql::quote_identifier(name.schema) + "." + sql::quote_identifier(name.name);
    };
    std::vector<std::string> joined{}, present{};
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        auto const column = sql::quote_identifier(key.columns[i]);
        joined.push_back(
            fmt::format("p.{} = c.{}", sql::quote_identifier(key.referenced_columns[i]), column));
        present.push_back(fmt::format("c.{} IS NOT NULL", column));
    }
    out.push_back(
        {.kind = HazardKind::may_fail,
         .code = "CM0309",
         .message = fmt::format(
             "a foreign key on ({}) is added to the table `{}`: this fails if a row refers to "
             "nothing in `{}`",
             fmt::join(key.columns, ", "), key.name.table.name, key.referenced_table.name),
         .help = "remove or mend those rows first",
         .origin = key.origin,
         .probe = Probe{
             fmt::format(
                 "SELECT count(*) FILTER (WHERE {} AND NOT EXISTS (SELECT FROM {} p WHERE {})) "
                 "AS affected, count(*) AS total FROM {} c",
                 fmt::join(present, " AND "), text(key.referenced_table),
                 fmt::join(joined, " AND "), text(key.name.table)),
             "{affected} of {total} rows refer to nothing"}});
}

void hazards(Alter<ForeignKey> const& /*step*/, Hazards& /*out*/) {}

void hazards(Drop<ForeignKey> const& /*step*/, Hazards& /*out*/) {}

}  // namespace cm::object

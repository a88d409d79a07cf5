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

std::string column_list(std::vector<std::string> const& columns, ForeignKey const& key) {
    if (!key.details || !key.details->is_of_periods) return sql::quote_list(columns);
    std::vector<std::string> texts{};
    for (auto const& column : columns) texts.push_back(sql::quote_identifier(column));
    texts.back().insert(0, "PERIOD ");
    return fmt::format("{}", fmt::join(texts, ", "));
}

/// Behind the actions; who does not enforce a key does not say that its rows are not checked.
std::string checks_clause(ForeignKeyDetails const& details) {
    auto const* const validity = !details.is_enforced    ? " NOT ENFORCED"
                                 : !details.is_validated ? " NOT VALID"
                                                         : "";
    return clause(details.deferrability) + validity;
}

/// `DEFERRABLE INITIALLY DEFERRED`, as ALTER CONSTRAINT takes it: what is left out it takes for the
/// default.
std::string said(Deferrability const& when) {
    return when.is_deferrable ? clause(when) : " NOT DEFERRABLE";
}

std::vector<std::string> alterations(ForeignKey const& from, ForeignKey const& to) {
    std::vector<std::string> clauses{};
    if (!from.details || !to.details) return clauses;
    auto const name = sql::quote_identifier(to.name.name);
    auto const alter = [&](std::string_view what) {
        clauses.push_back(fmt::format("ALTER CONSTRAINT {}{}", name, what));
    };
    if (from.details->deferrability != to.details->deferrability) {
        alter(said(to.details->deferrability));
    }
    auto const was_enforced = from.details->is_enforced;
    if (was_enforced != to.details->is_enforced) {
        alter(was_enforced ? " NOT ENFORCED" : " ENFORCED");
    } else if (was_enforced && !from.details->is_validated && to.details->is_validated) {
        clauses.push_back(fmt::format("VALIDATE CONSTRAINT {}", name));
    }
    return clauses;
}

}  // namespace

void to_sql(Create<ForeignKey> const& step, sql::Writer& out) {
    auto const& key = step.object;
    auto const details = key.details.value_or(ForeignKeyDetails{});
    auto const set_columns = details.set_columns.empty()
                                 ? std::string{}
                                 : fmt::format(" ({})", sql::quote_list(details.set_columns));
    out.statement(
        "AddForeignKey",
        fmt::format("ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {}({}){} "
                    "ON DELETE {}{} ON UPDATE {}{}",
                    out.name(key.name.table), sql::quote_identifier(key.name.name),
                    column_list(key.columns, key), out.name(key.referenced_table),
                    column_list(key.referenced_columns, key),
                    details.matches_full ? " MATCH FULL" : "", action(key.on_delete), set_columns,
                    action(key.on_update), checks_clause(details)));
}

void to_sql(Alter<ForeignKey> const& step, sql::Writer& out) {
    auto const table = out.name(step.to.name.table);
    auto const& from = step.from.name.name;
    auto const& to = step.to.name.name;
    if (from != to) {
        out.statement("RenameForeignKey",
                      fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", table,
                                  sql::quote_identifier(from), sql::quote_identifier(to)));
    }
    std::string title = "AlterForeignKey";
    for (auto const& clause : alterations(step.from, step.to)) {
        out.statement(title, fmt::format("ALTER TABLE {} {}", table, clause));
        title.clear();
    }
}

void to_sql(Drop<ForeignKey> const& step, sql::Writer& out) {
    out.statement("DropForeignKey",
                  fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", out.name(step.object.name.table),
                              sql::quote_identifier(step.object.name.name)));
}

namespace {

/// The rows that the key refuses. With MATCH FULL also those that are null in part. Periods refer
/// to more than one row.
std::optional<Probe> violations(ForeignKey const& key) {
    if (key.details && key.details->is_of_periods) return {};
    std::vector<std::string> joined{}, present{};
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        auto const column = sql::quote_identifier(key.columns[i]);
        joined.push_back(
            fmt::format("p.{} = c.{}", sql::quote_identifier(key.referenced_columns[i]), column));
        present.push_back(fmt::format("c.{} IS NOT NULL", column));
    }
    auto const matches_full = key.details && key.details->matches_full && present.size() > 1;
    auto const is_asked = matches_full ? fmt::format("({})", fmt::join(present, " OR "))
                                       : fmt::format("{}", fmt::join(present, " AND "));
    return Probe{
        fmt::format("SELECT count(*) FILTER (WHERE {} AND NOT EXISTS (SELECT FROM {} p WHERE {})) "
                    "AS affected, count(*) AS total FROM {} c",
                    is_asked, sql::quote(key.referenced_table), fmt::join(joined, " AND "),
                    sql::quote(key.name.table)),
        "{affected} of {total} rows refer to a missing row"};
}

Hazard refused_rows(ForeignKey const& key, std::string message) {
    return {.kind = HazardKind::may_fail,
            .code = "CM0607",
            .message = std::move(message),
            .help = "first fix or delete those rows",
            .origin = key.origin,
            .probe = violations(key)};
}

bool checks_rows(ForeignKey const& key) {
    return !key.details || (key.details->is_validated && key.details->is_enforced);
}

}  // namespace

void hazards(Create<ForeignKey> const& step, Hazards& out) {
    auto const& key = step.object;
    if (!checks_rows(key)) return;
    out.push_back(refused_rows(
        key,
        fmt::format("a foreign key on ({}) is added to the table `{}`: this fails if a row "
                    "refers to a missing row in `{}`",
                    fmt::join(key.columns, ", "), key.name.table.name, key.referenced_table.name)));
}

void hazards(Alter<ForeignKey> const& step, Hazards& out) {
    auto const& key = step.to;
    if (checks_rows(step.from) || !checks_rows(key)) return;
    out.push_back(refused_rows(
        key,
        fmt::format("the foreign key on ({}) of the table `{}` is validated: this fails if a "
                    "row refers to a missing row in `{}`",
                    fmt::join(key.columns, ", "), key.name.table.name, key.referenced_table.name)));
}

void hazards(Drop<ForeignKey> const& /*step*/, Hazards& /*out*/) {}

}  // namespace cm::object

// See separate_statements.hpp.
#include "object/table/separate_statements.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "object/table/column_clauses.hpp"
#include "object/table/sequence.hpp"

namespace cm::object {
namespace {

/// Does one of them that the column is generated from not stay as it is?
bool loses_sources(Column const& generated, Alter<Table> const& step) {
    auto const sources = used_columns(generated, step.from);
    return std::any_of(sources.begin(), sources.end(), [&](std::string const& name) {
        auto const* const old = find_column(step.from, name);
        auto const* const now = find_column(step.to, name);
        return old != nullptr && (now == nullptr || is_retyped({*old, *now}));
    });
}

/// A cast of what has been generated can be said only when it is not generated any more; and what
/// it is generated from goes before PostgreSQL has taken the expression away.
std::vector<std::string> take_expressions_away(Alter<Table> const& step,
                                               std::vector<TableChange>& changes,
                                               std::string const& table) {
    std::vector<std::string> statements{};
    for (auto& change : changes) {
        auto* const alter = std::get_if<Alter<Column>>(&change);
        if (alter == nullptr || !alter->from.is_generated || alter->to.is_generated) continue;
        auto const is_converted =
            conversion(alter->from.type, alter->to.type) == Conversion::by_using;
        if (!is_converted && !loses_sources(alter->from, step)) continue;
        statements.push_back(fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP EXPRESSION", table,
                                         sql::quote_identifier(alter->from.name)));
        alter->from.is_generated = false;
        alter->from.generation.clear();
    }
    return statements;
}

bool only_sets_expressions(std::vector<TableChange> const& changes) {
    return std::ranges::all_of(changes, [](TableChange const& change) {
        auto const* const alter = std::get_if<Alter<Column>>(&change);
        return alter != nullptr && !is_retyped(*alter);
    });
}

/// PostgreSQL looks whether the new type can count before it takes the identity away.
std::vector<std::string> take_identities_away(std::vector<TableChange>& changes,
                                              std::string const& table) {
    std::vector<std::string> statements{};
    for (auto& change : changes) {
        auto* const alter = std::get_if<Alter<Column>>(&change);
        if (alter == nullptr || !are_exact(alter->from, alter->to)) continue;
        auto& details = *alter->from.details;
        if (!is_identity(details.numbering) || is_identity(alter->to.details->numbering) ||
            sequence_type(alter->to.type))
            continue;
        statements.push_back(fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP IDENTITY", table,
                                         sql::quote_identifier(alter->from.name)));
        details.numbering = Numbering::none;
        details.sequence.reset();
        details.default_value = "";
        alter->from.default_value.reset();
    }
    return statements;
}

/// The columns that are made, or made anew.
template <class Action>
void for_each_new(std::vector<TableChange>& changes, Action action) {
    for (auto& change : changes) {
        if (auto* const create = std::get_if<Create<Column>>(&change)) action(create->object);
        if (auto* const replace = std::get_if<ReplaceColumn>(&change)) action(replace->to);
    }
}

}  // namespace

std::vector<std::string> statements_before(Alter<Table> const& step,
                                           std::vector<TableChange>& changes,
                                           std::string const& table) {
    auto statements = take_expressions_away(step, changes, table);
    std::ranges::move(take_identities_away(changes, table), std::back_inserter(statements));
    return statements;
}

std::vector<std::string> separate_expressions(std::vector<TableChange>& changes,
                                              std::string const& table) {
    std::vector<std::string> statements{};
    if (only_sets_expressions(changes)) return statements;
    for (auto& change : changes) {
        auto* const alter = std::get_if<Alter<Column>>(&change);
        if (alter == nullptr || !sets_expression(*alter)) continue;
        statements.push_back(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET EXPRESSION AS ({})",
                                         table, sql::quote_identifier(alter->to.name),
                                         alter->to.generation));
        alter->from.generation = alter->to.generation;
    }
    return statements;
}

std::vector<std::string> separate_counters(Alter<Table> const& step,
                                           std::vector<TableChange>& changes,
                                           sql::Writer const& out) {
    std::vector<std::string> statements{};
    for (auto& change : changes) {
        auto* const alter = std::get_if<Alter<Column>>(&change);
        if (alter == nullptr || !are_exact(alter->from, alter->to)) continue;
        if (!is_identity(alter->to.details->numbering) ||
            is_identity(alter->from.details->numbering) || sequence_type(alter->from.type))
            continue;
        auto converted = alter->to;
        converted.default_value.reset();
        converted.details->default_value = "";
        converted.details->numbering = Numbering::none;
        converted.details->sequence.reset();
        converted.is_nullable = alter->from.is_nullable;
        converted.details->is_required = alter->from.details->is_required;
        auto const clauses = column_clauses({converted, alter->to}, out, step.from);
        statements.push_back(
            fmt::format("ALTER TABLE {} {}", out.name(step.to.name), fmt::join(clauses, ",\n")));
        alter->to = std::move(converted);
    }
    return statements;
}

std::vector<std::string> separate_identities(Table const& table, std::vector<TableChange>& changes,
                                             sql::Writer const& out) {
    std::vector<std::string> statements{};
    if (table.heirs.empty()) return statements;
    auto const separate = [&](Column& column) {
        if (!column.details || !is_identity(column.details->numbering)) return;
        statements.push_back(fmt::format("ALTER TABLE {} ALTER COLUMN {} ADD {}",
                                         out.name(table.name), sql::quote_identifier(column.name),
                                         identity_clause(table.name, column, out)));
        column.default_value.reset();
        column.details->numbering = Numbering::none;
        column.details->sequence.reset();
    };
    for_each_new(changes, separate);
    return statements;
}

void name_requirements(Table const& table, std::vector<TableChange>& changes) {
    if (table.heirs.empty()) return;
    auto const name = [&](Column& column) {
        if (column.details && column.details->has_required_constraint)
            column.details->required_name = requirement_name(table.name, column);
    };
    for_each_new(changes, name);
}

std::vector<std::string> statements_on_not_null(Alter<Table> const& step,
                                                std::vector<TableChange> const& changes,
                                                sql::Writer const& out) {
    std::vector<std::string> statements{};
    for (auto const& change : changes) {
        auto const* const alter = std::get_if<Alter<Column>>(&change);
        if (alter == nullptr || !are_exact(alter->from, alter->to)) continue;
        auto const &from = *alter->from.details, &to = *alter->to.details;
        if (!to.is_required) continue;
        auto const was_unchecked = is_unchecked(alter->from);
        if (is_unchecked(alter->to) && !was_unchecked) continue;  // added under its name
        auto const usual = made_name(step.to.name, alter->to, "not_null");
        auto const old = from.is_required ? requirement_name(step.to.name, alter->from) : usual;
        auto const now = requirement_name(step.to.name, alter->to);
        auto const table = out.name(step.to.name);
        if (old != now && !to.is_required_by_both && !to.is_required_by_parent) {
            statements.push_back(fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", table,
                                             sql::quote_identifier(old),
                                             sql::quote_identifier(now)));
        }
        if (from.is_required_here_only != to.is_required_here_only) {
            statements.push_back(fmt::format("ALTER TABLE {} ALTER CONSTRAINT {} {}", table,
                                             sql::quote_identifier(now),
                                             to.is_required_here_only ? "NO INHERIT" : "INHERIT"));
        }
        if (was_unchecked && !is_unchecked(alter->to)) {
            statements.push_back(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", table,
                                             sql::quote_identifier(now)));
        }
    }
    return statements;
}

}  // namespace cm::object

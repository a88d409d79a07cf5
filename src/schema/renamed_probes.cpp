// See renamed_probes.hpp.
#include "schema/renamed_probes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace cm::schema {
namespace {

/// A table as it is called today, and what the plan calls it and its columns.
struct SeenTable {
    sql::QualifiedName today{}, planned{};
    std::vector<NameChange> columns{};  ///< all of them
};

SeenTable seen(RenameTable const& step) {
    SeenTable table{step.from.name, step.to, {}};
    for (auto const& column : step.from.columns) {
        NameChange change{column.name, column.name};
        for (auto const& rename : step.columns) {
            if (change.to == rename.from) change.to = rename.to;
        }
        table.columns.push_back(std::move(change));
    }
    return table;
}

std::vector<SeenTable> seen_tables(Steps const& plan) {
    std::vector<SeenTable> tables{};
    for (auto const& step : plan) {
        auto const* const rename = std::get_if<RenameTable>(&step);
        if (rename == nullptr) continue;
        auto table = seen(*rename);
        // By way of a third name.
        auto const before = std::find_if(tables.begin(), tables.end(), [&](auto const& other) {
            return other.planned == table.today;
        });
        if (before != tables.end()) {
            table.today = before->today;
            tables.erase(before);
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

std::string query_name(std::size_t i) {
    return fmt::format("renamed_{}", i + 1);
}

/// `"renamed_1" AS (SELECT "name" AS "full_name", … FROM "users")`
std::string query_of(SeenTable const& table, std::string const& name) {
    std::vector<std::string> columns{};
    for (auto const& column : table.columns) {
        columns.push_back(fmt::format("{} AS {}", sql::quote_identifier(column.from),
                                      sql::quote_identifier(column.to)));
    }
    return fmt::format("{} AS (SELECT {} FROM {})", name, fmt::join(columns, ", "),
                       sql::quote(table.today));
}

void rewrite(object::Probe& probe, std::vector<SeenTable> const& tables) {
    std::vector<std::string> queries{};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        auto const planned = sql::quote(tables[i].planned);
        auto const name = query_name(i);
        auto is_asked = false;
        for (auto at = probe.query.find(planned); at != std::string::npos;
             at = probe.query.find(planned, at + name.size())) {
            probe.query.replace(at, planned.size(), name);
            is_asked = true;
        }
        if (is_asked) queries.push_back(query_of(tables[i], name));
    }
    if (queries.empty()) return;
    constexpr std::string_view with = "WITH ";
    auto const has_others = probe.query.starts_with(with);
    if (has_others) probe.query.erase(0, with.size());
    probe.query = fmt::format("{}{}{}{}", with, fmt::join(queries, ", "), has_others ? ", " : " ",
                              probe.query);
}

}  // namespace

void ask_under_old_names(Steps const& plan, std::vector<object::Hazards>& hazards) {
    auto const tables = seen_tables(plan);
    if (tables.empty()) return;
    for (auto& of_step : hazards) {
        for (auto& hazard : of_step) {
            if (hazard.probe) rewrite(*hazard.probe, tables);
        }
    }
}

}  // namespace cm::schema

// See renamed_in_routines.hpp.
#include "engine/renamed_in_routines.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "engine/renamed_in_routines.sql.hpp"

namespace cm::engine {
namespace {

std::string renamed_row(sql::QualifiedName const& table, std::string const& column) {
    return fmt::format("({}, {}, {})", sql::quote_portable_literal(table.schema),
                       sql::quote_portable_literal(table.name),
                       sql::quote_portable_literal(column));
}

std::vector<std::string> renamed_rows(schema::Steps const& plan) {
    std::vector<std::string> rows{};
    for (auto const& step : plan) {
        auto const* const rename = std::get_if<schema::RenameTable>(&step);
        if (rename == nullptr) continue;
        auto const& name = rename->from.name;
        if (name.name != rename->to.name) rows.push_back(renamed_row(name, {}));
        for (auto const& column : rename->columns) rows.push_back(renamed_row(name, column.from));
    }
    return rows;
}

std::string query_for(std::vector<std::string> const& rows) {
    std::string text{sql_text::engine_renamed_in_routines};
    constexpr std::string_view gap = "VALUES $renamed";
    return text.replace(text.find(gap), gap.size(),
                        fmt::format("VALUES {}", fmt::join(rows, ", ")));
}

/// Its text is replaced with all else, or it goes.
bool is_changed_by_plan(sql::Row const& row, schema::Steps const& plan) {
    auto const is_it = [&](object::Definition const& object) {
        return object.id.kind == object::ObjectKind::routine &&
               object.id.name.schema == row.text("schema") &&
               object.id.name.name.starts_with(row.text("name") + "(");
    };
    return std::any_of(plan.begin(), plan.end(), [&](schema::Step const& step) {
        if (auto const* const alter = std::get_if<object::Alter<object::Definition>>(&step))
            return is_it(alter->from);
        auto const* const drop = std::get_if<object::Drop<object::Definition>>(&step);
        return drop != nullptr && is_it(drop->object);
    });
}

Finding finding_about(sql::Row const& row) {
    auto const column = row.text("column_name");
    auto const what = column.empty() ? fmt::format("the table `{}`", row.text("table_name"))
                                     : fmt::format("the column `{}` of the table `{}`", column,
                                                   row.text("table_name"));
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0682",
             .message = fmt::format("{} is renamed, but the routine `{}` names it: it would fail "
                                    "when it is called",
                                    what, row.text("routine")),
             .help = "replace the routine in the same migration: `cm-migrate dev --create-only` "
                     "writes it without applying it"},
            {},
            true};
}

}  // namespace

std::vector<Finding> renamed_in_routines(schema::Steps const& plan, pg::Connection& connection) {
    auto const rows = renamed_rows(plan);
    if (rows.empty()) return {};
    std::vector<Finding> findings{};
    auto const routines = connection.fetch(query_for(rows));
    for (std::size_t i = 0; i < routines.size(); ++i) {
        if (!is_changed_by_plan(routines[i], plan)) findings.push_back(finding_about(routines[i]));
    }
    return findings;
}

}  // namespace cm::engine

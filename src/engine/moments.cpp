// A migration counts if it has such a word as a string and names the column: more cannot be told
// from text that may be assembled in a DO block.
#include "engine/moments.hpp"

#include <algorithm>

#include "sql/fixed_moment.hpp"

namespace cm::engine {
namespace {

sql::Expression const* moment_of(object::Column const& column) {
    auto const* const expression =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    auto const is_one =
        expression != nullptr && !column.is_generated && sql::is_moment(*expression, column.type);
    return is_one ? expression : nullptr;
}

}  // namespace

ForgivenMoments forgive_moments(schema::Schema live, schema::Schema const& replayed,
                                std::vector<history::Migration> const& migrations) {
    ForgivenMoments result{};
    std::vector<history::Migration const*> with_moments{};
    for (auto const& migration : migrations) {
        if (sql::names_moments(migration.script)) with_moments.push_back(&migration);
    }
    for (auto const& [name, table] : replayed.tables) {
        auto* const there = with_moments.empty() ? nullptr : live.tables.find(name);
        if (there == nullptr) continue;
        for (auto& column : there->columns) {
            auto const* const other = find_column(table, column.name);
            auto const* const expected = other == nullptr ? nullptr : moment_of(*other);
            auto const* const present = moment_of(column);
            if (expected == nullptr || present == nullptr || *expected == *present) continue;
            auto const by = std::find_if(
                with_moments.begin(), with_moments.end(), [&](history::Migration const* migration) {
                    return migration->script.find(column.name) != std::string::npos;
                });
            if (by == with_moments.end()) continue;
            result.findings.push_back(Diagnostic{
                .severity = Severity::warning,
                .code = "CM0547",
                .message = fmt::format("the default value of the column `{}` of the table `{}` was "
                                       "not compared: it is the time at which a migration ran",
                                       column.name, table.name.name)});
            result.findings.back()
                .note("in the database it is {}", present->text)
                .note(
                    "`{}` has `'now'` or a similar word in a string, which PostgreSQL evaluates "
                    "only once",
                    (*by)->name)
                .help(
                    "if each row should get its own time: a new migration with `ALTER TABLE … "
                    "ALTER COLUMN {} SET DEFAULT now()`",
                    sql::quote_identifier(column.name));
            column.default_value = *expected;
            if (column.details && other->details) {
                column.details->default_value = other->details->default_value;
            }
        }
    }
    result.live = std::move(live);
    return result;
}

}  // namespace cm::engine

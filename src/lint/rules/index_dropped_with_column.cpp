// Indexes over several columns go with one of them (manual, ALTER TABLE, DROP COLUMN).
#include <fmt/format.h>

#include "lint/index_use.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// The columns of the index without the one that goes.
std::vector<std::string> columns_left(CatalogIndex const& index, std::string const& column) {
    auto left = index.columns;
    std::erase(left, column);
    return left.size() == index.columns.size() ? std::vector<std::string>{} : left;
}

void check_index_of_dropped_column(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter) return;
    auto const* const table = report.catalog().find(alter->table);
    if (table == nullptr) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "DropColumn") continue;
        for (auto const& index : table->indexes) {
            auto const left = columns_left(index, command.name);
            if (left.empty() || left.front().empty()) continue;
            auto const& behind = report.catalog_behind(statement);
            auto const* const after = behind.find(alter->table);
            if (after == nullptr || begins_with(*after, left)) continue;
            report.add(
                {.place = command.place,
                 .message = fmt::format("an index on `{}` goes with the column, and queries by "
                                        "`{}` lose it",
                                        shown_list(index.columns), shown_list(left)),
                 .help = fmt::format("first `CREATE {}INDEX CONCURRENTLY ON {} ({})`",
                                     index.is_unique ? "UNIQUE " : "", written(table->name),
                                     written_list(left)),
                 .table = table->name});
        }
    }
}

}  // namespace

extern Rule const index_dropped_with_column;
constinit Rule const index_dropped_with_column{
    .code = "CM0662",
    .name = "index-dropped-with-column",
    .summary = "Dropping a column drops the indexes that it is one of several columns of",
    .family = Family::schema,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_index_of_dropped_column};

}  // namespace cm::lint::rules

// duplicate-index: an index over the columns of another one.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_duplicate_index(Statement const& statement, Report& report) {
    if (!statement.is("IndexStmt")) return;
    auto const name = relation_name(statement.node()["relation"]);
    auto const* const table = report.catalog().find(name);
    if (table == nullptr) return;
    auto const index = index_of(statement);
    if (index.shape.empty()) return;
    for (auto const& other : table->indexes) {
        auto const is_itself = !index.name.name.empty() && other.name.name == index.name.name;
        // A unique one does more than one that is not.
        if (is_itself || other.shape != index.shape || (index.is_unique && !other.is_unique)) {
            continue;
        }
        report.add(
            {.place = statement.place,
             .message = other.name.name.empty()
                            ? fmt::format("`{}` has an index over the same columns", shown(name))
                            : fmt::format("`{}` is an index over the same columns of `{}`",
                                          shown(other.name.name), shown(name)),
             .help = "leave this one out: it takes room, and each write has to keep it up "
                     "to date",
             .table = name});
        return;
    }
}

}  // namespace

extern Rule const duplicate_index;
constinit Rule const duplicate_index{.code = "CM0654",
                                     .name = "duplicate-index",
                                     .summary = "An index over the columns of another one",
                                     .family = Family::schema,
                                     .level = Level::warning,
                                     .depends_on_database = true,
                                     .check = check_duplicate_index};

}  // namespace cm::lint::rules

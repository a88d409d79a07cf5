// An integer column whose sequence has used up most of the numbers that the type has (manual, 8.1).
#include <fmt/format.h>

#include "base/text.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

constexpr int urgent_percent = 75;
constexpr int noted_percent = 50;

bool names_table(Statement const& statement, sql::QualifiedName const& table,
                 Catalog const& catalog) {
    for (auto const& effect : statement.effects.effects) {
        if (effect.subject == sql::Subject::named && catalog.full(effect.relation) == table) {
            return true;
        }
    }
    return false;
}

bool is_first_to_name(Statement const& statement, sql::QualifiedName const& table,
                      Report const& report) {
    for (auto const& other : report.script().statements()) {
        if (names_table(other, table, report.catalog())) return other.index == statement.index;
    }
    return false;
}

/// The column is about to get a larger type.
bool is_widened(KeyUse const& key, Report const& report) {
    for (auto const& statement : report.script().statements()) {
        for (auto const& type : written_types(statement)) {
            if (report.catalog().full(type.table) == key.table && type.column == key.column &&
                type.name == "int8") {
                return true;
            }
        }
    }
    return false;
}

void check_key_use(Statement const& statement, Report& report) {
    for (auto const& key : report.conditions().keys) {
        auto const percent =
            static_cast<int>(100.0 * static_cast<double>(key.last) / static_cast<double>(key.most));
        if (percent < noted_percent || !is_first_to_name(statement, key.table, report) ||
            is_widened(key, report)) {
            continue;
        }
        report.add(
            {.place = statement.place,
             .message =
                 fmt::format("`{}` of `{}` has used {} of the {} numbers that {} has ({} %): "
                             "after the last one every INSERT fails",
                             shown(key.column), shown(key.table), grouped(key.last),
                             grouped(key.most), key.type, percent),
             .help = "change it to bigint in time: a new bigint column that is filled in batches, "
                     "then swapped, blocks nobody",
             .table = key.table,
             .level = percent < urgent_percent ? Level::warning : Level::error});
    }
}

}  // namespace

extern Rule const integer_key_near_end;
constinit Rule const integer_key_near_end{
    .code = "CM0683",
    .name = "integer-key-near-end",
    .summary = "An integer key has used up most of its numbers",
    .family = Family::schema,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_key_use};

}  // namespace cm::lint::rules

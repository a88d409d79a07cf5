// Views, policies and triggers stand on columns, and PostgreSQL refuses to take those away
// (manual, 5.14: Dependency Tracking). Of what the string body of a function names it knows
// nothing: the function fails when it is called.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

enum class Touch { dropped, retyped, renamed };

struct Touched {
    sql::QualifiedName relation{};
    std::string column{};  ///< empty: the relation as a whole
    Touch touch{};
    Place place{};
    bool cascades{};
};

void add_commands(Statement const& statement, std::vector<Touched>& all) {
    auto const* const alter = alter_table(statement);
    if (alter == nullptr) return;
    for (auto const& command : alter->commands) {
        auto const is_drop = command.kind == "DropColumn";
        if (!is_drop && command.kind != "AlterColumnType") continue;
        all.push_back({alter->table, command.name, is_drop ? Touch::dropped : Touch::retyped,
                       command.place, command.node.text("behavior") == "DROP_CASCADE"});
    }
}

bool is_relation(sql::DefinedKind kind) {
    return kind == sql::DefinedKind::table || kind == sql::DefinedKind::view ||
           kind == sql::DefinedKind::materialized_view;
}

std::vector<Touched> touched_by(Statement const& statement) {
    std::vector<Touched> all{};
    add_commands(statement, all);
    for (auto const& one : statement.effects.defines) {
        auto const is_rename = one.action == sql::DefinedAction::renames;
        if (is_rename && one.kind == sql::DefinedKind::column) {
            all.push_back({one.table, one.name.name, Touch::renamed, statement.place, false});
        } else if (is_relation(one.kind) &&
                   (is_rename || one.action == sql::DefinedAction::drops)) {
            all.push_back({one.name,
                           {},
                           is_rename ? Touch::renamed : Touch::dropped,
                           statement.place,
                           one.cascades});
        }
    }
    return all;
}

/// It goes with this very statement, or is a part of what goes.
bool goes_as_well(Dependent const& dependent, Touched const& touched,
                  std::vector<Touched> const& all, Report const& report) {
    auto const& catalog = report.catalog();
    if (touched.touch != Touch::dropped || !touched.column.empty()) return false;
    return dependent.relation == catalog.full(touched.relation) ||
           std::any_of(all.begin(), all.end(), [&](Touched const& other) {
               return other.column.empty() && catalog.full(other.relation) == dependent.name;
           });
}

/// Later in the file it gets another text, or is dropped.
bool is_replaced_later(Dependent const& dependent, Statement const& now, Report const& report) {
    auto const& all = report.script().statements();
    return std::any_of(all.begin(), all.end(), [&](Statement const& later) {
        if (later.index <= now.index) return false;
        auto const& defines = later.effects.defines;
        return std::any_of(defines.begin(), defines.end(), [&](sql::DefinedObject const& one) {
            return one.kind == sql::DefinedKind::routine &&
                   report.catalog().full(one.name) == dependent.name;
        });
    });
}

/// "the view `v`".
std::string called(Dependent const& dependent) {
    return fmt::format("the {} `{}`", dependent.title, shown(dependent.name.name));
}

std::string called(Touched const& touched) {
    return shown(touched.column.empty() ? touched.relation.name : touched.column);
}

std::string help_for(Dependent const& dependent, Touched const& touched) {
    auto const is_part = !dependent.relation.name.empty();
    auto const kind = dependent.title == "policy"     ? "POLICY"
                      : dependent.title == "trigger"  ? "TRIGGER"
                      : dependent.title == "rule"     ? "RULE"
                      : dependent.title == "view"     ? "VIEW"
                      : dependent.title == "function" ? "FUNCTION"
                                                      : "MATERIALIZED VIEW";
    auto const name = is_part || touched.relation.schema.empty() ? written(dependent.name.name)
                                                                 : written(dependent.name);
    auto const drop =
        fmt::format("DROP {} {}{}", kind, name,
                    is_part ? fmt::format(" ON {}", written(dependent.relation)) : "");
    return touched.touch == Touch::retyped
               ? fmt::format("`{}` before, and create it again afterwards", drop)
               : fmt::format("`{}` before, and create it again without `{}`", drop,
                             called(touched));
}

/// What PostgreSQL itself knows.
void check_use(Dependent const& dependent, Touched const& touched, Report& report) {
    auto const use = ColumnUse{report.catalog().full(touched.relation), touched.column};
    if (touched.touch == Touch::renamed || !dependent.uses.contains(use)) return;
    report.add({.place = touched.place,
                .message = touched.cascades ? fmt::format("{} uses `{}`, and is dropped as well",
                                                          called(dependent), called(touched))
                                            : fmt::format("this fails: {} uses `{}`",
                                                          called(dependent), called(touched)),
                .help = help_for(dependent, touched),
                .table = touched.relation});
}

/// What only the words of a body tell.
void check_body(Dependent const& dependent, Touched const& touched, Statement const& statement,
                Report& report) {
    auto const relation = report.catalog().full(touched.relation);
    if (touched.touch == Touch::retyped || dependent.words.empty()) return;
    auto const is_about = dependent.words.contains(relation.name) ||
                          (!touched.column.empty() && dependent.fired_by.contains(relation));
    auto const names = touched.column.empty() || dependent.words.contains(touched.column);
    if (!is_about || !names || is_replaced_later(dependent, statement, report)) return;
    report.add({.place = touched.place,
                .message = fmt::format("the body of {} names `{}`: it would fail when it is called",
                                       called(dependent), called(touched)),
                .help = fmt::format("`CREATE OR REPLACE FUNCTION {}…` in the same migration",
                                    written(dependent.name)),
                .table = touched.relation,
                .level = Level::warning});
}

void check_dependents(Statement const& statement, Report& report) {
    auto const& dependents = report.catalog().dependents().all();
    if (!statement.tree || dependents.empty()) return;
    auto const all = touched_by(statement);
    for (auto const& touched : all) {
        for (auto const& dependent : dependents) {
            if (goes_as_well(dependent, touched, all, report)) continue;
            check_use(dependent, touched, report);
            check_body(dependent, touched, statement, report);
        }
    }
}

}  // namespace

extern Rule const breaking_dependents;
constinit Rule const breaking_dependents{
    .code = "CM0682",
    .name = "breaking-dependents",
    .summary = "A view, policy, trigger or function uses what is dropped, renamed or retyped",
    .family = Family::schema,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_dependents,
    .formerly = "0313 0335"};

}  // namespace cm::lint::rules

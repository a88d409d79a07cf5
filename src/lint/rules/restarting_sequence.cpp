// RESTART does not look at the rows (manual, ALTER SEQUENCE).
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// RESTART without a number, or with 1.
bool begins_again(std::vector<sql::Node> const& options) {
    return std::any_of(options.begin(), options.end(), [](sql::Node const& one) {
        auto const option = one["DefElem"];
        if (option.text("defname") != "restart") return false;
        return !option.contains("arg") ||
               (option["arg"].contains("Integer") && option["arg"]["Integer"].integer("ival") == 1);
    });
}

bool creates_sequence(Statement const& statement, sql::QualifiedName const& name) {
    auto const& defined = statement.effects.defines;
    return std::any_of(defined.begin(), defined.end(), [&](sql::DefinedObject const& one) {
        return one.action == sql::DefinedAction::creates &&
               one.kind == sql::DefinedKind::sequence && one.name.name == name.name;
    });
}

void check_restarted_sequence(Statement const& statement, Report& report) {
    auto const add = [&](Place place, std::string const& name) {
        report.add(
            {.place = place,
             .message = fmt::format(
                 "`{}` starts again with numbers that rows may have: INSERT then fails", name),
             .help = "`SELECT setval('…', (SELECT max(…) FROM …))` goes on after the last one"});
    };
    if (statement.is("AlterSeqStmt")) {
        auto const name = relation_name(statement.node()["sequence"]);
        auto const& all = report.script().statements();
        auto const is_new = std::any_of(all.begin(), all.end(), [&](Statement const& other) {
            return other.index < statement.index && creates_sequence(other, name);
        });
        if (!is_new && begins_again(statement.node().list("options"))) {
            add(statement.place, shown(name));
        }
    }
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.kind != "SetIdentity" || !command.definition().contains("List")) continue;
        if (begins_again(command.definition()["List"].list("items"))) {
            add(command.place, shown(alter->table) + "." + command.name);
        }
    }
}

}  // namespace

extern Rule const restarting_sequence;
constinit Rule const restarting_sequence{
    .code = "CM0675",
    .name = "restarting-sequence",
    .summary = "A sequence that begins again gives out keys that are taken",
    .family = Family::failure,
    .level = Level::warning,
    .check = check_restarted_sequence};

}  // namespace cm::lint::rules

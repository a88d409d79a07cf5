// drop-cascade: DROP … CASCADE drops what nobody has named.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

constexpr std::string_view cascade_message =
    "CASCADE drops all that relies on this, whatever that is in the database";
constexpr std::string_view cascade_help =
    "name what is to be dropped, each in a statement of its own without CASCADE";

void check_drop_cascade(Statement const& statement, Report& report) {
    if (statement.is("DropStmt") && statement.node().text("behavior") == "DROP_CASCADE") {
        auto const objects = statement.node().list("objects");
        auto const name = objects.size() == 1 && objects.front().contains("List")
                              ? object_name(objects.front()["List"].list("items"))
                              : sql::QualifiedName{};
        if (!name.name.empty() && report.script().is_new(name, statement)) return;
        report.add({.place = statement.place,
                    .message = std::string{cascade_message},
                    .help = std::string{cascade_help}});
    }
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (auto const& command : alter->commands) {
        if (command.node.text("behavior") != "DROP_CASCADE") continue;
        report.add({.place = command.place,
                    .message = std::string{cascade_message},
                    .help = std::string{cascade_help},
                    .table = alter->table});
    }
}

}  // namespace

extern Rule const drop_cascade;
constinit Rule const drop_cascade{.code = "CM0656",
                                  .name = "drop-cascade",
                                  .summary = "DROP … CASCADE drops what nobody has named",
                                  .family = Family::data,
                                  .level = Level::warning,
                                  .check = check_drop_cascade};

}  // namespace cm::lint::rules

// prefer-repack: REPACK does what VACUUM FULL and CLUSTER do.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool is_full_vacuum(Statement const& statement) {
    if (!statement.is("VacuumStmt")) return false;
    for (auto const& one : statement.node().list("options")) {
        auto const option = one["DefElem"];
        if (option.text("defname") != "full") continue;
        auto const is_false = option.contains("arg") && option["arg"].contains("String") &&
                              sql::string_of(option["arg"]) != "true" &&
                              sql::string_of(option["arg"]) != "on";
        auto const is_zero = option.contains("arg") && option["arg"].contains("Integer") &&
                             option["arg"]["Integer"].integer("ival") == 0;
        return !is_false && !is_zero;
    }
    return false;
}

void check_repack(Statement const& statement, Report& report) {
    // REPACK comes with PostgreSQL 19.
    if (report.server_is_before(19)) return;
    if (!is_full_vacuum(statement) && !statement.is("ClusterStmt")) return;
    report.add({.place = statement.place,
                .message = "nobody may read the table while it is rewritten",
                .help = "PostgreSQL 19 has `REPACK (CONCURRENTLY)`",
                .lock = "ACCESS EXCLUSIVE"});
}

}  // namespace

extern Rule const prefer_repack;
constinit Rule const prefer_repack{.code = "CM0632",
                                   .name = "prefer-repack",
                                   .summary = "REPACK does what VACUUM FULL and CLUSTER do",
                                   .family = Family::convention,
                                   .level = Level::warning,
                                   .depends_on_database = true,
                                   .check = check_repack};

}  // namespace cm::lint::rules

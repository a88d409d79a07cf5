// require-concurrent-index-deletion: DROP INDEX without CONCURRENTLY makes clients wait.
#include <fmt/format.h>

#include "lint/advice.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_index_deletion(Statement const& statement, Report& report) {
    if (!statement.is("DropStmt") || statement.node().text("removeType") != "OBJECT_INDEX" ||
        statement.node().boolean("concurrent")) {
        return;
    }
    auto const objects = statement.node().list("objects");
    for (auto const& object : objects) {
        auto const index = object_name(object["List"].list("items"));
        if (report.script().is_new(index, statement)) continue;
        auto const better =
            objects.size() == 1 ? with_word_after(statement.text, "INDEX", "CONCURRENTLY") : "";
        report.add(
            {.place = statement.place,
             .message = fmt::format(
                 "dropping the index `{}` waits for all transactions on its table, and all others "
                 "wait behind it",
                 shown(index)),
             .help = better.empty()
                         ? "write a `DROP INDEX CONCURRENTLY` for each index, outside "
                           "of BEGIN and COMMIT"
                         : fmt::format("write `{}`, outside of BEGIN and COMMIT", better),
             .lock = "ACCESS EXCLUSIVE"});
        return;
    }
}

}  // namespace

extern Rule const require_concurrent_index_deletion;
constinit Rule const require_concurrent_index_deletion{
    .code = "CM0602",
    .name = "require-concurrent-index-deletion",
    .summary = "DROP INDEX without CONCURRENTLY makes clients wait",
    .family = Family::lock,
    .level = Level::warning,
    .depends_on_database = true,
    .check = check_index_deletion};

}  // namespace cm::lint::rules

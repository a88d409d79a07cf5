// require-concurrent-reindex: REINDEX without CONCURRENTLY blocks writes and most reads.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// An option of a statement is on unless its value says otherwise.
bool is_off(sql::Node option) {
    if (!option.contains("arg")) return false;
    auto const value = option["arg"];
    auto const text = value.contains("String") ? sql::string_of(value) : std::string{};
    auto const is_zero = value.contains("Integer") && value["Integer"].integer("ival") == 0;
    return text == "false" || text == "off" || is_zero;
}

bool is_concurrent(sql::Node reindex) {
    for (auto const& parameter : reindex.list("params")) {
        auto const option = parameter["DefElem"];
        if (option.text("defname") == "concurrently") return !is_off(option);
    }
    return false;
}

void check_reindex(Statement const& statement, Report& report) {
    if (!statement.is("ReindexStmt")) return;
    auto const node = statement.node();
    auto const kind = node.text("kind");
    // There is no REINDEX SYSTEM CONCURRENTLY.
    if (kind == "REINDEX_OBJECT_SYSTEM" || is_concurrent(node)) return;
    auto const relation =
        node.contains("relation") ? relation_name(node["relation"]) : sql::QualifiedName{};
    if (!relation.name.empty() && report.script().is_new(relation, statement)) return;
    report.add({.place = statement.place,
                .message = "rebuilding an index this way blocks writes to its table, and reads "
                           "that would use the index",
                .help = "write `REINDEX … CONCURRENTLY`, outside of BEGIN and COMMIT",
                .lock = "ACCESS EXCLUSIVE",
                .table = kind == "REINDEX_OBJECT_TABLE" ? relation : sql::QualifiedName{}});
}

}  // namespace

extern Rule const require_concurrent_reindex;
constinit Rule const require_concurrent_reindex{
    .code = "CM0603",
    .name = "require-concurrent-reindex",
    .summary = "REINDEX without CONCURRENTLY blocks writes and most reads",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_reindex};

}  // namespace cm::lint::rules

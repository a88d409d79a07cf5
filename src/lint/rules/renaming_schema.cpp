// Names in queries, settings and bodies of functions do not follow a schema's new name.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_renamed_schema(Statement const& statement, Report& report) {
    if (!statement.is("RenameStmt") || statement.node().text("renameType") != "OBJECT_SCHEMA")
        return;
    auto const name = statement.node().text("subname");
    auto const& all = report.script().statements();
    auto const creates_it = [&](Statement const& other) {
        return other.index < statement.index && other.is("CreateSchemaStmt") &&
               other.node().text("schemaname") == name;
    };
    if (std::any_of(all.begin(), all.end(), creates_it)) return;
    report.add(
        {.place = statement.place,
         .message = fmt::format("programs that still say `{}` fail from this moment on, and so "
                                "do a `search_path` and functions with that name",
                                shown(name)),
         .help = "create the new schema beside the old one, and deploy programs that use it "
                 "before the old one goes"});
}

}  // namespace

extern Rule const renaming_schema;
constinit Rule const renaming_schema{
    .code = "CM0676",
    .name = "renaming-schema",
    .summary = "Renaming a schema breaks programs that are running",
    .family = Family::compatibility,
    .level = Level::error,
    .check = check_renamed_schema};

}  // namespace cm::lint::rules

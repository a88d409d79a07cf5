// A default that is the same for all rows is kept in the catalog (since PostgreSQL 11); any other
// one has to be worked out row by row, which rewrites the table.
#include <fmt/format.h>

#include <algorithm>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

/// What adding the column does to its table, if that is to rewrite it.
sql::RelationEffect const* rewriting_effect(Statement const& statement, std::size_t command) {
    auto const& all = statement.effects.effects;
    auto const found = std::find_if(all.begin(), all.end(), [&](sql::RelationEffect const& it) {
        return it.command == command && it.subject == sql::Subject::named &&
               (it.rewrite == sql::Rewrite::yes || it.rewrite == sql::Rewrite::depends_on_function);
    });
    return found == all.end() ? nullptr : &*found;
}

bool is_serial(std::string_view type) {
    return type.ends_with("serial") || type == "serial2" || type == "serial4" || type == "serial8";
}

struct RewriteReason {
    std::string what{};
    std::string help{};
};

std::optional<RewriteReason> rewrite_reason(AlterTable const& alter, AlterCommand const& command,
                                            sql::RelationEffect const* effect,
                                            Report const& report) {
    auto const column = command.definition()["ColumnDef"];
    auto const has_default = find_constraint(column, "CONSTR_DEFAULT").has_value();
    auto const in_batches = fmt::format(
        "`ALTER TABLE {0} ADD COLUMN {1} …, ALTER COLUMN {1} SET DEFAULT …` gives the default to "
        "new rows only; then fill the old ones in batches",
        written(alter.table), written(command.name));
    if (has_default && report.server_is_before(11)) {
        return RewriteReason{"before PostgreSQL 11 every default is written to all rows",
                             in_batches};
    }
    if (effect == nullptr) return {};
    if (find_constraint(column, "CONSTR_IDENTITY") ||
        is_serial(sql::last_name(column["typeName"].list("names")))) {
        return RewriteReason{
            "each row gets a number of its own",
            "add the column without it, fill it in batches, then add the identity"};
    }
    if (find_constraint(column, "CONSTR_GENERATED")) {
        return RewriteReason{"the value of each row is worked out",
                             "add a plain column, fill it in batches, and keep it up to date by a "
                             "trigger; or work it out in a view"};
    }
    if (!has_default) return {};
    auto const what = effect->functions.empty()
                          ? std::string{"the default may be another for each row"}
                          : fmt::format("`{}()` may give each row another value",
                                        shown(effect->functions.front()));
    return RewriteReason{what, in_batches};
}

void check_added_default(Statement const& statement, Report& report) {
    auto const alter = alter_table(statement);
    if (!alter || report.script().is_new(alter->table, statement)) return;
    for (std::size_t i = 0; i < alter->commands.size(); ++i) {
        auto const& command = alter->commands[i];
        if (command.kind != "AddColumn") continue;
        auto const reason = rewrite_reason(*alter, command, rewriting_effect(statement, i), report);
        if (!reason) continue;
        report.add(
            {.place = command.place,
             .message = fmt::format("`{}` is rewritten, and nobody may read it meanwhile: {}",
                                    shown(alter->table), reason->what),
             .help = reason->help,
             .lock = "ACCESS EXCLUSIVE",
             .table = alter->table});
    }
}

}  // namespace

extern Rule const adding_field_with_default;
constinit Rule const adding_field_with_default{
    .code = "CM0612",
    .name = "adding-field-with-default",
    .summary = "A new column whose default differs from row to row rewrites the table",
    .family = Family::lock,
    .level = Level::error,
    .depends_on_database = true,
    .check = check_added_default};

}  // namespace cm::lint::rules

// --dry-run: what a command would do is shown, and nothing is changed. It takes no lock, and asks
// nothing: where the real run would ask, that is said.
#pragma once
#include <optional>
#include <vector>

#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "engine/apply_plan.hpp"
#include "engine/development.hpp"

namespace cm::command {

void add_dry_run(CLI::App& app, bool& is_dry_run);

/// What a dry run looks at.
struct DryRun {
    std::optional<engine::Session> session{};  ///< none if there is no such database yet
    std::optional<pg::LockHolder> at_work{};   ///< another cm-migrate
};

/// Connects; of a database that does not exist, says that it would be created. Tells of another
/// cm-migrate that is at work.
DryRun open_dry_run(Context& context, engine::Project const& project,
                    engine::WithoutUrl without_url);

/// The same for a session that is open.
std::optional<pg::LockHolder> begin_dry_run(Context& context, engine::Session& session);

/// `atWorkPid`: its server process.
JsonField at_work_field(std::optional<pg::LockHolder> const& at_work);

/// What leads from an empty database, or from the migrations of the folder, to the schema file:
/// for a database that does not exist yet.
engine::Change change_for_new_database(Context& context, engine::Project const& project,
                                       bool after_migrations);

/// The migrations of the folder, for a database that does not exist yet.
std::vector<engine::PlannedMigration> plan_all(Context& context, engine::Project const& project,
                                               engine::ApplySettings const& settings);

/// "Would apply 2 migrations:", and each with its statements.
void show_planned(Terminal& terminal, std::vector<engine::PlannedMigration> const& planned);

/// The same for a program, of a command at work, and that this is the end.
void tell_planned(Context& context, std::vector<engine::PlannedMigration> const& planned);

/// Says that nothing was changed.
ExitCode end_dry_run(Context& context);

}  // namespace cm::command

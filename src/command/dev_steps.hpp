// The steps of `dev`, in their order: examine the history, look for drift and for the next change,
// prove it, apply what is pending, write and apply the migration.
#pragma once
#include <optional>
#include <string>

#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "command/rename_dialogue.hpp"
#include "engine/declaration.hpp"
#include "engine/development.hpp"
#include "lint/finding.hpp"

namespace cm::command {

struct DevOptions {
    engine::ProjectOptions project{};
    std::optional<std::string> name{};
    bool create_only = false;
    bool no_verify = false;
    bool accept_data_loss = false;
    bool skip_seed = false;
    bool skip_generate = false;
    std::optional<std::string> drift{};
    RenameOptions renames{};
    bool dry_run = false;
    ApplyOptions apply{};
};

inline constexpr std::string_view empty_migration = "-- This is an empty migration.\n";

/// Throws Failure CM0002 if there is nobody to ask for the name of the new migration.
void require_name(Context& context);

/// Prints what the next migration may do to the rows that exist. See accept_hazards.
Acceptance accept_migration(DevOptions const& o, Context& context, engine::Session& session,
                            engine::Change const& change, std::string_view done);

void report_nothing_to_do(Context& context);

/// What stands in the way is said before anything is done.
history::Comparison examine_history(Context& context, engine::Session& session);

/// What there is to do, found out without changing anything.
struct Findings {
    std::optional<engine::Drift> drift{};
    engine::Change next{};
    std::vector<lint::Finding> lint{};  ///< of the migration that `next` becomes
    std::string pending_remarks{};      ///< on those that are pending
};

/// The whole history is replayed here, the new files of others included: one that fails stops
/// `dev` before it has applied the first of them.
Findings look(DevOptions const& o, Context& context, engine::Session& session,
              engine::Replay& replay, engine::Declaration const& declaration,
              history::Comparison const& comparison);

/// The change must run after the migrations of the folder, or it is not written. With
/// `--create-only` it is a draft to be completed by hand: then that is a warning.
void prove(DevOptions const& o, Context& context, engine::Session& session, engine::Replay& replay,
           engine::Declaration const& declaration, engine::Change const& change);

/// Lets the user settle drift; the exit code if that ends the command.
std::optional<ExitCode> settle(DevOptions const& o, Context& context, engine::Session& session,
                               engine::Replay& replay, engine::Declaration const& declaration,
                               engine::Drift const& drift, engine::Change const& next);

/// Applies what is pending and makes the next migration; false if the user declined.
bool bring_up_to_date(DevOptions const& o, Context& context, engine::Session& session,
                      Findings const& found);

}  // namespace cm::command

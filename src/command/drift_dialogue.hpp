// What to do when the database is not what its migrations say. Never a reset.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.hpp"
#include "engine/apply_pending.hpp"
#include "engine/development.hpp"

namespace cm::command {

enum class DriftChoice {
    migrate,  ///< make a migration of it, recorded as applied
    undo,     ///< take it back in the database
    stop,
};

/// The words of --drift.
std::vector<std::string> drift_words();
DriftChoice drift_choice(std::string_view word);

enum class DriftOutcome {
    proceed,  ///< the database is as the migrations say again
    done,     ///< the drift has become the migration that was asked for
    stop,     ///< nothing was done
};

struct DriftQuestion {
    Context& context;
    engine::Session& session;
    engine::Replay& replay;
    engine::Drift const& drift;
    bool is_asked_for = false;  ///< the schema file asks for exactly what was done to the database
    std::function<void()> prove_next{};  ///< throws if the next migration could not be written
    std::optional<DriftChoice> choice{};
    std::optional<std::string> name{};
    bool accept_data_loss = false;
    engine::ApplySettings settings{};
};

/// Shows the drift, asks what to do (or takes `choice`), and does it. Without a terminal and a
/// choice, a `name` means `migrate` if the schema file asks for exactly the drift: nothing more,
/// and nothing less. Where there is no migration yet, `undo` is refused (CM0567): it would drop all
/// that the database holds.
DriftOutcome resolve_drift(DriftQuestion const& question);

}  // namespace cm::command

// What to do when the database is not what its migrations say. Never a reset.
#pragma once
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
    go_on,  ///< the database is as the migrations say again
    done,   ///< the drift has become the migration that was asked for
    stop,   ///< nothing was done
};

struct DriftQuestion {
    Context& context;
    engine::Session& session;
    engine::Drift const& drift;
    engine::Change const& next;  ///< what the schema file asks for beyond the migrations
    std::optional<DriftChoice> choice{};
    std::optional<std::string> name{};
    bool accept_data_loss = false;
    engine::ApplySettings settings{};
};

/// Shows the drift, asks what to do (or takes `choice`), and does it. Without a terminal and a
/// choice, a `name` means `migrate` as long as the schema file asks for nothing else.
DriftOutcome settle_drift(DriftQuestion const& question);

}  // namespace cm::command

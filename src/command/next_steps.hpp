// Which commands settle what `status` found: only such as would not refuse.
#pragma once
#include <string>
#include <vector>

#include "command/advised_commands.hpp"
#include "engine/diagnosis.hpp"

namespace cm::command {

struct NextSteps {
    bool can_dev{};              ///< nothing stands in the way of `dev`
    bool can_deploy{};           ///< nothing stands in the way of `deploy`
    bool can_accept_edited{};    ///< nothing is known that speaks against the edited files
    RepeatedOptions repeated{};  ///< of the command that was given
    std::string local{};         ///< " --local" where commands would not find the private server
};

NextSteps next_steps(engine::Diagnosis const& diagnosis, engine::Session const& session);

/// The commands themselves, for programs.
std::vector<std::string> commands(engine::Diagnosis const& diagnosis, NextSteps const& next);

}  // namespace cm::command

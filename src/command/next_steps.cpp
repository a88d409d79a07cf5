// See next_steps.hpp.
#include "command/next_steps.hpp"

#include <fmt/format.h>

#include "base/file.hpp"
#include "engine/failed_advice.hpp"
#include "engine/takeover_advice.hpp"

namespace cm::command {
NextSteps next_steps(engine::Diagnosis const& diagnosis, engine::Session const& session) {
    auto const& history = diagnosis.history;
    auto const is_in_order = history.failed.empty() && !diagnosis.unknown_history;
    auto const has_schema =
        is_present(engine::path_to_open(session.project, session.project.schema));
    return {// `dev` would come upon what could not be replayed or read just now.
            .can_dev = is_in_order && history.missing.empty() && has_schema &&
                       !diagnosis.protected_as && diagnosis.not_verified.empty(),
            .can_deploy = is_in_order,
            .can_accept_edited = !diagnosis.drift && !diagnosis.replay_fails,
            .repeated = {},
            .local = session.target.is_private ? " --local" : ""};
}

std::vector<std::string> commands(engine::Diagnosis const& diagnosis, NextSteps const& next) {
    auto const& history = diagnosis.history;
    std::vector<std::string> result{};
    auto const add = [&](std::string const& command) {
        result.push_back(
            with_options(fmt::format("cm-migrate {}{}", command, next.local), next.repeated));
    };
    constexpr std::string_view forget = "resolve --forget ";
    auto const asks_to_forget = diagnosis.protected_as.has_value();  // at a terminal
    if (!history.failed.empty()) {
        for (auto const& way : engine::ways_out(history)) {
            if (way.is_ready && !(asks_to_forget && way.command.starts_with(forget))) {
                add(way.command);
            }
        }
        return result;
    }
    if (diagnosis.unknown_history) {
        add(engine::takeover_command(diagnosis.takeover.value_or(engine::Takeover{}),
                                     history.pending.front()));
    }
    if (!history.pending.empty() && next.can_deploy) {
        add("deploy");
    }
    if ((diagnosis.drift || diagnosis.unmigrated) && next.can_dev) {
        result.push_back(with_options("cm-migrate dev", next.repeated));
    }
    if (next.can_accept_edited) {
        for (auto const& name : history.edited) add("resolve --accept-edited " + name);
    }
    if (!asks_to_forget) {
        for (auto const& name : history.missing) add(std::string(forget) + name);
    }
    return result;
}

}  // namespace cm::command

// See next_steps.hpp.
#include "command/next_steps.hpp"

#include <fmt/format.h>

#include "base/file.hpp"

namespace cm::command {
namespace {

std::string takeover_command(engine::Diagnosis const& diagnosis) {
    using Kind = engine::Takeover::Kind;
    auto const takeover = diagnosis.takeover.value_or(engine::Takeover{});
    switch (takeover.kind) {
        case Kind::adopt:
            return "adopt";
        case Kind::adopt_by_force:
            return "adopt --force";
        case Kind::baseline:
            return "baseline";
        case Kind::baseline_to:
            return "baseline --to " + takeover.name;
        case Kind::by_hand:
            break;
    }
    return "resolve --applied " + diagnosis.history.pending.front();
}

}  // namespace

NextSteps next_steps(engine::Diagnosis const& diagnosis, engine::Session const& session) {
    auto const& history = diagnosis.history;
    auto const is_in_order = history.failed.empty() && !diagnosis.unknown_history;
    auto const has_schema = is_present(engine::opened(session.project, session.project.schema));
    return {// `dev` would come upon what could not be replayed or read just now.
            .can_dev = is_in_order && history.missing.empty() && has_schema &&
                       !diagnosis.protected_as && diagnosis.not_verified.empty(),
            .can_deploy = is_in_order,
            .failed_is_in_folder =
                !history.failed.empty() &&
                !engine::migrations_named(session.directory, {history.failed.front()}).empty(),
            .local = session.target.is_private ? " --local" : ""};
}

std::vector<std::string> commands(engine::Diagnosis const& diagnosis, NextSteps const& next) {
    auto const& history = diagnosis.history;
    std::vector<std::string> result{};
    auto const add = [&](std::string const& command) {
        result.push_back(fmt::format("cm-migrate {}{}", command, next.local));
    };
    if (!history.failed.empty()) {
        if (history::goes_on(history)) {
            add("deploy");
        } else if (!history.stopped.empty() && history.stopped.front().in_doubt &&
                   !history.stopped.front().is_edited) {
            auto const number = history.stopped.front().record.done + 1;
            add(fmt::format("deploy --resume-from {}", number));
            add(fmt::format("deploy --resume-from {}", number + 1));
        } else if (!history.stopped.empty() && !history.stopped.front().is_edited) {
            add("deploy --resume");
        }
        add("resolve --rolled-back " + history.failed.front());
        if (next.failed_is_in_folder) add("resolve --applied " + history.failed.front());
        return result;
    }
    if (diagnosis.unknown_history) {
        add(takeover_command(diagnosis));
    }
    if (!history.pending.empty() && next.can_deploy) {
        add("deploy");
    }
    if ((diagnosis.drift || diagnosis.unmigrated) && next.can_dev) {
        result.emplace_back("cm-migrate dev");
    }
    for (auto const& name : history.edited) {
        add("resolve --accept-edited " + name);
    }
    for (auto const& name : history.missing) {
        add("resolve --forget " + name);
    }
    return result;
}

}  // namespace cm::command

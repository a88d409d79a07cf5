// See failed_advice.hpp.
#include "engine/failed_advice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"

namespace cm::engine {
namespace {

bool is_elsewhere(history::Comparison const& comparison) {
    auto const& elsewhere = comparison.failed_elsewhere;
    return std::find(elsewhere.begin(), elsewhere.end(), comparison.failed.front()) !=
           elsewhere.end();
}

/// How the file itself goes on.
std::vector<WayOut> ways_on(history::StoppedMigration const& stopped) {
    auto const at = stopped.record.done + 1;
    if (stopped.goes_on) {
        return {{"it resumes from there automatically", "deploy"}};
    }
    if (stopped.is_edited) {
        return {
            {"the statements that were committed were edited afterwards; once they are restored",
             "deploy --resume", false}};
    }
    if (stopped.in_doubt) {
        return {{"part of that statement may have taken effect: inspect the database; to run it "
                 "again and continue",
                 fmt::format("deploy --resume-from {}", at)},
                {"to skip it and continue", fmt::format("deploy --resume-from {}", at + 1)}};
    }
    return {{"to resume from there (the remaining statements may be corrected first)",
             "deploy --resume"}};
}

}  // namespace

std::string describe(history::StoppedMigration const& stopped) {
    auto const& record = stopped.record;
    auto text = history::describe(record);
    return stopped.next.empty()
               ? text
               : fmt::format("{}: `{}`{}", text, stopped.next, record.in_flight ? "" : " is next");
}

history::StoppedMigration const* stop_of_first(history::Comparison const& comparison) {
    auto const found = std::find_if(comparison.stopped.begin(), comparison.stopped.end(),
                                    [&](history::StoppedMigration const& s) {
                                        return s.entry.migration_name == comparison.failed.front();
                                    });
    return found == comparison.stopped.end() ? nullptr : &*found;
}

std::vector<WayOut> ways_out(history::Comparison const& comparison) {
    auto const& name = comparison.failed.front();
    auto const rolled_back = "resolve --rolled-back " + name;
    auto const applied = "resolve --applied " + name;
    if (is_elsewhere(comparison)) {
        return {{"if its changes are not in the database", rolled_back},
                {"if its changes should stay", "resolve --forget " + name}};
    }
    if (auto const* const stopped = stop_of_first(comparison)) {
        auto ways = ways_on(*stopped);
        ways.push_back({"if you reverted the committed statements manually", rolled_back});
        ways.push_back({"if you ran the remaining statements manually", applied});
        return ways;
    }
    return {{"if its changes are not in the database: correct the file, then", rolled_back},
            {"if its changes are already in place", applied}};
}

void refuse_failed(history::Comparison const& comparison) {
    if (comparison.failed.empty()) {
        return;
    }
    auto diagnostic = error("CM0510", "blocked by failed migration `{}`", comparison.failed.front())
                          .about({.migration = comparison.failed.front()});
    if (auto const* const stopped = stop_of_first(comparison)) {
        diagnostic.about({.statement = stopped->record.done + 1});
        diagnostic.note("it {}", describe(*stopped));
    }
    if (is_elsewhere(comparison)) {
        diagnostic.note("it is missing from the migrations folder");
        diagnostic.help("restore its folder from version control");
    }
    for (auto const& way : ways_out(comparison)) {
        diagnostic.help("{}{} `cm-migrate {}`", way.when, way.when.ends_with(", then") ? "" : ":",
                        way.command);
    }
    throw Failure(std::move(diagnostic), ExitCode::failed_migration);
}

}  // namespace cm::engine

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
        return {{"it goes on from there by itself", "deploy"}};
    }
    if (stopped.is_edited) {
        return {{"what was carried out was edited since; as soon as it is put back",
                 "deploy --resume", false}};
    }
    if (stopped.in_doubt) {
        return {
            {"part of that statement may have taken effect: look into the database; to carry it "
             "out again and go on",
             fmt::format("deploy --resume-from {}", at)},
            {"to leave it out and go on", fmt::format("deploy --resume-from {}", at + 1)}};
    }
    return {{"to go on from there (what comes next may be corrected first)", "deploy --resume"}};
}

}  // namespace

std::string describe(history::StoppedMigration const& stopped) {
    auto const& record = stopped.record;
    auto text = history::describe(record);
    return stopped.next.empty()
               ? text
               : fmt::format("{}: `{}`{}", text, stopped.next, record.begun ? "" : " comes next");
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
        return {{"if the database is as it was before", rolled_back},
                {"if what it has done is to stay", "resolve --forget " + name}};
    }
    if (auto const* const stopped = stop_of_first(comparison)) {
        auto ways = ways_on(*stopped);
        ways.push_back({"if you have undone by hand what was carried out", rolled_back});
        ways.push_back({"if you have carried out the rest by hand", applied});
        return ways;
    }
    return {{"if the database is as it was before: correct the file, then", rolled_back},
            {"if what it does is done by now", applied}};
}

void refuse_failed(history::Comparison const& comparison) {
    if (comparison.failed.empty()) {
        return;
    }
    auto diagnostic = error("CM0510", "the migration `{}` failed earlier and stands in the way",
                            comparison.failed.front());
    if (auto const* const stopped = stop_of_first(comparison)) {
        diagnostic.note("it {}", describe(*stopped));
    }
    if (is_elsewhere(comparison)) {
        diagnostic.note("it is not in the folder");
        diagnostic.help("bring its folder back from version control");
    }
    for (auto const& way : ways_out(comparison)) {
        diagnostic.help("{}{} `cm-migrate {}`", way.when, way.when.ends_with(", then") ? "" : ":",
                        way.command);
    }
    throw Failure(std::move(diagnostic), ExitCode::failed_migration);
}

}  // namespace cm::engine

// See load_report.hpp.
#include "engine/sql_source/load_report.hpp"

#include <algorithm>
#include <set>

#include "base/plural.hpp"
#include "history/advice.hpp"
#include "history/failure_diagnostic.hpp"

namespace cm::engine {

bool is_waiting(std::span<LoadTask const> tasks, LoadTask const& task) {
    return std::ranges::any_of(task.waits_for,
                               [&](auto index) { return tasks[index].state != LoadState::done; });
}

namespace {

/// Something that it names was to be made by a statement that failed for a reason of its own.
bool is_consequence(std::span<LoadTask const> tasks, std::size_t index,
                    std::set<std::size_t>& seen) {
    if (!seen.insert(index).second) return false;
    return std::ranges::any_of(tasks[index].waits_for, [&](std::size_t other) {
        auto const state = tasks[other].state;
        if (state == LoadState::done) return false;
        return state == LoadState::failed || !is_waiting(tasks, tasks[other]) ||
               is_consequence(tasks, other, seen);
    });
}

/// Where two statements define the same, both places count.
void add_first_definition(Diagnostic& diagnostic, Loaded const& loaded, LoadTask const& task) {
    auto const& statement = task.item.statement;
    if (!statement.object || !statement.creates || !history::already_exists(task.error->sqlstate))
        return;
    for (auto const index : loaded.makers.at(statement.object->name)) {
        auto const& other = loaded.tasks[index];
        if (&other == &task || other.state != LoadState::done || !other.item.statement.creates ||
            other.item.statement.object != statement.object)
            continue;
        auto const& [file, name, script] = loaded.text.files[other.item.file];
        auto const& cut = script.statements[other.item.index];
        auto const line = loaded.sources.text(file).substr(0, cut.end).find('\n', cut.begin);
        auto const end =
            line == std::string_view::npos ? cut.end : static_cast<std::uint32_t>(line);
        diagnostic.secondary.push_back({{file, cut.begin, end}, "first defined here"});
        diagnostic.notes.clear();
        diagnostic.helps = {"keep one of the two definitions"};
        return;
    }
}

Diagnostic diagnostic_of(Loaded const& loaded, LoadTask const& task) {
    auto const& [file, name, script] = loaded.text.files[task.item.file];
    auto const& cut = script.statements[task.item.index];
    history::ScriptFailure failure{.server = *task.error, .statement = task.item.index};
    auto const original = loaded.sources.text(file).substr(cut.begin, cut.end - cut.begin);
    if (failure.server.position > 0 && original == task.item.statement.text) {
        failure.offset = cut.begin + pg::byte_offset(original, failure.server.position);
    } else {
        failure.server.position = 0;
    }
    history::Subject const subject{
        .code = "CM0341", .title = task.item.statement.words, .file = file, .is_schema = true};
    auto diagnostic =
        history::failure_diagnostic(failure, subject, script, loaded.sources, loaded.connection);
    add_first_definition(diagnostic, loaded, task);
    if (task.error->message.starts_with("role \""))
        diagnostic.help("a schema creates no roles: `CREATE ROLE` on the server first");
    return diagnostic;
}

}  // namespace

void report_failures(Loaded const& loaded) {
    Diagnostics diagnostics{};
    std::size_t consequences = 0;
    for (std::size_t index = 0; index < loaded.tasks.size(); ++index) {
        auto const& task = loaded.tasks[index];
        if (task.state == LoadState::done) continue;
        std::set<std::size_t> seen{};
        if (task.state == LoadState::pending && is_consequence(loaded.tasks, index, seen)) {
            ++consequences;
            continue;
        }
        diagnostics.add(diagnostic_of(loaded, task));
    }
    if (!diagnostics.has_errors()) return;
    diagnostics.sort();
    auto all = diagnostics.all();
    if (consequences > 0) {
        all.back().note("not listed: {}, which only {} on what failed",
                        counted(consequences, "more statement"),
                        consequences == 1 ? "depends" : "depend");
    }
    throw Failure(std::move(all));
}

}  // namespace cm::engine

// What happens while migrations are applied, an object a line. Declared in apply_options.hpp.
#include <memory>

#include "command/apply_options.hpp"
#include "command/json_report.hpp"

namespace cm::command {
namespace {

std::vector<std::string> names_of(std::vector<engine::Blocker> const& blockers) {
    std::vector<std::string> names{};
    for (auto const& blocker : blockers) {
        names.push_back(fmt::format("{} {} {}", blocker.pid, blocker.user, blocker.query));
    }
    return names;
}

std::string notice_line(engine::Notice const& notice) {
    if (notice.message == nullptr) {
        return json_line({{"event", std::string("notices")},
                          {"migration", notice.migration},
                          {"leftOut", static_cast<long>(notice.left_out)}});
    }
    auto const& said = *notice.message;
    return json_line({{"event", std::string("notice")},
                      {"migration", notice.migration},
                      {"severity", said.severity},
                      {"sqlstate", said.sqlstate},
                      {"message", said.message},
                      {"detail", said.detail},
                      {"hint", said.hint}});
}

}  // namespace

engine::ApplyEvents json_events(Context& context) {
    auto& terminal = context.terminal;
    auto const losses = std::make_shared<Losses>();
    return {
        .applying =
            [&terminal](history::Migration const& migration) {
                terminal.data(
                    json_line({{"event", std::string("applying")}, {"migration", migration.name}}));
            },
        .applied =
            [&terminal](history::Migration const& migration) {
                terminal.data(
                    json_line({{"event", std::string("applied")}, {"migration", migration.name}}));
            },
        .retrying =
            [&terminal](history::Retry const& retry) {
                terminal.data(json_line({{"event", std::string("retrying")},
                                         {"sqlstate", retry.reason.sqlstate},
                                         {"message", retry.reason.message},
                                         {"attempt", static_cast<long>(retry.attempt)},
                                         {"attempts", static_cast<long>(retry.attempts)},
                                         {"pauseMs", static_cast<long>(retry.pause.count())}}));
            },
        .waiting =
            [&terminal](engine::LongStatement const& statement) {
                JsonField percent{"percent", {}};
                if (statement.work && statement.work->percent) {
                    percent.value = static_cast<long>(*statement.work->percent);
                }
                terminal.data(
                    json_line({{"event", std::string("running")},
                               {"elapsedMs", static_cast<long>(statement.elapsed.count())},
                               {"work", statement.work ? statement.work->what : std::string{}},
                               {"phase", statement.work ? statement.work->phase : std::string{}},
                               percent,
                               {"blockedBy", names_of(statement.blockers)}}));
            },
        .lost =
            [&terminal, losses](std::string_view name, std::string_view reason) {
                losses->add();
                terminal.data(
                    json_line({{"event", std::string("lost")},
                               {"migration", std::string(name)},
                               {"message", std::string(reason)},
                               {"attempt", static_cast<long>(losses->attempts)},
                               {"elapsedMs", static_cast<long>(losses->elapsed().count())}}));
            },
        .going_on =
            [&terminal](history::StoppedMigration const& stopped) {
                terminal.data(json_line({{"event", std::string("goingOn")},
                                         {"migration", stopped.entry.migration_name},
                                         {"done", static_cast<long>(stopped.record.done)},
                                         {"total", static_cast<long>(stopped.record.total)},
                                         {"reason", history::stop_reason(stopped)}}));
            },
        .notice = [&terminal](engine::Notice const& notice) { terminal.data(notice_line(notice)); },
        .settled =
            [&terminal](std::string_view name) {
                terminal.data(json_line(
                    {{"event", std::string("settled")}, {"migration", std::string(name)}}));
            },
    };
}

}  // namespace cm::command

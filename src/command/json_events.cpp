// What happens while migrations are applied, an object a line. Declared in apply_options.hpp.
#include <memory>

#include "command/apply_options.hpp"
#include "command/json_output.hpp"

namespace cm::command {
namespace {

std::vector<std::string> names_of(std::vector<engine::Blocker> const& blockers) {
    std::vector<std::string> names{};
    for (auto const& blocker : blockers) {
        names.push_back(fmt::format("{} {} {}", blocker.pid, blocker.user, blocker.query));
    }
    return names;
}

JsonObject to_json(engine::Blocker const& blocker) {
    return {{"process", static_cast<long>(blocker.pid)},
            {"user", blocker.user},
            {"application", blocker.application},
            {"state", blocker.state},
            {"query", blocker.query},
            {"transactionSeconds", static_cast<long>(blocker.age_seconds)}};
}

std::vector<JsonObject> to_json(std::vector<engine::Blocker> const& blockers) {
    std::vector<JsonObject> all{};
    for (auto const& blocker : blockers) all.push_back(to_json(blocker));
    return all;
}

void tell_notice(Context& context, engine::Notice const& notice) {
    if (notice.message == nullptr) {
        return tell_event(
            context, "notices",
            {{"migration", notice.migration}, {"leftOut", static_cast<long>(notice.left_out)}});
    }
    auto const& said = *notice.message;
    tell_event(context, "notice",
               {{"migration", notice.migration},
                {"severity", said.severity},
                {"sqlstate", said.sqlstate},
                {"message", said.message},
                {"detail", said.detail},
                {"hint", said.hint}});
}

void tell_running(Context& context, engine::LongStatement const& statement) {
    JsonField left{"leftMs", {}};
    if (statement.work && statement.work->left) {
        left.value = static_cast<long>(statement.work->left->count());
    }
    JsonField percent{"percent", {}};
    if (statement.work && statement.work->percent) {
        percent.value = static_cast<long>(*statement.work->percent);
    }
    tell_event(context, "running",
               {{"elapsedMs", static_cast<long>(statement.elapsed.count())},
                {"work", statement.work ? statement.work->what : std::string{}},
                {"phase", statement.work ? statement.work->phase : std::string{}},
                percent,
                left,
                {"blockedBy", names_of(statement.blockers)},
                {"blockers", to_json(statement.blockers)}});
}

}  // namespace

engine::ApplyEvents json_events(Context& context) {
    auto const losses = std::make_shared<Losses>();
    return {
        .applying =
            [&context](history::Migration const& migration) {
                tell_event(context, "applying", {{"migration", migration.name}});
            },
        .applied =
            [&context](history::Migration const& migration, std::chrono::milliseconds elapsed) {
                tell_event(context, "applied",
                           {{"migration", migration.name},
                            {"elapsedMs", static_cast<long>(elapsed.count())}});
            },
        .retrying =
            [&context](history::Retry const& retry) {
                tell_event(context, "retrying",
                           {{"sqlstate", retry.reason.sqlstate},
                            {"message", retry.reason.message},
                            {"attempt", static_cast<long>(retry.attempt)},
                            {"attempts", static_cast<long>(retry.attempts)},
                            {"pauseMs", static_cast<long>(retry.pause.count())}});
            },
        .waiting =
            [&context](engine::LongStatement const& statement) {
                tell_running(context, statement);
            },
        .lost =
            [&context, losses](std::string_view name, std::string_view reason) {
                losses->add();
                tell_event(context, "lost",
                           {{"migration", std::string(name)},
                            {"message", std::string(reason)},
                            {"attempt", static_cast<long>(losses->attempts)},
                            elapsed_field(losses->since)});
            },
        .going_on =
            [&context](history::StoppedMigration const& stopped) {
                tell_event(context, "goingOn",
                           {{"migration", stopped.entry.migration_name},
                            {"done", static_cast<long>(stopped.record.done)},
                            {"total", static_cast<long>(stopped.record.total)},
                            {"reason", history::stop_reason(stopped)}});
            },
        .notice = [&context](engine::Notice const& notice) { tell_notice(context, notice); },
        .settled =
            [&context](std::string_view name) {
                tell_event(context, "settled", {{"migration", std::string(name)}});
            },
    };
}

}  // namespace cm::command

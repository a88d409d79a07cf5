// See protection_dialogue.hpp.
#include "command/protection_dialogue.hpp"

#include <fmt/format.h>

#include "engine/protection.hpp"

namespace cm::command {

bool confirm_protected(Context& context, engine::Session& session, std::string_view what) {
    if (!context.terminal.is_interactive()) {
        engine::refuse_protected(session.migrations_table, *session.connection, what);
        return true;
    }
    auto const mark = engine::protection(session.migrations_table, *session.connection);
    if (!mark) {
        return true;
    }
    auto const& name = mark->name;
    if (name && session.is_dry_run) {
        context.terminal.remark(fmt::format(
            "The database is protected as `{}`; the real run asks for that name.", *name));
        return true;
    }
    if (!name) {
        engine::refuse_protected(session.migrations_table, *session.connection, what);
        return false;
    }
    context.terminal.remark(
        fmt::format("The database is protected as `{}`{}.", *name,
                    mark->is_own ? std::string{} : "; " + engine::whose(*mark)));
    auto const answer =
        context.terminal.ask(fmt::format("To run `{}` on it anyway, type that name:", what));
    if (answer && *answer == *name) {
        return true;
    }
    context.terminal.line("The name does not match. No changes were made.");
    return false;
}

}  // namespace cm::command

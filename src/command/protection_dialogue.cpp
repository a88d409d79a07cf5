// See protection_dialogue.hpp.
#include "command/protection_dialogue.hpp"

#include <fmt/format.h>

#include "engine/protection.hpp"

namespace cm::command {

bool confirm_protected(Context& context, engine::Session& session, std::string_view what) {
    if (!context.terminal.is_interactive()) {
        engine::refuse_protected(session.ledger, *session.connection, what);
        return true;
    }
    auto const mark = engine::protection(session.ledger, *session.connection);
    if (!mark) {
        return true;
    }
    auto const& name = mark->name;
    if (!name) {
        engine::refuse_protected(session.ledger, *session.connection, what);
        return false;
    }
    context.terminal.remark(
        fmt::format("The database is protected as `{}`{}.", *name,
                    mark->is_own ? std::string{} : "; " + engine::whose(*mark)));
    auto const answer =
        context.terminal.ask(fmt::format("To run `{}` on it all the same, type that name:", what));
    if (answer && *answer == *name) {
        return true;
    }
    context.terminal.line("That is not its name. Nothing was done.");
    return false;
}

}  // namespace cm::command

// What stands between a protected database and a command that drops or can lose something.
#pragma once
#include <string_view>

#include "command/command.hpp"
#include "engine/session.hpp"

namespace cm::command {

/// True if the database is not marked by `protect`, or if whoever sits at the terminal has typed
/// the name that it was given (a dry run says only that it would be asked for); false if he typed
/// something else. `what` is the command. Throws Failure CM0527 if there is nobody to ask, whatever
/// flags were passed.
bool confirm_protected(Context& context, engine::Session& session, std::string_view what);

}  // namespace cm::command

// The question before schemas are emptied: what will go, by name and number.
#pragma once
#include "command/command.hpp"
#include "engine/reset.hpp"

namespace cm::command {

/// Whoever asks for it, and the flag that takes the place of the question.
struct ResetCommand {
    std::string_view words{};
    std::string_view flag{};
};

/// Throws Failure CM0003 if there is nobody to ask.
void require_terminal_for_reset(Context& context, ResetCommand const& command);

/// True if that may be dropped: there is nothing, or whoever sits at the terminal says yes.
/// `accepted` asks nothing, but refuses to drop what belongs to others (CM0550). A dry run shows
/// what would go, and asks nothing.
bool confirm_reset(Context& context, engine::Session& session, engine::ResetPlan const& plan,
                   bool accepted, ResetCommand const& command);

}  // namespace cm::command

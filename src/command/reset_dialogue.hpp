// The question before schemas are emptied: what will go, by name and number.
#pragma once
#include "command/command.hpp"
#include "engine/reset.hpp"

namespace cm::command {

/// Throws Failure CM0003 if there is nobody to ask.
void require_terminal_for_reset(Context& context);

/// True if that may be dropped: there is nothing, or whoever sits at the terminal says yes.
/// `accepted` asks nothing, but refuses to drop what belongs to other schemas (CM0550); `asking` is
/// the command that asks, in words.
bool confirm_reset(Context& context, engine::Session& session, engine::ResetPlan const& plan,
                   bool accepted, std::string_view asking);

}  // namespace cm::command

// `dev --dry-run`.
#pragma once
#include "command/dev_steps.hpp"
#include "engine/declaration.hpp"

namespace cm::command {

/// Shows what `dev` would do, and changes nothing.
ExitCode preview_dev(DevOptions const& o, Context& context, engine::Project const& project,
                     engine::Declaration const& declaration);

}  // namespace cm::command

// What is odd about a history, in the words that deploy, dev and status share.
#pragma once
#include "command/command.hpp"
#include "engine/session.hpp"
#include "history/compare.hpp"

namespace cm::command {

/// Warns of edited, missing and out-of-order migrations. `acceptable`: nothing is known that speaks
/// against recording the edited files as they are.
void report_oddities(Context& context, history::Comparison const& comparison,
                     bool acceptable = true);

/// Warns of what lies in the migrations folder and is no migration, and of names without a time
/// stamp.
std::vector<Diagnostic> folder_warnings(history::Directory const& directory,
                                        std::string_view folder);

/// Throws Failure CM0519 (ExitCode::drift) if there is something to warn of.
void refuse_oddities(history::Comparison const& comparison, history::Directory const& directory);

/// Throws Failure CM0512 (ExitCode::drift) if an applied migration is not in the folder: what it
/// did looks like drift, and is neither to become a second migration nor to be taken back.
void refuse_missing(engine::Session const& session, history::Comparison const& comparison);

/// One line that says what a comparison with the database does not cover; none if that is nothing.
void tell_never_compared(Terminal& terminal, std::vector<std::string> const& kinds);

/// `name` a line, indented.
std::string name_list(std::vector<std::string> const& names);

}  // namespace cm::command

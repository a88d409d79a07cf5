// What people type who know other tools, and what does that here.
#pragma once
#include <string>
#include <string_view>

namespace cm::command {

/// The answer to a first word that is no command of ours but one of another tool: `up`, `rollback`.
/// Empty if we have none.
std::string answer_to_familiar_word(std::string_view word);

}  // namespace cm::command

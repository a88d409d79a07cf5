// `lint --baseline`: puts the name of a migration into cm-migrate.json, whose other text stays.
#pragma once
#include <string>
#include <string_view>

namespace cm::engine {

/// The text of the file with `{"lint": {"baseline": name}}` in it. An empty text is a file that is
/// not there yet; any other one must be an object with comments at most.
std::string with_lint_baseline(std::string_view text, std::string_view name);

}  // namespace cm::engine

// Commands that messages advise say where the project is, as the command did that gave the advice.
#pragma once
#include <string>
#include <string_view>

namespace cm::command {

/// What has to be said again. Never a URL: it may hold a password.
struct RepeatedOptions {
    std::string before{};  ///< "-C app "
    std::string after{};   ///< " --schema db/schema.prisma"

    bool empty() const { return before.empty() && after.empty(); }
};

/// `cm-migrate deploy` → `cm-migrate -C app deploy --schema db/schema.prisma`. Commands that take
/// no such options stay as they are.
std::string with_options(std::string_view command, RepeatedOptions const& repeated);

/// The same for each command in back-ticks in a text.
std::string with_options_in(std::string_view text, RepeatedOptions const& repeated);

/// A word as a shell takes it: in quotes only where it needs them.
std::string shell_word(std::string_view text);

}  // namespace cm::command

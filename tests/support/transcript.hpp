// What a person sees at a terminal, as text: commands, their output, answers and exit codes.
//
//     $ cat > name.txt <<'END'        a command; lines `> ` directly below it belong to it
//     > Ada
//     > END
//     $ tty: ask-for-name             run on a pseudo-terminal
//     Your name? [Ada]
//     < Grace                         typed when the question stands there (^C and ^D: those keys)
//     Hello Grace
//     [exit 3]                        only when it is not 0
//
// Output lines that look like one of these (or like a section's head) get a backslash in front.
// Blanks at the end of output lines are removed.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/shell.hpp"

namespace cm::test {

struct TranscriptCommand {
    std::string text{};  ///< lines joined, without `$ `, `tty: ` and `> `
    bool on_terminal{};
    std::vector<std::string> answers{};
    bool operator==(TranscriptCommand const&) const = default;
};

/// The commands of a transcript; throws std::runtime_error if it does not begin with one.
std::vector<TranscriptCommand> parse_transcript(std::string_view text);

/// Changes what differs from run to run (ports, times …) into what does not.
using Normalize = std::function<std::string(std::string)>;

/// Runs the commands one after the other and writes the transcript of what happened.
std::string perform(std::vector<TranscriptCommand> const& commands, Shell const& shell,
                    Normalize const& normalize);

}  // namespace cm::test

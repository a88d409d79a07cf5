// A page of the documentation that a reader can follow step by step. In Markdown:
//
//     ```console              commands (`$ `) with what they print, as in support/transcript.hpp
//     $ cm-migrate status
//     [exit 3]                only when it is not 0
//     ```
//     ```console terminal     the same on a terminal
//     ```console answers="y"  one command on a terminal; the answer stands behind its question
//     ```prisma title="prisma/schema.prisma"    a file as the reader has it from then on
//     <!-- setup              what the page does not show: files as in a case (`-- name --`), then
//     -- run --               commands that must succeed. `environment` is one of the sections
//     $ psql …                (support/workplace.hpp), read before all else.
//     -->
//
// All commands of a page belong together: one project, one database.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "support/transcript.hpp"

namespace cm::test {

enum class PagePartKind { prose, console, file, setup };

struct PagePart {
    PagePartKind kind = PagePartKind::prose;
    std::string opening{};  ///< the line of the fence, or `<!-- setup`; empty for prose
    std::string text{};     ///< without the lines that open and close it
    bool operator==(PagePart const&) const = default;
};

/// Throws std::runtime_error for a fence or a comment that is not closed.
std::vector<PagePart> parse_page(std::string_view text);

std::string to_text(std::vector<PagePart> const& page);

/// `name="value"` in the line that opens a part; empty without.
std::string attribute(PagePart const& part, std::string_view name);

/// The commands of a console part. Throws std::runtime_error if there are none, or several with
/// answers.
std::vector<TranscriptCommand> commands_of(PagePart const& part);

/// A transcript as a page shows it: answers behind their questions.
std::string as_shown(std::string transcript);

}  // namespace cm::test

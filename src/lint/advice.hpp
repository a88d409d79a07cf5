// SQL that findings advise, made from the statement that they are about.
#pragma once
#include <string>
#include <string_view>

namespace cm::lint {

/// The statement with `added` behind the first of its words that is `word` (upper case), in one
/// line; empty if it is too long to be read in a message.
std::string with_word_after(std::string_view statement, std::string_view word,
                            std::string_view added);

/// The text in one line: blanks and comments become one blank; empty if it is too long.
std::string in_one_line(std::string_view text);

}  // namespace cm::lint

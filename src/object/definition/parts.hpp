// The names that parts of a definition have in its shape and its facts: `"a b" integer`.
#pragma once
#include <string>
#include <string_view>

namespace cm::object {

/// A text that begins with a name, in quotes or not.
struct NamedText {
    std::string name{};
    std::string rest{};  ///< what follows it, with the blank
};

NamedText leading_name(std::string_view text);

/// `prefix`, then a name: gives it the other one, if it is that name.
void replace_name(std::string& text, std::string_view prefix, std::string const& from,
                  std::string const& to);

}  // namespace cm::object

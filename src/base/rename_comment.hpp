// `@renamed from old, older`: what a comment beside a new name says about the old one. The schema
// language and schemas in SQL have it in common.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm {

/// A name in the database, as a comment gives it.
struct FormerName {
    std::string schema{};  ///< empty: none was written
    std::string name{};
    bool operator==(FormerName const&) const = default;
};

struct RenameComment {
    std::vector<FormerName> names{};  ///< the last one first
    std::string problem{};            ///< why it cannot be read; else empty
};

/// `words`: a comment without its slashes or dashes. None if it does not begin with `@rename`: any
/// that does is meant as one, since a typing error would cost a column.
std::optional<RenameComment> read_rename_comment(std::string_view words);

}  // namespace cm

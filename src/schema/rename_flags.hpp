// `--rename users.name=full_name`: what `@renamed from` says beside a declaration, said once.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/rename_candidates.hpp"

namespace cm::schema {

struct RenameFlag {
    std::string text{};                 ///< as it was written
    std::optional<RenamedKind> kind{};  ///< `column:` before it
    std::vector<std::string> path{};    ///< of what has the old name: schema, table, column
    std::vector<std::string> to{};      ///< the new name, with its schema if that is said
    bool operator==(RenameFlag const&) const = default;
};

/// Throws Failure CM0001 if it cannot be read.
RenameFlag parse_rename_flag(std::string const& text);

/// The flag that answers yes.
RenameFlag flag_of(RenameCandidate const& candidate, std::string_view bare);

/// `declared` with these former names. Throws Failure CM0334 if one names nothing that `actual` has
/// and `declared` has under the new name, or two things.
Schema with_flags(Schema declared, Schema const& actual, std::vector<RenameFlag> const& flags,
                  std::string_view bare);

}  // namespace cm::schema

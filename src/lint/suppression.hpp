// Comments that accept a finding: `-- cm-migrate: allow RULE reason`, and squawk's own
// `-- squawk-ignore RULE`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "lint/levels.hpp"
#include "lint/report.hpp"

namespace cm::lint {

struct Suppression {
    std::vector<std::string> rules{};  ///< by name; none: all
    Place comment{};
    Place reach{};  ///< where findings begin that it is about
    bool has_reason{};
    bool operator==(Suppression const&) const = default;
};

/// `-- cm-migrate: allow` is about the statement that follows, or that it stands in; squawk's as
/// well, or the one before it in its line. `-- squawk-ignore-file` is about the whole file.
std::vector<Suppression> find_suppressions(Script const& script);

/// Leaves out what is suppressed, and adds what is wrong with the suppressions.
void apply_suppressions(Script const& script, Levels const& levels, std::vector<Finding>& findings);

}  // namespace cm::lint

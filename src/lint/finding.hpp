// What a rule has found.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "lint/rule.hpp"

namespace cm::lint {

struct Finding {
    std::string rule{};  ///< by name
    std::string_view code{};
    Level level{};
    Span span{};
    std::string message{};  ///< lower-case, without a final stop
    std::string help{};     ///< what to write instead; empty if nothing is better
    std::string lock{};     ///< the strongest one that matters here: "ACCESS EXCLUSIVE"
    std::string table{};    ///< with its schema if the statement says one
    bool operator==(Finding const&) const = default;
};

/// By place, then by the rule's code.
void sort(std::vector<Finding>& findings);

}  // namespace cm::lint

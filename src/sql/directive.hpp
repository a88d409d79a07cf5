// Comments in a script that speak to cm-migrate: `-- cm-migrate: no-transaction`.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace cm::sql {

struct Directive {
    std::string_view words{};  ///< what comes after the colon, without blanks around it
    std::uint32_t begin{};     ///< the comment's bytes in the script
    std::uint32_t end{};
    bool is_in_head{};       ///< above the first statement
    bool is_line_comment{};  ///< `-- …`, not `/* … */`
    bool operator==(Directive const&) const = default;
};

/// All of them, understood or not.
std::vector<Directive> find_directives(std::string_view script);

inline constexpr std::string_view no_transaction = "no-transaction";

/// `allow RULE reason`: for `cm-migrate lint`, see lint/suppression.hpp.
inline constexpr std::string_view allow = "allow";

}  // namespace cm::sql

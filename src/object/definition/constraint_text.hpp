// The text of a constraint as PostgreSQL prints it, taken apart at its brackets.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cm::object {

struct Bracketed {
    std::string text{};  ///< without the brackets; empty if there are none
    std::size_t end{};   ///< behind them
};

/// What the first brackets from `at` on hold, others within them included.
Bracketed in_brackets(std::string_view text, std::size_t at = 0);

/// Cut at the commas outside of brackets, without blanks in front.
std::vector<std::string> parts_of_list(std::string_view list);

}  // namespace cm::object

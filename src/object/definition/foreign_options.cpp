// See foreign_options.hpp.
#include "object/definition/foreign_options.hpp"

#include <fmt/ranges.h>

namespace cm::object {
namespace {

constexpr std::string_view prefix = "OPTION ";

std::string in_parentheses(std::vector<std::string> const& options) {
    return options.empty() ? "" : fmt::format(" OPTIONS ({})", fmt::join(options, ", "));
}

}  // namespace

bool is_foreign_option(Fact const& fact) {
    return fact.first.starts_with(prefix);
}

std::string foreign_options(Definition const& object) {
    std::vector<std::string> options{};
    for (auto const& it : object.facts) {
        if (is_foreign_option(it))
            options.push_back(fmt::format("{} {}", it.first.substr(prefix.size()), it.second));
    }
    return in_parentheses(options);
}

std::string changed_foreign_options(Definition const& from, Definition const& to) {
    std::vector<std::string> changes{};
    for (auto const& it : from.facts) {
        if (is_foreign_option(it) && fact(to, it.first).empty())
            changes.push_back(fmt::format("DROP {}", it.first.substr(prefix.size())));
    }
    for (auto const& it : to.facts) {
        auto const before = fact(from, it.first);
        if (!is_foreign_option(it) || before == it.second) continue;
        changes.push_back(fmt::format("{} {} {}", before.empty() ? "ADD" : "SET",
                                      it.first.substr(prefix.size()), it.second));
    }
    return in_parentheses(changes);
}

}  // namespace cm::object

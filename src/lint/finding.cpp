// The order in which findings are shown.
#include "lint/finding.hpp"

#include <algorithm>
#include <tuple>

namespace cm::lint {

void sort(std::vector<Finding>& findings) {
    auto const key = [](Finding const& f) {
        return std::tuple(f.span.file, f.span.begin, f.span.end, f.code, std::string_view{f.rule});
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&](Finding const& a, Finding const& b) { return key(a) < key(b); });
}

}  // namespace cm::lint

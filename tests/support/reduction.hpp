// Makes a failing test's input small, so that what is at fault can be seen.
#pragma once
#include <algorithm>
#include <functional>
#include <vector>

namespace cm::test {

/// The fewest of `parts`, in their order, of which `fails` is still true, as far as leaving out
/// shorter and shorter stretches finds them (Zeller's delta debugging).
template <class Part>
std::vector<Part> reduced(std::vector<Part> parts,
                          std::function<bool(std::vector<Part> const&)> const& fails) {
    for (auto length = std::max<std::size_t>(parts.size() / 2, 1);; length /= 2) {
        for (bool is_shorter = true; is_shorter;) {
            is_shorter = false;
            for (std::size_t end = parts.size(); end > 0;) {
                auto const begin = end > length ? end - length : 0;
                auto fewer = parts;
                fewer.erase(fewer.begin() + static_cast<long>(begin),
                            fewer.begin() + static_cast<long>(end));
                if (fails(fewer)) {
                    parts = std::move(fewer);
                    is_shorter = true;
                }
                end = std::min(begin, parts.size());
            }
            if (length > 1) break;
        }
        if (length <= 1) return parts;
    }
}

}  // namespace cm::test

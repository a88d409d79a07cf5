// Whether a list has a value: std::ranges::contains, which C++20 does not have yet.
#pragma once
#include <algorithm>

namespace cm {

template <class Range, class Value>
bool contains(Range const& range, Value const& value) {
    return std::find(range.begin(), range.end(), value) != range.end();
}

}  // namespace cm

// Two pieces of work at once, where the wait for both is what counts.
#pragma once
#include <future>

#include "base/memory.hpp"

namespace cm {

/// Runs both and waits for both; they must not touch the same things. If one throws, so does this,
/// and if both do, what `first` threw counts. Where no thread can be had, `second` runs afterwards.
template <class First, class Second>
void both(First const& first, Second const& second) {
    auto other = std::async([&] {
        expect_much_memory_in_thread();
        second();
    });
    first();
    other.get();
}

}  // namespace cm

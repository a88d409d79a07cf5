// Two pieces of work at once, where the wait for both is what counts.
#pragma once
#include <functional>

namespace cm {

/// Runs both and waits for both; they must not touch the same things. If one throws, so does this,
/// and if both do, what `first` threw counts. Where no thread can be had, `second` runs afterwards.
/// Worth it from a millisecond of work in each.
void run_in_parallel(std::function<void()> const& first, std::function<void()> const& second);

}  // namespace cm

// How often the tests that kill do so, and when: CM_KILLS and CM_SEED.
#pragma once
#include <random>

namespace cm::test {

/// CM_KILLS, or else `usual`.
int kills(int usual);

/// Seeded by CM_SEED, or else by chance; prints the seed, so that a run can be repeated.
std::mt19937 make_generator();

}  // namespace cm::test

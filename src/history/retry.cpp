// See retry.hpp.
#include "history/retry.hpp"

#include <algorithm>
#include <array>
#include <random>

#include "base/log.hpp"
#include "base/sqlstate.hpp"

namespace cm::history {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{500};
constexpr milliseconds longest_pause{10'000};

}  // namespace

bool is_transient(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 3> states{
        sqlstate::lock_not_available,
        sqlstate::deadlock_detected,
        sqlstate::serialization_failure,
    };
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

milliseconds backoff_delay(int attempt) {
    auto pause = first_pause;
    for (int i = 1; i < attempt && pause < longest_pause; ++i) {
        pause *= 2;
    }
    thread_local std::mt19937 generator{std::random_device{}()};
    std::uniform_real_distribution<double> share{0.5, 1.0};
    auto const whole = static_cast<double>(std::min(pause, longest_pause).count());
    return milliseconds{static_cast<long>(whole * share(generator))};
}

bool try_again(pg::ServerMessage const& reason, int attempt, RunOptions const& options) {
    if (!is_transient(reason.sqlstate) || attempt > options.retries) {
        return false;
    }
    auto const pause = backoff_delay(attempt);
    log::write(log::Level::warning, "trying again",
               {{"sqlstate", reason.sqlstate},
                {"error", reason.message},
                {"attempt", attempt + 1},
                {"attempts", options.retries + 1},
                {"pauseMs", pause}});
    if (options.retrying) {
        options.retrying({reason, attempt, options.retries + 1, pause});
    }
    pg::pause(pause);
    return true;
}

}  // namespace cm::history

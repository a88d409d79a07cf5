// Bringing a database to where the migrations folder is.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/failed_advice.hpp"
#include "engine/notices.hpp"
#include "engine/observer.hpp"
#include "engine/session.hpp"
#include "history/run_script.hpp"

namespace cm::engine {

/// How what is pending is to be applied.
struct ApplySettings {
    std::chrono::milliseconds lock_timeout{5000};  ///< zero: the server's
    int lock_retries = 8;
    std::optional<std::chrono::milliseconds> statement_timeout{};
    bool single_transaction{};                 ///< all pending migrations or none
    bool resume{};                             ///< go on with a migration that stopped halfway
    std::optional<std::size_t> resume_from{};  ///< at this statement, from 1
};

/// What somebody who watches is told. All of it may be left out.
struct ApplyEvents {
    std::function<void(history::Migration const&)> applying{};
    std::function<void(history::Migration const&, std::chrono::milliseconds elapsed)> applied{};
    std::function<void(history::Retry const&)> retrying{};
    std::function<void(LongStatement const&)> waiting{};
    /// See history::ApplyOptions.
    std::function<void(std::string_view name, std::string_view reason)> lost{};
    /// A migration that stopped halfway, for a reason that has gone by, goes on without being told.
    std::function<void(history::StoppedMigration const&)> going_on{};
    std::function<void(Notice const&)> notice{};
    std::function<void(std::string_view name)> settled{};
};

/// Applies what is pending, in order; gives the names. Throws Failure CM0510 if a failed migration
/// stands in the way, CM0514 if the history is unknown, CM0555 if it belongs to another folder. Who
/// holds the lock and has compared the history already passes `known`.
std::vector<std::string> apply_pending(Session& session, ApplySettings const& settings,
                                       ApplyEvents const& events,
                                       std::optional<history::Comparison> known = {});

/// Runs a script that is no migration with the same care, and records nothing. Throws Failure
/// CM0506.
void apply_script(Session& session, std::string_view name, std::string_view script,
                  ApplySettings const& settings, ApplyEvents const& events);

/// The same as limits on any script.
history::RunOptions limits(ApplySettings const& settings, ApplyEvents const& events);

/// Runs any script on a connection of its own, watched as migrations are.
void run_watched(pg::Connection& connection, std::string_view name, std::string_view script,
                 SourceMap& sources, ApplySettings const& settings, ApplyEvents const& events);

}  // namespace cm::engine

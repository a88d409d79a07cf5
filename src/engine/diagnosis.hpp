// The state of a database and its history, for `status`.
#pragma once
#include "engine/development.hpp"

namespace cm::engine {

struct Diagnosis {
    history::Comparison history{};
    std::optional<UnknownHistory> unknown_history{};  ///< tables, but no record
    std::optional<Change> drift{};                    ///< what somebody did to the database
    std::optional<std::string> drift_unknown{};       ///< why drift could not be looked for
};

/// Compares folder, ledger and database. Drift is looked for by replaying the applied migrations.
Diagnosis diagnose(Session& session);

}  // namespace cm::engine

// The state of a database and its history, for `status`.
#pragma once
#include "engine/development.hpp"

namespace cm::engine {

/// Something that could not be checked, so that nobody may say that all is well.
struct NotVerified {
    std::string what{};  ///< "whether the database is what its applied migrations lead to"
    std::string reason{};
    std::vector<std::string> notes{};
    std::vector<std::string> remedies{};
};

/// How the history of a database that has tables but no record of them can be taken over.
struct Takeover {
    enum class Kind {
        adopt,           ///< Prisma's record is there and fits the folder
        adopt_by_force,  ///< it is there, but files were edited or are missing
        baseline,        ///< the database is what all migrations lead to
        baseline_to,     ///< it is what those up to `name` lead to
        by_hand          ///< it is what none of them lead to, or that cannot be checked
    };
    Kind kind = Kind::by_hand;
    std::string name{};
    bool prisma_is_elsewhere{};  ///< Prisma's record is there and names none of the folder's
};

/// A part of the drift that was there when migrations were applied.
struct SeenDrift {
    std::string seen_at{};    ///< "2026-11-30 19:10:53 UTC"
    std::string migration{};  ///< the first that was applied then
    schema::Steps plan{};
};

/// Where drift is looked for.
enum class DriftFrom {
    record,  ///< the recorded state, or a replay if there is none that is valid
    replay
};

struct Diagnosis {
    history::Comparison history{};
    std::optional<pg::LockHolder> at_work{};          ///< another cm-migrate
    std::vector<std::string> running{};               ///< migrations that it is applying
    std::optional<UnknownHistory> unknown_history{};  ///< tables, but no record
    std::optional<Takeover> takeover{};               ///< of such a history
    std::optional<Change> drift{};                    ///< what somebody did to the database
    std::optional<std::string> drift_unknown{};       ///< why drift could not be looked for
    std::optional<std::string>
        recorded_at{};                        ///< drift was looked for from the state recorded then
    std::optional<std::string> unrecorded{};  ///< why it was not
    std::vector<SeenDrift> seen_drifts{};     ///< of `drift`, what is older
    bool replay_fails{};                      ///< for it: a file that is applied fails
    std::vector<std::string> never_compared{};  ///< kinds of what is there and drift does not cover
    std::optional<Change> unmigrated{};         ///< what the schema asks for and no migration makes
    bool is_pushed{};            ///< no migrations: what `unmigrated` has is to be pushed
    bool schema_was_compared{};  ///< not while another cm-migrate is at work
    std::optional<std::string> unreadable{};  ///< why the schema file could not be compared
    std::vector<NotVerified> not_verified{};
    std::optional<std::string> protected_as{};  ///< looked for only where it decides on advice
};

/// Compares folder, migrations table, database and schema file. `found` hears of another cm-migrate
/// before anything is waited for. Throws Failure CM0555 if none of the recorded migrations is in
/// the folder, CM0558 if the migrations table is locked.
Diagnosis diagnose(Session& session, std::function<void(pg::LockHolder const&)> const& found = {},
                   DriftFrom from = DriftFrom::record);

}  // namespace cm::engine

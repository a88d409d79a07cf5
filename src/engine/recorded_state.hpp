// What migrations lead to, as the database itself remembers it: `deploy` and `dev` store what the
// catalog said when they had finished, so that drift is told without a replay, by a role that may
// create nothing, and what was drift before a deploy stays drift after it.
//
// What is stored is what the server answered to the queries of the catalog (as in state_cache.hpp):
// the same readers make the same schema of it, and no kind of object has to be written down.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/development.hpp"
#include "engine/session.hpp"
#include "engine/state_table.hpp"

namespace cm::engine {

/// What somebody had done by hand when migrations were applied, as a change that is still there.
struct KnownDrift {
    std::string seen_at{};    ///< "2026-11-30 19:10:53 UTC"
    std::string migration{};  ///< the first that was applied then
    schema::Schema before{}, after{};
    bool is_accepted{};
};

struct RecordedState {
    CompleteState expected{};  ///< less what was done by hand and is not accepted
    /// Less all that was done by hand: what migrations lead to; none if that is not known.
    std::optional<CompleteState> made{};
    std::string recorded_at{};
    std::vector<KnownDrift> drifts{};  ///< that are not accepted
};

/// Either a state or the reason that there is none.
struct RecordedStateOrReason {
    std::optional<RecordedState> state{};
    std::string reason{};
};

/// Reads it; nothing is changed. A role that may not read it is a reason, too. Throws Failure
/// CM0558, SqlError if the connection is lost.
RecordedStateOrReason find_recorded_state(Session const& session);

/// The steps of `drift`, what somebody did to `live`, that `known` has already seen.
schema::Steps seen_before(KnownDrift const& known, schema::Steps const& drift,
                          schema::Schema const& live);

/// Around the application of migrations: looks at the database before the first, and stores what
/// it has become after the last. What cannot be stored is no error: `status` then replays.
class StateRecording {
  public:
    /// `applied_before`: some migration is recorded as applied. `is_whole`: none has stopped
    /// partway.
    StateRecording(Session& session, bool applied_before, bool is_whole);

    /// `first`: of the migrations that have been applied.
    void finish(std::string const& first);

  private:
    Session& session_;
    std::vector<std::string> queries_{};  ///< of the catalog
    std::string format_{};
    std::optional<StoredState> stored_{};
    bool is_wanted_ = true;
};

/// What would be accepted.
struct Acceptance {
    std::optional<Change> change{};
    std::optional<std::string> unchecked{};  ///< why nobody can say
};

/// Looks for drift, by the recorded state or by a replay; changes nothing. Throws Failure CM0569 if
/// no migrations are recorded, or one of them is failed, or the migrations table is Prisma's.
Acceptance plan_acceptance(Session& session);

/// Takes the database as it is for what the migrations lead to.
void accept_state(Session& session);

}  // namespace cm::engine

// Emptying the schemas of a project, which happens on explicit request only. Whatever else there is
// in the database stays: other schemas, and what hangs on the database and on the schemas
// themselves (owners, privileges, settings, comments).
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply_pending.hpp"
#include "engine/beside_objects.hpp"
#include "engine/replicated_tables.hpp"
#include "engine/session.hpp"
#include "pg/default_privileges.hpp"
#include "pg/schema_contents.hpp"

namespace cm::engine {

/// What a reset drops.
struct ResetPlan {
    std::vector<std::string> schemas{};        ///< those that are emptied
    std::vector<pg::SchemaObject> objects{};   ///< in the order in which they are dropped
    std::vector<BesideObject> made{};          ///< in no schema, but named by the migrations
    std::vector<pg::OutsideObject> outside{};  ///< in other schemas, and would go as well
    std::vector<pg::OutsideObject> parts{};    ///< in these schemas, but of tables that stay
    std::vector<pg::OutsideObject> beside{};   ///< in no schema, and go as well
    std::vector<Replication> replications{};   ///< that lose tables
    std::vector<pg::DefaultPrivilege> default_privileges{};  ///< that the migrations made

    bool is_beside_others{};  ///< something in the same schemas is another project's, and stays

    bool empty() const { return objects.empty() && made.empty() && default_privileges.empty(); }
};

/// Looks at what there is; changes nothing. The mark of `protect` is spared. Throws Failure CM0535
/// if external tables lie in the managed schemas, CM0551 if the migrations make a schema that would
/// stay.
ResetPlan plan_reset(Session& session);

/// What of it lies in no schema and is not certain to be the work of migrations, in words.
std::vector<std::string> not_made(ResetPlan const& plan);

/// Throws Failure CM0550 if something of other schemas would go, or be less than it was, or if
/// something in no schema would go that no recorded migration has made. `asking`: the command that
/// asks whether it may, in words.
void refuse_outside(ResetPlan const& plan, std::string_view asking);

/// Rows of a table; none if that cannot be told soon.
struct RowCount {
    std::optional<std::int64_t> rows{};
    bool is_estimate{};
};

/// Of the tables among the objects, in their order. Never waits long for a lock.
std::vector<RowCount> count_rows(pg::Connection& connection,
                                 std::vector<pg::SchemaObject> const& objects);

/// Drops all that. In one transaction, if the server has locks enough; else the record of
/// migrations goes first, so that nobody takes for migrated what is half empty.
void reset(Session& session, ResetPlan const& plan, ApplySettings const& settings,
           ApplyEvents const& events);

/// Does what comes after a reset. If it fails, the report says that the schemas had been emptied:
/// undoing it brings nothing of that back.
void after_reset(std::function<void()> const& next);

}  // namespace cm::engine

// Several projects in one database: what each has made, and leaves to the others.
//
// A project that is one beside others (Project::is_drizzle) keeps a list of what it has made as the
// comment on its record, the migrations table: every role may read it, whoever owns the table, and
// it comes and goes with the transaction that writes it. What a list names is no other project's.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "engine/session.hpp"
#include "pg/schema_contents.hpp"
#include "schema/step.hpp"

namespace cm::engine {

/// Objects by themselves, and parts of tables that were made by themselves.
using ObjectSet = std::set<object::ObjectRef>;

/// What a project has in a database.
struct Belongings {
    ObjectSet made{};
    /// It declares them, and they were there before: others leave them alone, and it drops none.
    ObjectSet adopted{};
    bool operator==(Belongings const&) const = default;
};

/// Another project.
struct Neighbour {
    std::string project{};  ///< as it calls itself: "drizzle.config.ts"
    Belongings belongings{};
    std::string package{};  ///< of its package.json; may be empty
};

struct Neighbours {
    Belongings own{};
    std::string own_package{};  ///< that has written `own`
    std::vector<Neighbour> others{};
    std::vector<sql::QualifiedName> records{};  ///< of others
    bool may_adopt{};  ///< nobody else can have made what is declared and already there

    /// Whose it is; null if no other project has it.
    Neighbour const* owner(object::ObjectRef const& object) const;
};

/// The query that reads the lists, for whoever asks other questions in the same round trip.
std::string_view neighbours_query();
/// With what it has answered.
void know_neighbours(Session& session, sql::Rows const& lists);

/// Reads the lists of the database, once in a session; the session's project then takes what the
/// others have for external.
Neighbours const& know_neighbours(Session& session);

/// Those of a session that has asked for them.
Neighbours const& known_neighbours(Session const& session);

/// Throws Failure CM0346 if the record in which the project lists what it has made is that of
/// another package, which has made nothing of what this one declares.
void refuse_record_of_others(Session const& session, schema::Schema const& declared);

/// Leaves out what is not the project's: what others have, and in a project beside others all that
/// it neither lists nor declares.
schema::Schema own_part(Session const& session, schema::Schema live,
                        schema::Schema const& declared);

/// The declared objects that are another project's, by its name: it alone changes them.
std::vector<std::string> left_to_others(Session const& session, schema::Schema& declared);

/// Whether something of the database that the schema does not declare stays.
bool is_undeclared_kept(Session const& session, std::string_view kind,
                        object::ObjectRef const& object);

/// Of what a reset would drop: whether it is another project's, or in a project beside others not
/// its own work.
bool outlives_reset(Session const& session, pg::SchemaObject const& object);

/// To be called before a plan is carried out: makes the record, and lists what the plan will make
/// and what is declared and there. Does nothing in a project that keeps no list. Throws Failure
/// CM0345 if the role may not write it.
void record_before(Session& session, schema::Steps const& plan, schema::Schema const& declared);

/// The same before migrations are applied: of what they will make the tables and types, so that
/// nobody else takes them for his own, whatever happens meanwhile.
void record_before(Session& session, std::vector<history::Migration> const& pending);

/// To be called afterwards: what was dropped is listed no more.
void record_after(Session& session);

/// To be called when migrations were applied or marked as applied: lists what all that are
/// (`applied`) have made, as far as it is there. A run that was cut off before is made up for.
void record_migrations(Session& session, std::vector<history::Migration> const& applied);
/// Those that the record calls applied.
void record_migrations(Session& session);

}  // namespace cm::engine

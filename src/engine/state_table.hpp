// The table beside the migrations table in which a database keeps what its catalog said when
// migrations were last applied: texts, read and written as a whole.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/migrations_table.hpp"
#include "object/table/table.hpp"
#include "pg/connection.hpp"

namespace cm::engine {

/// The name of the table, in the schema of the migrations table.
std::string state_table_name(std::string_view migrations_table);

/// By its form, whatever migrations table it lies beside.
bool is_state_table(object::Table const& table);

/// What somebody had done by hand before migrations were applied.
struct StoredDrift {
    std::string seen_at{};                ///< by the server: "2026-11-30 19:10:53 UTC"
    std::string migration{};              ///< the first that was applied then
    std::optional<std::string> before{};  ///< the catalog before; none: nothing was there
    std::string after{};
    bool is_accepted{};  ///< it is no drift any more, and still the work of no migration
};

struct StoredState {
    std::string format{};  ///< of the texts: whoever does not know it cannot read them
    /// All in `latest` but the drifts is the work of recorded migrations.
    bool is_exact{};
    std::string recorded_at{};
    std::string latest{};               ///< what the catalog said
    std::vector<StoredDrift> drifts{};  ///< the oldest first
    /// The migrations that are recorded as applied are those of the moment when it was stored.
    bool is_current{};
};

/// The query that tells whether the table is there, for whoever asks other questions in the same
/// round trip.
std::string state_table_query(history::MigrationsTable const& migrations_table);
bool has_state_table(sql::Rows const& answer);

/// None if there is none. Throws SqlError if the role may not read it, Failure CM0558 if it is
/// locked. `is_there`: what has_state_table has said, if it was asked.
std::optional<StoredState> read_state(history::MigrationsTable const& migrations_table,
                                      pg::Connection& connection,
                                      std::optional<bool> is_there = {});

/// In one transaction and two round trips; makes the table if need be. Stores nothing while a
/// migration is failed or under way. The moments of drifts that have none are set. Throws SqlError.
void store_state(history::MigrationsTable const& migrations_table, pg::Connection& connection,
                 StoredState const& state);

}  // namespace cm::engine

// Directory × migrations table: what is pending, failed, edited, missing or out of order. Pure.
#pragma once
#include <string>
#include <vector>

#include "history/directory.hpp"
#include "history/migrations_table.hpp"
#include "history/step_record.hpp"

namespace cm::history {

/// A failed migration of which its migration record says how far it came.
struct StoppedMigration {
    MigrationRecord entry{};
    StepRecord record{};
    std::string next{};  ///< the first words of the statement that comes next, as the file has it
    bool is_edited{};    ///< in what has been carried out: `deploy --resume` refuses that
    /// It was cut off, or failed, in a statement that may have taken effect in part, and the
    /// catalog cannot tell: `deploy --resume` asks for the number of the statement to go on from.
    bool in_doubt{};
    /// What stopped it has gone by (a lock, a lost connection, a signal), nothing else is in doubt
    /// than what the catalog tells, and the file is as it was: the next run goes on by itself.
    bool goes_on{};
    bool operator==(StoppedMigration const&) const = default;
};

/// A pending migration whose last attempt was undone.
struct UndoneAttempt {
    std::string name{};
    std::string reason{};  ///< the first line of what PostgreSQL said
    bool operator==(UndoneAttempt const&) const = default;
};

/// Names refer to Migration::name. A migration whose rows are all rolled back is pending again.
struct Comparison {
    std::vector<std::string> applied{};           ///< in the order of the folder
    std::vector<std::string> pending{};           ///< in the order they will be applied
    std::vector<std::string> failed{};            ///< started, neither finished nor rolled back
    std::vector<std::string> failed_elsewhere{};  ///< failed ones that are not in the folder
    std::vector<StoppedMigration> stopped{};      ///< more about some of the failed ones
    std::vector<UndoneAttempt> undone{};          ///< more about some of the pending ones
    std::vector<std::string>
        edited{};  ///< applied, but the file differs now (line ends and BOM aside)
    std::vector<std::string> missing{};       ///< applied, but not in the folder
    std::vector<std::string> out_of_order{};  ///< pending, though a later one has been applied
    /// Pending migrations with an open row: cut off before anything was carried out.
    std::vector<std::string> not_started{};
    /// Migrations are recorded, and none of them is in the folder.
    bool is_of_another_folder{};
    bool operator==(Comparison const&) const = default;
};

/// Why the migration stopped, in a few words: what PostgreSQL said, or that nobody could say it.
std::string stop_reason(StoppedMigration const& stopped);

/// True if a migration stopped halfway, and the next run goes on with it.
bool goes_on(Comparison const& comparison);

Comparison compare(Directory const& directory, std::vector<MigrationRecord> const& entries);

}  // namespace cm::history

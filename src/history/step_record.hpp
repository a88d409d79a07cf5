// How far a migration has come that cannot be one transaction: kept in the migration record's
// `logs`, so that the table has the columns that Prisma knows and no others.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sql/split.hpp"

namespace cm::history {

struct StepRecord {
    std::size_t done{};    ///< statements that have been carried out and stay
    std::size_t total{};   ///< of the file as it was
    bool in_flight{};      ///< the next one was sent outside of a transaction: what became of it is
                           ///< to be seen in the catalog
    std::string digest{};  ///< of the text of those that are done: an edited file is noticed
    bool operator==(StepRecord const&) const = default;

    /// Nothing has been carried out, and nothing can have been.
    bool not_started() const { return done == 0 && !in_flight; }
};

/// "stopped after statement 2 of 5", "stopped during statement 3 of 5".
std::string describe(StepRecord const& record);

/// One line.
std::string to_text(StepRecord const& record);
/// Reads it from the first line of `logs`.
std::optional<StepRecord> parse_step_record(std::string_view logs);
/// `logs` without that line: what PostgreSQL said.
std::string_view without_step_record(std::string_view logs);

/// Over the first `done` statements; line ends and what stands between statements do not count.
std::string digest_of(std::string_view text, sql::Script const& script, std::size_t done);

/// `CREATE UNIQUE INDEX CONCURRENTLY "i" ON …`: one line to know a statement by.
std::string first_words(std::string_view text, sql::Script const& script, std::size_t statement);

}  // namespace cm::history

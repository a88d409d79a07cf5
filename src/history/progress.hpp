// Writes one migration's progress into its migration record.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "history/apply.hpp"

namespace cm::history {

/// What PostgreSQL said, for the column `logs`.
std::string log_text(pg::ServerMessage const& server);

class ProgressRecord {
  public:
    ProgressRecord(Migration const& migration, std::string_view text, sql::Script const& script,
                   MigrationsTable const& migrations_table, pg::Connection& connection);

    /// Goes on with a row that is there, which stays as it is until something is carried out.
    void resume(Stop const& stop);

    Recording recording();

    std::string const& id() const { return id_; }

    /// Records a failure and how far it got. The failure itself matters more than a record that
    /// cannot be written.
    void fail(ScriptFailure const& failure);

    /// Why that could not be done.
    std::optional<std::string> const& unrecorded() const { return unrecorded_; }

  private:
    NewEntry entry() const;
    void start();
    std::string record_text(StepPosition position) const;
    std::string note(StepPosition position) const;
    void write_failure(ScriptFailure const& failure);

    Migration const& migration_;
    std::string_view text_;
    sql::Script const& script_;
    MigrationsTable const& migrations_table_;
    pg::Connection& connection_;
    std::string id_{};
    std::optional<StepPosition> resumed_{};
    bool started_ = false;
    std::optional<std::string> unrecorded_{};
};

}  // namespace cm::history

// Several scripts in one transaction; declared in run_script.hpp.
#include <fmt/format.h>

#include "history/retry.hpp"
#include "history/run_script.hpp"
#include "history/session_reset.hpp"
#include "history/transaction_batch.hpp"

namespace cm::history {
namespace {

std::optional<BatchFailure> all_parts(std::vector<BatchPart> const& parts,
                                      pg::Connection& connection, RunOptions const& options,
                                      std::function<void(std::size_t)> const& beginning) {
    connection.execute("BEGIN");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        beginning(i);
        if (auto failure = run_in_transaction(parts[i], options, connection)) {
            return BatchFailure{std::move(*failure), i};
        }
    }
    try {
        connection.execute("COMMIT");
        return {};
    } catch (pg::SqlError const& failed) {
        ScriptFailure failure{.server = failed.server(), .in_one_transaction = true};
        return BatchFailure{std::move(failure), parts.size() - 1};
    }
}

}  // namespace

std::optional<BatchFailure> run_together(std::vector<BatchPart> const& parts,
                                         pg::Connection& connection, RunOptions const& options,
                                         std::function<void(std::size_t)> const& beginning) {
    SessionReset const guard(connection, options.lock.restore);
    for (int attempt = 1;; ++attempt) {
        auto failed = all_parts(parts, connection, options, beginning);
        if (!failed || failed->failure.connection_lost()) {
            return failed;
        }
        roll_back(connection, options.lock.restore);
        if (!try_again(failed->failure.server, attempt, options)) {
            return failed;
        }
    }
}

}  // namespace cm::history

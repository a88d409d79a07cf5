// See session_reset.hpp.
#include "history/session_reset.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "base/log.hpp"
#include "history/transaction_batch.hpp"

namespace cm::history {
namespace {

[[noreturn]] void throw_lock_lost() {
    throw Failure(
        error("CM0407", "another cm-migrate is running on this database")
            .note("it acquired the lock when the script, which was rolled back, released it")
            .help("wait until it has finished, then run the command again"),
        ExitCode::busy);
}

void tidy(pg::Connection& connection, std::string_view restore) {
    pg::InterruptsIgnored const tidying{};
    try {
        roll_back(connection, restore);
        connection.execute(connection.reset_statements() + ";" + std::string(drop_session_objects));
    } catch (std::exception const& failed) {
        log::swallowed("restoring the session", failed);
        // The connection is gone, and everything that was open with it; or there is more to be said
        // than that the lock is gone.
    }
}

}  // namespace

void roll_back(pg::Connection& connection, std::string_view restore) {
    if (!connection.in_transaction()) {
        return;
    }
    auto const answers = connection.fetch_all(fmt::format("ROLLBACK;{}", restore));
    if (!answers.empty() && !answers.back()[0].boolean("kept")) {
        throw_lock_lost();
    }
}

SessionReset::~SessionReset() {
    if (!tidy_) {
        tidy(connection_, restore_);
    }
}

}  // namespace cm::history

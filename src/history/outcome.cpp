// Words for how far a script came.
#include "history/outcome.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"
#include "history/partial_effects.hpp"
#include "sql/effects.hpp"
#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

std::string up_to(std::size_t statement) {
    return statement == 1 ? "statement 1" : fmt::format("statements 1 to {}", statement);
}

std::string_view words_of(Prepared const& prepared, std::size_t at) {
    auto const& statement = prepared.script.statements.at(at);
    return prepared.text.substr(statement.begin, statement.end - statement.begin);
}

/// What a statement that was cut off outside of a transaction has left, as far as it can be seen.
/// True if it has taken effect.
bool find_traces(std::string_view statement, ScriptFailure& failure, pg::Connection& connection) {
    auto const partial = inspect_partial_effects(statement, connection);
    failure.left_invalid_index = !partial.tidying.empty();
    failure.in_flight = partial.effect == Effect::unknown;
    return partial.effect == Effect::whole && can_be_repeated(statement);
}

bool outlives_rollback(sql::Reach const& reach) {
    return reach.outside == sql::Outside::server || reach.outside == sql::Outside::files ||
           reach.outside == sql::Outside::programs || reach.outside == sql::Outside::other_servers;
}

/// What no ROLLBACK takes back, of the statements that were undone and the one that failed.
void add_irrevocable(Diagnostic& diagnostic, ScriptFailure const& failure,
                     Prepared const& prepared) {
    auto const& all = prepared.script.statements;
    auto const was_refused = failure.server.sqlstate.starts_with("42");  // before it did anything
    auto const end = failure.statement
                         ? std::min(*failure.statement + (was_refused ? 0 : 1), all.size())
                         : all.size();
    auto sets_sequence = false;
    std::vector<std::string> outside{};
    for (auto at = failure.committed_statements; at < end; ++at) {
        auto const words = words_of(prepared, at);
        sets_sequence |= to_lower(words).find("setval") != std::string::npos;
        if (!sql::may_reach_out(words)) continue;
        for (auto const& reach : sql::effects(words).reaches) {
            if (outlives_rollback(reach)) outside.push_back(reach.words);
        }
    }
    if (sets_sequence) {
        diagnostic.note("but sequence values set by `setval` are not rolled back");
    }
    if (!outside.empty()) {
        std::sort(outside.begin(), outside.end());
        outside.erase(std::unique(outside.begin(), outside.end()), outside.end());
        diagnostic.note("but effects outside of the database are not rolled back: {}",
                        fmt::join(outside, ", "));
    }
}

}  // namespace

bool can_run_again(ScriptFailure const& failure, Subject const& subject) {
    return subject.is_derived ? !failure.in_flight : failure.undone() && !failure.commit_unknown;
}

void add_outcome(Diagnostic& diagnostic, ScriptFailure const& failure, Prepared const& prepared) {
    auto const is_one = failure.committed_statements == 1;
    if (failure.in_one_transaction && !failure.commit_unknown) {
        diagnostic.note("{}", rolled_back_note);
    } else if (failure.committed_statements > 0) {
        diagnostic.note("{} of {} {} committed and {} still in place",
                        up_to(failure.committed_statements), prepared.script.statements.size(),
                        is_one ? "was" : "were", is_one ? "is" : "are");
    }
    if (failure.in_flight && failure.statement) {
        diagnostic.note(
            "statement {} runs outside of a transaction: part of it may have taken effect",
            *failure.statement + 1);
    } else if (failure.commit_unknown) {
        diagnostic.note(
            "{} may have been committed: the connection was lost before the server "
            "answered",
            failure.committed_statements == 0 ? "it" : "the next statements");
    } else if (failure.committed_statements > 0 && failure.statement &&
               *failure.statement > failure.committed_statements) {
        diagnostic.note("the statements after {} were rolled back", is_one ? "it" : "them");
    } else if (failure.committed_statements == 0 && failure.left_invalid_index) {
        diagnostic.note(
            "nothing was committed except an invalid index, which is dropped before it is rebuilt");
    } else if (failure.committed_statements == 0 && !failure.in_one_transaction) {
        diagnostic.note("nothing was committed");
    }
    add_irrevocable(diagnostic, failure, prepared);
    if (failure.left_invalid_index && failure.committed_statements > 0) {
        diagnostic.note("the invalid index that it left behind is dropped before it is rebuilt");
    }
}

void add_script_outcome(Diagnostic& diagnostic, ScriptFailure const& failure,
                        Prepared const& prepared) {
    add_outcome(diagnostic, failure, prepared);
    if (can_run_again(failure, prepared.subject)) return;
    if (failure.in_flight || failure.commit_unknown) {
        diagnostic.help(
            "inspect the database before you run it again: what was committed would be executed "
            "twice");
    }
    if (failure.committed_statements > 0) {
        diagnostic.help("remove {} from the script before you run it again",
                        failure.committed_statements == 1
                            ? "the first statement"
                            : fmt::format("the first {} statements", failure.committed_statements));
    }
}

void add_prepared_transactions(Diagnostic& diagnostic, ScriptFailure const& failure,
                               Prepared const& prepared, pg::Connection& connection) {
    auto const prepares = [&](sql::Statement const& statement) {
        std::string_view const words =
            prepared.text.substr(statement.begin, statement.end - statement.begin);
        auto const first = sql::next_significant_token(words, 0);
        return sql::is_word(words, first, "PREPARE") &&
               sql::is_word(words, sql::next_significant_token(words, first.end), "TRANSACTION");
    };
    auto const& all = prepared.script.statements;
    auto const end = all.begin() + static_cast<std::ptrdiff_t>(
                                       std::min(failure.committed_statements, all.size()));
    if (std::none_of(all.begin(), end, prepares)) return;
    try {
        auto const rows = connection.fetch(
            "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = "
            "pg_catalog.current_database() AND strpos($1, gid) > 0 ORDER BY gid",
            {std::string(prepared.text)});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const gid = sql::quote_literal(rows[i].text("gid"));
            diagnostic.note("the prepared transaction {} keeps its locks until it is ended", gid)
                .help("`COMMIT PREPARED {};` or `ROLLBACK PREPARED {};` ends it", gid, gid);
        }
    } catch (pg::SqlError const& failed) {
        log::swallowed("looking for prepared transactions", failed);
        // There is more to be said than that this could not be seen.
    }
}

void throw_interrupted_script(Failure const& interrupted, Prepared const& prepared,
                              StepPosition reached, pg::Connection& connection) {
    pg::InterruptsIgnored const looking{};
    auto diagnostics = interrupted.diagnostics();
    auto& diagnostic = diagnostics.front();
    auto const& all = prepared.script.statements;
    ScriptFailure failure{.committed_statements = reached.done, .in_flight = reached.in_flight};
    if (reached.in_flight) failure.statement = reached.done;
    try {
        connection.fetch("SELECT 1");
        if (reached.in_flight &&
            find_traces(words_of(prepared, reached.done), failure, connection)) {
            ++failure.committed_statements;
        }
    } catch (std::exception const& gone) {
        log::swallowed("looking for what the script has left behind", gone);
        failure.commit_unknown = !reached.in_flight;  // the connection was lost at the same time
    }
    if (failure.committed_statements == all.size() && !failure.in_flight) {
        diagnostic.note("all of {} was committed", prepared.subject.title);
    } else if (failure.undone() && !failure.commit_unknown && !failure.left_invalid_index) {
        diagnostic.note("{} was rolled back", prepared.subject.title);
    } else {
        if (!failure.in_flight && failure.committed_statements < all.size())
            failure.statement = all.size();
        add_script_outcome(diagnostic, failure, prepared);
    }
    throw Failure(std::move(diagnostics), interrupted.exit_code());
}

void throw_lost_script(ScriptFailure const& failure, Prepared const& prepared) {
    auto diagnostic = error("CM0408", "the connection to the server was lost while running {}",
                            prepared.subject.title)
                          .about({.sqlstate = failure.server.disconnect_sqlstate});
    diagnostic.note("{}", failure.server.message);
    add_script_outcome(diagnostic, failure, prepared);
    auto const again = can_run_again(failure, prepared.subject);
    diagnostic.help("{}", again ? "check the server log, then run the command again"
                                : "the server log shows why the connection was lost");
    throw Failure(std::move(diagnostic), again ? ExitCode::cannot_connect : ExitCode::failure);
}

}  // namespace cm::history

// Words for how far a script came.
#include "history/outcome.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.hpp"
#include "history/leftover.hpp"
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
    auto const leftover = look_for_leftover(statement, connection);
    failure.left_invalid_index = !leftover.tidying.empty();
    failure.begun = leftover.effect == Effect::unknown;
    return leftover.effect == Effect::whole && can_be_repeated(statement);
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
    for (auto at = failure.kept; at < end; ++at) {
        auto const words = words_of(prepared, at);
        sets_sequence |= to_lower(words).find("setval") != std::string::npos;
        if (!sql::may_reach_out(words)) continue;
        for (auto const& reach : sql::effects(words).reaches) {
            if (outlives_rollback(reach)) outside.push_back(reach.words);
        }
    }
    if (sets_sequence) {
        diagnostic.note("but sequences keep the values that `setval` gave them");
    }
    if (!outside.empty()) {
        std::sort(outside.begin(), outside.end());
        outside.erase(std::unique(outside.begin(), outside.end()), outside.end());
        diagnostic.note("but what happened outside of the database is not undone: {}",
                        fmt::join(outside, ", "));
    }
}

}  // namespace

bool can_run_again(ScriptFailure const& failure, Subject const& subject) {
    return subject.is_derived ? !failure.begun : failure.undone() && !failure.commit_unknown;
}

void add_outcome(Diagnostic& diagnostic, ScriptFailure const& failure, Prepared const& prepared) {
    auto const is_one = failure.kept == 1;
    if (failure.in_one_transaction && !failure.commit_unknown) {
        diagnostic.note("PostgreSQL undid all of it; the database is as it was before");
    } else if (failure.kept > 0) {
        diagnostic.note("{} of {} {} been carried out and stay{}", up_to(failure.kept),
                        prepared.script.statements.size(), is_one ? "has" : "have",
                        is_one ? "s" : "");
    }
    if (failure.begun && failure.statement) {
        diagnostic.note("statement {} runs outside of a transaction: part of it may stay",
                        *failure.statement + 1);
    } else if (failure.commit_unknown) {
        diagnostic.note(
            "{} may have been committed: the connection was lost before the server "
            "answered",
            failure.kept == 0 ? "it" : "what comes next");
    } else if (failure.kept > 0 && failure.statement && *failure.statement > failure.kept) {
        diagnostic.note("what came after {} was undone", is_one ? "it" : "them");
    } else if (failure.kept == 0 && failure.left_invalid_index) {
        diagnostic.note(
            "nothing of it stays but an invalid index, which is dropped before it is "
            "built again");
    } else if (failure.kept == 0 && !failure.in_one_transaction) {
        diagnostic.note("nothing of it has been carried out and stays");
    }
    add_irrevocable(diagnostic, failure, prepared);
    if (failure.left_invalid_index && failure.kept > 0) {
        diagnostic.note(
            "the invalid index that it left behind is dropped before it is built again");
    }
}

void add_script_outcome(Diagnostic& diagnostic, ScriptFailure const& failure,
                        Prepared const& prepared) {
    add_outcome(diagnostic, failure, prepared);
    if (can_run_again(failure, prepared.subject)) return;
    if (failure.begun || failure.commit_unknown) {
        diagnostic.help(
            "look into the database before you run it again: what stays would be "
            "carried out twice");
    }
    if (failure.kept > 0) {
        diagnostic.help("take {} out of the script before you run it again",
                        failure.kept == 1 ? "the first statement"
                                          : fmt::format("the first {} statements", failure.kept));
    }
}

void add_prepared_transactions(Diagnostic& diagnostic, ScriptFailure const& failure,
                               Prepared const& prepared, pg::Connection& connection) {
    auto const prepares = [&](sql::Statement const& statement) {
        std::string_view const words =
            prepared.text.substr(statement.begin, statement.end - statement.begin);
        auto const first = sql::next_solid_token(words, 0);
        return sql::is_word(words, first, "PREPARE") &&
               sql::is_word(words, sql::next_solid_token(words, first.end), "TRANSACTION");
    };
    auto const& all = prepared.script.statements;
    auto const end = all.begin() + static_cast<std::ptrdiff_t>(std::min(failure.kept, all.size()));
    if (std::none_of(all.begin(), end, prepares)) return;
    try {
        auto const rows = connection.fetch(
            "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = "
            "pg_catalog.current_database() AND strpos($1, gid) > 0 ORDER BY gid",
            {std::string(prepared.text)});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const gid = sql::quote_literal(rows[i].text("gid"));
            diagnostic
                .note("the transaction {} is prepared, and keeps its locks until it is ended", gid)
                .help("`COMMIT PREPARED {};` or `ROLLBACK PREPARED {};` ends it", gid, gid);
        }
    } catch (pg::SqlError const&) {
        // There is more to be said than that this could not be seen.
    }
}

void throw_interrupted_script(Failure const& interrupted, Prepared const& prepared,
                              StepPosition reached, pg::Connection& connection) {
    pg::InterruptsIgnored const looking{};
    auto diagnostics = interrupted.diagnostics();
    auto& diagnostic = diagnostics.front();
    auto const& all = prepared.script.statements;
    ScriptFailure failure{.kept = reached.done, .begun = reached.begun};
    if (reached.begun) failure.statement = reached.done;
    try {
        connection.fetch("SELECT 1");
        if (reached.begun && find_traces(words_of(prepared, reached.done), failure, connection)) {
            ++failure.kept;
        }
    } catch (std::exception const&) {
        failure.commit_unknown = !reached.begun;  // the connection was lost at the same time
    }
    if (failure.kept == all.size() && !failure.begun) {
        diagnostic.note("all of {} was carried out and stays", prepared.subject.title);
    } else if (failure.undone() && !failure.commit_unknown && !failure.left_invalid_index) {
        diagnostic.note("PostgreSQL undid all of {}", prepared.subject.title);
    } else {
        if (!failure.begun && failure.kept < all.size()) failure.statement = all.size();
        add_script_outcome(diagnostic, failure, prepared);
    }
    throw Failure(std::move(diagnostics), interrupted.exit_code());
}

void throw_lost_script(ScriptFailure const& failure, Prepared const& prepared) {
    auto diagnostic = error("CM0408", "the connection to the server was lost while running {}",
                            prepared.subject.title);
    diagnostic.note("{}", failure.server.message);
    add_script_outcome(diagnostic, failure, prepared);
    auto const again = can_run_again(failure, prepared.subject);
    diagnostic.help("{}", again ? "see the server's log, then run the command again"
                                : "the server's log says why the connection was lost");
    throw Failure(std::move(diagnostic), again ? ExitCode::cannot_connect : ExitCode::failure);
}

}  // namespace cm::history

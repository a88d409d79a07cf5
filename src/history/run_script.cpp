// See run_script.hpp.
#include "history/run_script.hpp"

#include <algorithm>
#include <array>

namespace cm::history {
namespace {

constexpr std::string_view begin = "BEGIN;\n";

/// Rolls back what is open and takes back settings, however a script ended.
void tidy(pg::Connection& connection) {
    pg::InterruptsIgnored const tidying{};
    try {
        if (connection.in_transaction()) {
            connection.execute("ROLLBACK");
        }
        connection.execute(connection.reset_statements());
    } catch (pg::SqlError const&) {
        // The connection is gone, and everything that was open with it.
    }
}

class TidyUnlessDone {
  public:
    explicit TidyUnlessDone(pg::Connection& connection) : connection_(connection) {}

    TidyUnlessDone(TidyUnlessDone const&) = delete;
    TidyUnlessDone& operator=(TidyUnlessDone const&) = delete;

    ~TidyUnlessDone() {
        if (!done_) {
            tidy(connection_);
        }
    }

    void done() { done_ = true; }

  private:
    pg::Connection& connection_;
    bool done_ = false;
};

/// PostgreSQL counts characters from 1 in all that was sent; `ahead` of them are ours.
std::optional<std::size_t> offset_in(std::string_view text, int position, std::size_t ahead) {
    auto const own = position - static_cast<int>(ahead);
    return own < 1 ? std::nullopt : std::optional(pg::byte_offset(text, own));
}

std::optional<std::size_t> statement_at(sql::Script const& script, std::size_t offset) {
    auto const after =
        std::find_if(script.statements.begin(), script.statements.end(),
                     [&](auto const& statement) { return statement.begin > offset; });
    if (after == script.statements.begin()) {
        return {};
    }
    return static_cast<std::size_t>(after - script.statements.begin()) - 1;
}

ScriptFailure failure_in_batch(pg::SqlError const& failed, std::string_view text,
                               sql::Script const& script) {
    ScriptFailure failure{.server = failed.server(), .in_one_transaction = true};
    failure.offset = offset_in(text, failed.server().position, begin.size());
    if (failure.offset) {
        failure.statement = statement_at(script, *failure.offset);
    } else if (failed.completed() >= 1 && failed.completed() <= script.statements.size()) {
        failure.statement = failed.completed() - 1;  // the first that succeeded was our BEGIN
    }
    return failure;
}

/// A script with an open string or bracket swallows the words that we put behind it, and
/// PostgreSQL's complaint is about those. Asked about the script alone, it tells the truth; nothing
/// is carried out, for it does not parse.
pg::SqlError complaint_about_script(pg::SqlError const& failed, std::string_view text,
                                    pg::Connection& connection) {
    auto const offset = offset_in(text, failed.server().position, begin.size());
    if (failed.completed() > 0 || !offset || *offset < text.size()) {
        return failed;
    }
    try {
        pg::Transaction const undone(connection);
        connection.execute(text);
    } catch (pg::SqlError const& alone) {
        auto message = alone.server();
        message.position += message.position > 0 ? static_cast<int>(begin.size()) : 0;
        return pg::SqlError(std::move(message));
    }
    return failed;
}

std::optional<ScriptFailure> run_in_one_transaction(std::string_view text,
                                                    sql::Script const& script,
                                                    pg::Connection& connection,
                                                    Recording const& recording) {
    // The line end closes a comment on the script's last line; the settings go back before our own
    // statement runs.
    auto const batch = fmt::format("{}{}\n;{};{};COMMIT", begin, text,
                                   connection.reset_statements(), recording.in_transaction);
    TidyUnlessDone guard(connection);
    try {
        connection.execute(batch);
    } catch (pg::SqlError const& failed) {
        return failure_in_batch(complaint_about_script(failed, text, connection), text, script);
    }
    guard.done();
    return {};
}

/// Undone in one transaction, these may yet succeed with a transaction for each statement.
bool may_succeed_step_by_step(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 3> states{
        "25001",  // the statement refuses a transaction block
        "2D000",  // CALL or DO that commits by itself
        "55P04",  // a new enum value, used before it was committed
    };
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

template <class Function, class... Arguments>
void tell(Function const& function, Arguments... arguments) {
    if (function) {
        function(arguments...);
    }
}

ScriptFailure left_open(sql::Script const& script, std::size_t kept) {
    ScriptFailure failure{.kept = kept};
    failure.server.sqlstate = "25001";
    failure.server.message = "the script begins a transaction and does not end it";
    auto const opening = std::find_if(
        script.statements.rbegin(), script.statements.rend(),
        [](auto const& statement) { return statement.mode == sql::TransactionMode::control; });
    if (opening != script.statements.rend()) {
        failure.statement = static_cast<std::size_t>(script.statements.rend() - opening) - 1;
    }
    return failure;
}

std::optional<ScriptFailure> run_step_by_step(std::string_view text, sql::Script const& script,
                                              pg::Connection& connection,
                                              Recording const& recording) {
    tell(recording.start);
    TidyUnlessDone guard(connection);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < script.statements.size(); ++i) {
        auto const [from, to] = std::pair{script.statements[i].begin, script.statements[i].end};
        auto const statement = text.substr(from, to - from);
        try {
            connection.execute(statement);
        } catch (pg::SqlError const& failed) {
            ScriptFailure failure{.server = failed.server(), .statement = i, .kept = kept};
            auto const offset = offset_in(statement, failed.server().position, 0);
            if (offset) {
                failure.offset = from + *offset;
            }
            return failure;
        }
        if (connection.in_transaction()) {
            continue;
        }
        kept = i + 1;
        tell(recording.step, static_cast<int>(kept));
    }
    if (connection.in_transaction()) {
        return left_open(script, kept);
    }
    guard.done();
    tidy(connection);
    tell(recording.finish);
    return {};
}

}  // namespace

std::optional<ScriptFailure> run_script(std::string_view text, sql::Script const& script,
                                        pg::Connection& connection, Recording const& recording) {
    if (sql::is_transactional(script)) {
        auto failure = run_in_one_transaction(text, script, connection, recording);
        if (!failure || !may_succeed_step_by_step(failure->server.sqlstate)) {
            return failure;
        }
    }
    return run_step_by_step(text, script, connection, recording);
}

}  // namespace cm::history

// See replay.hpp. What reaches out is known before a script runs (sql/effects); that a role is
// missing shows when a statement fails, and the script is run again without it.
#include "history/replay.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/sqlstate.hpp"
#include "history/prepared.hpp"
#include "history/replay_script.hpp"
#include "sql/effects.hpp"
#include "sql/name.hpp"
#include "sql/rewrite.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

using sql::StatementClass;

/// What a routine raises in place of reaching out.
constexpr std::string_view stub_was_called = "CMREP";

std::string described(std::vector<sql::Reach> const& reaches) {
    std::string text{};
    std::string_view last{};
    for (auto const& reach : reaches) {
        auto const what = describe(reach.outside);
        if (!text.empty()) text += ", ";
        text += what == last ? reach.words : fmt::format("{}: {}", what, reach.words);
        last = what;
    }
    return text;
}

bool all_contained(std::vector<sql::Reach> const& reaches) {
    return std::all_of(reaches.begin(), reaches.end(),
                       [](sql::Reach const& reach) { return is_contained(reach.outside); });
}

/// SET of one of the settings that name tablespaces.
bool sets_tablespace(std::string_view statement) {
    auto token = sql::next_significant_token(statement, 0);
    if (!sql::is_word(statement, token, "SET")) return false;
    token = sql::next_significant_token(statement, token.end);
    if (sql::is_word(statement, token, "LOCAL") || sql::is_word(statement, token, "SESSION")) {
        token = sql::next_significant_token(statement, token.end);
    }
    return sql::is_word(statement, token, "DEFAULT_TABLESPACE") ||
           sql::is_word(statement, token, "TEMP_TABLESPACES");
}

/// The role that does not exist, from the server's words; in English alone.
std::optional<std::string> role_in(std::string_view message) {
    constexpr std::string_view opening = "role \"";
    constexpr std::string_view closing = "\" does not exist";
    auto const begin = message.find(opening);
    auto const end = message.find(closing);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
    return std::string{message.substr(begin + opening.size(), end - begin - opening.size())};
}

/// One script on its way.
class ScriptReplay {
  public:
    ScriptReplay(Prepared const& prepared, pg::Connection& connection, ReplayState& state)
        : prepared_(prepared),
          connection_(connection),
          state_(state),
          script_(prepared.text, prepared.script) {}

    /// None if it ran, less what was left out.
    std::optional<ScriptFailure> run() {
        leave_out_what_reaches_out();
        // Nobody will miss a scratch database that a crash takes away.
        RunOptions options{.asynchronous_commit = true};
        while (true) {
            auto const failure =
                run_script(script_.text(), script_.script(), connection_, {}, options);
            if (!failure || failure->connection_lost() || !failure->statement) {
                return failure ? std::optional{script_.translated(*failure)} : std::nullopt;
            }
            auto const translated = script_.translated(*failure);
            if (!can_go_on(translated, script_.original_index(*failure->statement))) {
                return translated;
            }
            if (failure->committed_statements > 0)
                options.resume = StepPosition{.done = failure->committed_statements};
        }
    }

  private:
    bool is_temporary() const { return state_.server == ReplayServer::temporary; }

    LeftOut left_out(std::string words, LeftOutBecause because, std::string detail) const {
        return {prepared_.subject.title, std::move(words), because, std::move(detail)};
    }

    void leave_out(std::size_t index, std::string words, LeftOutBecause because,
                   std::string detail) {
        state_.report.left_out.push_back(left_out(std::move(words), because, std::move(detail)));
        script_.omit(index);
        was_altered_.insert(index);
    }

    void replace(std::size_t index, std::string statement) {
        script_.replace(index, std::move(statement));
        was_altered_.insert(index);
    }

    void leave_out_what_reaches_out() {
        auto const& known = state_.outside_relations;
        auto const is_plain = known.empty() && !sql::may_reach_out(prepared_.text);
        if (is_plain && !is_temporary()) return;
        for (std::size_t i = 0; i < script_.size(); ++i) {
            auto const statement = script_.statement(i);
            if (is_temporary() && runs_what_it_is_given(i, statement)) continue;
            if (known.empty() && !sql::may_reach_out(statement)) continue;
            auto const effects = sql::effects(statement, known);
            state_.outside_relations.insert(effects.outside_relations.begin(),
                                            effects.outside_relations.end());
            if (!effects.reaches.empty()) contain(i, effects);
        }
    }

    /// `SELECT run('COPY …')`: a function that runs its argument has its body on a private server,
    /// which keeps nobody from files and programs.
    bool runs_what_it_is_given(std::size_t index, std::string_view statement) {
        auto const reaches = sql::reaches_in_arguments(statement);
        if (all_contained(reaches)) return false;
        leave_out(index, sql::effects(statement).words, LeftOutBecause::hidden,
                  "it may access " + described(reaches));
        return true;
    }

    void contain(std::size_t index, sql::Effects const& effects) {
        auto const may_run = is_temporary() && all_contained(effects.reaches);
        switch (effects.statement_class) {
            case StatementClass::routine:
                if (!may_run) stub(index, effects);
                return;
            case StatementClass::block:
                if (!may_run) leave_out_hidden(index, effects);
                return;
            case StatementClass::table_as:
                replace(index, sql::without_data(script_.statement(index)));
                return;
            case StatementClass::create_role:
                if (auto role = sql::without_login(script_.statement(index));
                    is_temporary() && role) {
                    script_.replace(index, std::move(*role));
                    return;
                }
                break;
            case StatementClass::role:
                if (is_temporary()) return;
                break;
            case StatementClass::privilege:  // on the database as a whole
                if (is_temporary()) return;
                break;
            default:
                break;
        }
        if (auto role = sql::created_role(script_.statement(index))) {
            state_.created_roles.insert(std::move(*role));
        }
        if (!effects.is_mixed) {
            leave_out(index, in_words(effects), LeftOutBecause::reaches_out, {});
        } else if (!may_run) {
            leave_out_hidden(index, effects);
        }
    }

    /// A statement that is itself what reaches out needs no second name.
    static std::string in_words(sql::Effects const& effects) {
        auto const& first = effects.reaches.front().words;
        auto const is_call = first.ends_with("()") || first.ends_with('`');
        auto const is_query = effects.statement_class == StatementClass::query ||
                              effects.statement_class == StatementClass::data;
        if (is_query && effects.words.ends_with(first)) return effects.words;
        return is_query && is_call ? fmt::format("{} with {}", effects.words, first) : first;
    }

    void leave_out_hidden(std::size_t index, sql::Effects const& effects) {
        auto detail = "it accesses " + described(effects.reaches);
        if (state_.server == ReplayServer::real && all_contained(effects.reaches)) {
            throw NeedsPrivateServer(
                left_out(effects.words, LeftOutBecause::hidden, std::move(detail)));
        }
        leave_out(index, effects.words, LeftOutBecause::hidden, std::move(detail));
    }

    void stub(std::size_t index, sql::Effects const& effects) {
        auto statement = sql::with_stub_body(script_.statement(index), stub_was_called);
        if (!statement) {
            leave_out_hidden(index, effects);
            return;
        }
        state_.has_contained_stubs = state_.has_contained_stubs || all_contained(effects.reaches);
        replace(index, std::move(*statement));
    }

    /// True if the script may yet run, in another form.
    bool can_go_on(ScriptFailure const& failure, std::size_t index) {
        auto const& state = failure.server.sqlstate;
        auto const statement = std::string{script_.statement(index)};
        if (state == stub_was_called) return settle_call(index, statement);
        if ((state == sqlstate::undefined_object || state == sqlstate::invalid_parameter_value) &&
            (settle_roles(failure, index, statement) || settle_tablespaces(index, statement))) {
            return true;
        }
        if (was_altered_.contains(index)) return false;
        if (state == sqlstate::invalid_sql_statement_name ||
            state == sqlstate::invalid_cursor_name) {
            return settle_follower(index, statement);
        }
        auto const effects = sql::effects(statement);
        auto const is_about_role =
            effects.statement_class == StatementClass::role ||
            effects.statement_class == StatementClass::create_role ||
            (effects.statement_class == StatementClass::privilege && !effects.reaches.empty());
        if (!is_temporary() || !is_about_role || effects.is_mixed) return false;
        leave_out(index, in_words(effects), LeftOutBecause::reaches_out, {});
        return true;
    }

    /// A routine that reaches out was called.
    bool settle_call(std::size_t index, std::string const& statement) {
        auto const effects = sql::effects(statement);
        auto left = left_out(effects.words, LeftOutBecause::hidden,
                             "it calls a function that reaches outside of the database");
        if (state_.server == ReplayServer::real && state_.has_contained_stubs) {
            throw NeedsPrivateServer(std::move(left));
        }
        auto const is_data = effects.statement_class == StatementClass::data;
        leave_out(index, left.words, is_data ? LeftOutBecause::reaches_out : left.because,
                  is_data ? std::string{} : left.detail);
        return true;
    }

    /// EXECUTE and FETCH of what was left out.
    bool settle_follower(std::size_t index, std::string const& statement) {
        if (state_.report.left_out.empty()) return false;
        leave_out(index, sql::effects(statement).words, LeftOutBecause::reaches_out, {});
        return true;
    }

    bool is_there(std::string_view query, std::string const& name) {
        return !connection_.fetch(query, {name}).empty();
    }

    std::vector<std::string> missing_roles(ScriptFailure const& failure,
                                           std::string const& statement) {
        std::vector<std::string> names{};
        for (auto const& role : sql::named_roles(statement)) names.push_back(role.name);
        // A block may put the name together; the server says which one it was.
        if (auto name = role_in(failure.server.message)) names.push_back(std::move(*name));
        std::vector<std::string> missing{};
        for (auto const& name : names) {
            if (std::find(missing.begin(), missing.end(), name) == missing.end() &&
                !is_there("SELECT FROM pg_catalog.pg_roles WHERE rolname = $1", name)) {
                missing.push_back(name);
            }
        }
        return missing;
    }

    /// The migrations themselves make these roles: they are missing only until they are deployed.
    bool are_created_here(std::vector<std::string> const& roles) const {
        return std::all_of(roles.begin(), roles.end(), [&](std::string const& role) {
            return state_.created_roles.contains(role);
        });
    }

    bool settle_roles(ScriptFailure const& failure, std::size_t index,
                      std::string const& statement) {
        auto const missing = missing_roles(failure, statement);
        if (missing.empty()) return false;
        if (is_temporary()) {
            for (auto const& role : missing) {
                connection_.execute(
                    fmt::format("CREATE ROLE {} NOLOGIN", sql::quote_identifier(role)));
            }
            return true;
        }
        auto const effects = sql::effects(statement);
        auto const names = fmt::format("`{}`", fmt::join(missing, "`, `"));
        if (effects.statement_class == StatementClass::privilege) {
            leave_out_for_role(index, effects.words, missing);
            return true;
        }
        auto without = sql::with_current_user(statement, missing);
        if (!was_altered_.contains(index) && without != statement) {
            if (!are_created_here(missing)) {
                state_.report.left_out.push_back(
                    left_out(fmt::format("the role in {}", effects.words),
                             LeftOutBecause::role_missing, names));
            }
            replace(index, std::move(without));
            return true;
        }
        auto detail = fmt::format("missing role: {}", names);
        if (state_.server == ReplayServer::real) {
            throw NeedsPrivateServer(
                left_out(effects.words, LeftOutBecause::hidden, std::move(detail)));
        }
        leave_out(index, effects.words, LeftOutBecause::hidden, std::move(detail));
        return true;
    }

    void leave_out_for_role(std::size_t index, std::string const& words,
                            std::vector<std::string> const& missing) {
        auto const names = fmt::format("`{}`", fmt::join(missing, "`, `"));
        if (are_created_here(missing)) {
            leave_out(index, fmt::format("{} (for {})", words, names), LeftOutBecause::reaches_out,
                      {});
        } else {
            leave_out(index, words, LeftOutBecause::role_missing, names);
        }
    }

    /// Where something is stored has no part in the schema.
    bool settle_tablespaces(std::size_t index, std::string const& statement) {
        if (was_altered_.contains(index)) return false;
        if (sets_tablespace(statement)) {
            leave_out(index, sql::effects(statement).words, LeftOutBecause::reaches_out, {});
            return true;
        }
        auto const names = sql::named_tablespaces(statement);
        auto const are_there =
            std::all_of(names.begin(), names.end(), [&](std::string const& name) {
                return is_there("SELECT FROM pg_catalog.pg_tablespace WHERE spcname = $1", name);
            });
        if (are_there) return false;
        replace(index, sql::with_default_tablespace(statement));
        return true;
    }

    Prepared const& prepared_;
    pg::Connection& connection_;
    ReplayState& state_;
    AlteredScript script_;
    std::set<std::size_t> was_altered_{};
};

void replay(Prepared const& prepared, ExitCode exit_code, pg::Connection& connection,
            SourceMap const& sources, ReplayState& state) {
    auto const failure = ScriptReplay(prepared, connection, state).run();
    if (!failure) return;
    throw_if_lost(*failure, prepared.subject);
    auto diagnostic =
        failure_diagnostic(*failure, prepared.subject, prepared.script, sources, connection);
    diagnostic.note("this happened in the scratch database in which the migrations are replayed");
    for (auto const& one : state.report.left_out) {
        if (one.because == LeftOutBecause::hidden) {
            diagnostic.note("{} in {} was skipped, and may be what is missing", one.words,
                            one.script);
        }
    }
    diagnostic.help(
        "correct the file: the migrations must run from first to last on an empty database");
    throw Failure(std::move(diagnostic), exit_code);
}

}  // namespace

void replay(Migration const& migration, pg::Connection& connection, SourceMap& sources,
            ReplayState& state) {
    auto const prepared = prepare("CM0505", migration, sources);
    replay(prepared, ExitCode::failed_migration, connection, sources, state);
}

void replay_script(std::string_view name, std::string_view script, pg::Connection& connection,
                   SourceMap& sources, ReplayState& state) {
    auto const prepared =
        prepare("CM0506", fmt::format("`{}`", name), std::string{name}, script, sources);
    replay(prepared, ExitCode::failure, connection, sources, state);
}

bool stands_for(std::string_view stub, std::string_view definition) {
    return sql::is_stub_of(stub, definition, stub_was_called);
}

}  // namespace cm::history

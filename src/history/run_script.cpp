// See run_script.hpp.
#include "history/run_script.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "history/error_place.hpp"
#include "history/notices.hpp"
#include "history/partial_effects.hpp"
#include "history/retry.hpp"
#include "history/session_reset.hpp"
#include "history/statement_nature.hpp"
#include "history/transaction_batch.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

/// One run of one script.
class Runner {
  public:
    Runner(std::string_view text, sql::Script const& script, pg::Connection& connection,
           Recording const& recording, RunOptions const& options)
        : text_(text),
          script_(script),
          connection_(connection),
          recording_(recording),
          options_(options),
          plan_(execution_units(text, script)),
          lock_(lock_statements(text, options)),
          own_lock_timeout_(to_lower(text).find("lock_timeout") != std::string::npos) {}

    std::optional<ScriptFailure> run() {
        SessionReset guard(connection_, lock_.restore);
        if (!options_.resume && plan_.size() == 1 && is_transaction(plan_.front())) {
            auto failure = carry_out(plan_.front(), Extent::whole);
            if (!failure) {
                guard.is_tidy();
                return {};
            }
            if (!refine(*failure)) {
                failure->in_one_transaction = true;
                return failure;
            }
        }
        if (auto refused = begin()) return refused;
        while (!plan_.empty()) {
            auto failure = carry_out(plan_.front(), Extent::part);
            if (failure && !refine(*failure)) {
                return failure;
            }
            if (!failure) {
                plan_.erase(plan_.begin());
            }
        }
        return {};
    }

  private:
    enum class Extent { whole, part };

    static bool is_transaction(ExecutionUnit const& unit) {
        return unit.kind == ExecutionUnitKind::in_transaction ||
               unit.kind == ExecutionUnitKind::explicit_transaction;
    }

    std::string_view words(std::size_t statement) const {
        auto const& found = script_.statements[statement];
        return text_.substr(found.begin, found.end - found.begin);
    }

    std::vector<std::string_view> data_of(std::size_t statement) const {
        auto const& found = script_.statements[statement];
        return {text_.substr(found.data_begin, found.data_end - found.data_begin)};
    }

    /// One statement by itself.
    void carry_out(std::string_view statement, std::size_t at) {
        NoticesHeard const heard(connection_, options_);
        connection_.execute(statement, data_of(at));
        connection_.keep_utf8();
    }

    /// Whatever speaks against going on is found before the record says that it is done.
    std::optional<ScriptFailure> begin() {
        if (options_.resume) {
            if (auto refused = resume()) return refused;
        }
        if (recording_.start) {
            recording_.start();
        }
        if (auto const limits = limit_statements(options_, Validity::session); !limits.empty()) {
            connection_.execute(limits);
        }
        if (plan_.empty()) {
            note_now({committed_statements_, false});  // the rest was taken out of the file
        }
        return {};
    }

    std::optional<ScriptFailure> resume() {
        committed_statements_ = options_.resume->done;
        plan_ = from(std::move(plan_), committed_statements_);
        if (options_.resume->in_flight && !plan_.empty()) {
            if (plan_.front().kind == ExecutionUnitKind::in_transaction) {
                plan_ = isolate_statement(std::move(plan_), committed_statements_);
            }
            if (plan_.front().kind == ExecutionUnitKind::no_transaction) {
                doubted_ = look(words(committed_statements_));
                if (doubted_->effect == Effect::unknown) {
                    return ScriptFailure{.statement = committed_statements_,
                                         .committed_statements = committed_statements_,
                                         .in_flight = true,
                                         .effect_unknown = true};
                }
            }
        }
        return repeat_settings();
    }

    /// What the statements that are not carried out again have set for the session.
    std::optional<ScriptFailure> repeat_settings() {
        for (std::size_t i = 0; i < committed_statements_ && i < script_.statements.size(); ++i) {
            if (!sets_session(words(i))) continue;
            try {
                connection_.execute(words(i));
                connection_.keep_utf8();
            } catch (pg::SqlError const& failed) {
                auto failure = blamed(i, failed);
                failure.in_flight = options_.resume->in_flight;
                failure.not_resumed = true;
                return failure;
            }
        }
        return {};
    }

    std::optional<ScriptFailure> carry_out(ExecutionUnit const& unit, Extent extent) {
        for (int attempt = 1;; ++attempt) {
            auto failure = once(unit, extent);
            if (!failure) {
                committed_statements_ = unit.end;
                reach({committed_statements_, false});
                return {};
            }
            failure->committed_statements = committed_statements_;
            auto const repeatable =
                is_transaction(unit) ||
                (unit.kind == ExecutionUnitKind::no_transaction && !failure->in_flight);
            if (failure->connection_lost() || failure->effect_unknown) {
                return failure;
            }
            roll_back(connection_, lock_.restore);
            if (!repeatable || !try_again(failure->server, attempt, options_)) {
                return failure;
            }
        }
    }

    std::optional<ScriptFailure> once(ExecutionUnit const& unit, Extent extent) {
        switch (unit.kind) {
            case ExecutionUnitKind::in_transaction:
            case ExecutionUnitKind::explicit_transaction:
                return in_transaction(unit, extent);
            case ExecutionUnitKind::no_transaction:
                return run_outside_transaction(unit.begin);
            case ExecutionUnitKind::unmanaged:
                return run_unmanaged(unit);
        }
        return {};
    }

    std::optional<ScriptFailure> in_transaction(ExecutionUnit const& unit, Extent extent) {
        auto const whole = extent == Extent::whole;
        return run_transaction({.text = text_,
                                .script = script_,
                                .unit = unit,
                                .record = whole ? recording_.insert : note({unit.end}),
                                .limits = options_,
                                .lock = lock_,
                                .is_whole = whole},
                               connection_);
    }

    void reach(StepPosition position) const {
        if (options_.reached) options_.reached(position);
    }

    std::string note(StepPosition position) const {
        return recording_.note ? recording_.note(position) : std::string{};
    }

    void note_now(StepPosition position, std::string const& also = {}) {
        auto const statement = note(position);
        if (!statement.empty() || !also.empty() || !lock_.restore.empty()) {
            connection_.execute(fmt::format("BEGIN;{};{};{};{};COMMIT;{}", lock_.hold,
                                            restore_session_role, statement, lock_.restore, also));
        }
    }

    /// Where waiting holds up nobody, the limit would only throw away long work.
    std::string lock_limit(std::string_view statement, std::chrono::milliseconds limit) const {
        if (options_.lock_timeout.count() == 0 || own_lock_timeout_ ||
            !is_concurrent_ddl(statement)) {
            return {};
        }
        return fmt::format("SET lock_timeout = {}", limit.count());
    }

    std::optional<ScriptFailure> run_outside_transaction(std::size_t at) {
        auto const statement = words(at);
        auto const doubted = std::exchange(doubted_, {});
        auto const partial = doubted ? *doubted : look(statement);
        if (!doubted || partial.effect != Effect::whole) {
            note_now({at, true}, lock_limit(statement, std::chrono::milliseconds{0}));
            reach({at, true});
            if (auto failure = outside(at, partial)) {
                return failure;
            }
        }
        note_now({at + 1, false}, lock_limit(statement, options_.lock_timeout));
        return {};
    }

    PartialEffects look(std::string_view statement) {
        try {
            return inspect_partial_effects(statement, connection_);
        } catch (pg::SqlError const& failed) {
            if (failed.connection_lost()) {
                throw;
            }
            log::swallowed("looking for what the statement has left behind", failed);
            return {.effect = Effect::unknown};
        }
    }

    /// DISCARD ALL would give our lock away, and for that alone: it is carried out piece by piece.
    std::string expand_discard_all(std::string_view statement) const {
        auto const first = sql::next_significant_token(statement, 0);
        auto const second = sql::next_significant_token(statement, first.end);
        if (!sql::is_word(statement, first, "DISCARD") || !sql::is_word(statement, second, "ALL")) {
            return {};
        }
        return fmt::format("{};{};DISCARD PLANS;DISCARD SEQUENCES;{}{}",
                           connection_.reset_statements(), drop_session_objects,
                           lock_.hold.empty() ? "SELECT pg_catalog.pg_advisory_unlock_all();" : "",
                           limit_statements(options_, Validity::session));
    }

    std::optional<ScriptFailure> outside(std::size_t at, PartialEffects const& partial) {
        auto const statement = words(at);
        try {
            for (auto const& tidying : partial.tidying) {
                connection_.execute(tidying);
            }
            auto const instead =
                partial.instead.empty() ? expand_discard_all(statement) : partial.instead;
            carry_out(instead.empty() ? statement : std::string_view(instead), at);
            return {};
        } catch (pg::SqlError const& failed) {
            auto failure = blamed(at, failed);
            failure.in_flight = failure.connection_lost() || !can_be_repeated(statement);
            failure.left_invalid_index =
                !failure.connection_lost() && !look(statement).tidying.empty();
            return failure;
        }
    }

    ScriptFailure blamed(std::size_t at, pg::SqlError const& failed) const {
        ScriptFailure failure{.server = failed.server(),
                              .statement = at,
                              .committed_statements = committed_statements_};
        auto const offset = pg::byte_offset(words(at), failed.server().position);
        if (failed.server().position > 0 && points_into(words(at), offset, failed.server())) {
            failure.offset = script_.statements[at].begin + offset;
        }
        return failure;
    }

    std::optional<ScriptFailure> run_unmanaged(ExecutionUnit const& unit) {
        for (auto i = unit.begin; i < unit.end; ++i) {
            auto const commits = is_commit(words(i)) && connection_.in_transaction();
            try {
                if (is_in_chain(i)) connection_.execute("BEGIN");
                if (commits) note_before_commit({i + 1, false});
                carry_out(words(i), i);
            } catch (pg::SqlError const& failed) {
                return blamed(i, failed);
            }
            if (commits || !connection_.in_transaction()) {
                committed_statements_ = i + 1;
                reach({committed_statements_, false});
                if (!commits) note_now({committed_statements_, false});
            }
        }
        return connection_.in_transaction() ? std::optional{left_open(unit)} : std::nullopt;
    }

    /// The transaction that goes on behind AND CHAIN is not there if the run begins here.
    bool is_in_chain(std::size_t at) const {
        return at > 0 && at == committed_statements_ && chains(words(at - 1)) &&
               !connection_.in_transaction();
    }

    /// With what is committed, so that the record says so exactly if it was. Behind AND CHAIN the
    /// next transaction is open, and the record would end with it.
    void note_before_commit(StepPosition position) {
        auto const statement = note(position);
        if (!statement.empty()) {
            connection_.execute(fmt::format("{};{}", restore_session_role, statement));
        }
    }

    ScriptFailure left_open(ExecutionUnit const& unit) const {
        ScriptFailure failure{.committed_statements = committed_statements_};
        failure.server.sqlstate = sqlstate::active_sql_transaction;
        failure.server.message = "the script begins a transaction and does not end it";
        for (auto i = unit.begin; i < unit.end; ++i) {
            if (script_.statements[i].mode == sql::TransactionMode::control) {
                failure.statement = i;
            }
        }
        return failure;
    }

    /// Undone in one transaction, a stretch may yet succeed in smaller ones: true if the plan has
    /// changed.
    bool refine(ScriptFailure const& failure) {
        if (plan_.front().kind != ExecutionUnitKind::in_transaction || !failure.statement) {
            return false;
        }
        auto const at = *failure.statement;
        auto const& state = failure.server.sqlstate;
        // A new enum value can be used only after it was committed.
        if (state == sqlstate::unsafe_new_enum_value_usage && at > plan_.front().begin) {
            plan_ = split_at(std::move(plan_), at);
            return true;
        }
        if ((state == sqlstate::active_sql_transaction && may_refuse_transaction(words(at))) ||
            (state == sqlstate::invalid_transaction_termination && may_commit(words(at)))) {
            plan_ = isolate_statement(std::move(plan_), at);
            return true;
        }
        return false;
    }

    std::string_view text_;
    sql::Script const& script_;
    pg::Connection& connection_;
    Recording const& recording_;
    RunOptions const& options_;
    std::vector<ExecutionUnit> plan_{};
    LockStatements lock_{};
    bool own_lock_timeout_{};  ///< the script has a mind of its own about it
    std::size_t committed_statements_ = 0;
    std::optional<PartialEffects>
        doubted_{};  ///< of the next statement, which may have taken effect
};

}  // namespace

std::optional<ScriptFailure> run_script(std::string_view text, sql::Script const& script,
                                        pg::Connection& connection, Recording const& recording,
                                        RunOptions const& options) {
    return Runner(text, script, connection, recording, options).run();
}

}  // namespace cm::history

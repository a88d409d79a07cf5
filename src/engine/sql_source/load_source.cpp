// See load_source.hpp.
#include "engine/sql_source/load_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/sqlstate.hpp"
#include "engine/sql_source/load_report.hpp"
#include "sql/effects.hpp"
#include "sql/name.hpp"

namespace cm::engine {
namespace {

/// What a statement meets that needs something which comes later.
bool may_come_yet(std::string_view state) {
    constexpr std::array<std::string_view, 11> states{sqlstate::undefined_table,
                                                      sqlstate::undefined_function,
                                                      sqlstate::undefined_column,
                                                      sqlstate::undefined_object,
                                                      sqlstate::invalid_schema_name,
                                                      sqlstate::invalid_foreign_key,
                                                      sqlstate::invalid_column_reference,
                                                      sqlstate::cannot_coerce,
                                                      sqlstate::datatype_mismatch,
                                                      sqlstate::invalid_object_definition,
                                                      sqlstate::object_not_in_prerequisite_state};
    return std::find(states.begin(), states.end(), state) != states.end();
}

class Load {
  public:
    Load(SourceText const& text, LoadPlace place, SourceMap const& sources)
        : text_(text), place_(std::move(place)), sources_(sources) {
        tasks_.reserve(text.items.size());
        for (auto const& item : text.items) {
            if (auto const& object = item.statement.object)
                makers_[object->name].push_back(tasks_.size());
            tasks_.push_back({item});
        }
    }

    void run() {
        place_.connection.on_notice([this](pg::ServerMessage const& notice) { hear(notice); });
        come_in_turn();
        finish();
        place_.connection.on_notice({});
        settle(place_.connection, 0);
        check_bodies();
        report_failures({text_, tasks_, makers_, sources_, place_.connection});
    }

  private:
    /// What waits for something of its own phase is not passed by later ones, for which it may
    /// count though they can do without (a default operator class).
    void come_in_turn() {
        if (text_.is_dump) return;
        for (auto const& task : tasks_) {
            auto const phase = task.item.statement.phase;
            if (phase == last_phase_) continue;
            if (phase >= sql::SourcePhase::default_privileges) finish();
            last_phase_ = phase;
            while (pass(true)) {
            }
        }
    }

    void finish() {
        while (pass(true) || pass(false) || pass_without_bodies()) {
        }
    }

    /// Tries what is pending, in order; `patiently`: not before what it waits for is done, and what
    /// is done to one object in order, but not before it is made. False if nothing came of it.
    bool pass(bool patiently) {
        auto progress = false;
        std::set<sql::QualifiedName> held{}, unmade{};
        for (auto& task : tasks_) {
            if (task.state != LoadState::pending || is_later(task)) continue;
            auto const& object = task.item.statement.object;
            auto const creates = task.item.statement.creates;
            auto const is_held = object && (creates ? unmade : held).contains(*object);
            if (!(patiently && (is_held || is_waiting(tasks_, task))) && attempt(task))
                progress = true;
            if (!object || task.state != LoadState::pending) continue;
            held.insert(*object);
            if (creates) unmade.insert(*object);
        }
        return progress;
    }

    bool is_later(LoadTask const& task) const {
        return last_phase_ && task.item.statement.phase > *last_phase_;
    }

    /// Functions that call each other: whether their bodies are right is asked in the end.
    bool pass_without_bodies() {
        auto progress = false;
        for (auto& task : tasks_) {
            if (task.state != LoadState::pending || !task.item.statement.makes_routine) continue;
            auto const made = made_without_check(task);
            unchecked_.insert(unchecked_.end(), made.begin(), made.end());
            progress = progress || !made.empty();
        }
        return progress;
    }

    struct Unchecked {
        std::size_t task{};
        std::string routine{};  ///< its oid
        std::string validator{};
    };

    std::vector<Unchecked> made_without_check(LoadTask& task) {
        constexpr std::string_view made =
            "SELECT p.oid::text AS routine, l.lanvalidator::pg_catalog.regproc::text AS validator "
            "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang "
            "WHERE p.xmin::text = (pg_catalog.txid_current() % 4294967296)::text "
            "AND l.lanvalidator <> 0";
        auto& connection = place_.connection;
        settle(connection, task.item.settings);
        try {
            pg::Transaction transaction(connection);
            connection.execute("SET LOCAL check_function_bodies = off");
            connection.execute(task.item.statement.text);
            auto const rows = connection.fetch(made);
            std::vector<Unchecked> found{};
            for (std::size_t i = 0; i < rows.size(); ++i) {
                found.push_back(
                    {index_of(task), rows[i].text("routine"), rows[i].text("validator")});
            }
            transaction.commit();
            task.state = LoadState::done;
            return found;
        } catch (pg::SqlError const& failed) {
            note(task, failed);
            return {};
        }
    }

    void check_bodies() {
        for (auto const& [index, routine, validator] : unchecked_) {
            auto& task = tasks_[index];
            settle(place_.connection, task.item.settings);
            try {
                place_.connection.fetch(fmt::format("SELECT {}($1::oid)", validator), {routine});
            } catch (pg::SqlError const& failed) {
                note(task, failed);
                task.state = LoadState::failed;
            }
        }
    }

    std::size_t index_of(LoadTask const& task) const {
        return static_cast<std::size_t>(&task - tasks_.data());
    }

    /// False if nothing has changed.
    bool attempt(LoadTask& task) {
        exists_already_.reset();
        try {
            execute(place_.connection, task);
        } catch (pg::SqlError const& failed) {
            note(task, failed);
            if (!may_go_on(task, failed.server())) return task.state != LoadState::pending;
        }
        task.state = LoadState::done;
        auto const& statement = task.item.statement;
        if (exists_already_ && statement.creates && statement.is_optional &&
            !is_there_from_the_start(statement)) {
            task.state = LoadState::failed;
            task.error = std::move(exists_already_);
        }
        return true;
    }

    /// CREATE … IF NOT EXISTS is no second definition of what the database has from the start.
    static bool is_there_from_the_start(sql::SourceStatement const& statement) {
        return statement.phase == sql::SourcePhase::schema ||
               statement.phase == sql::SourcePhase::extension;
    }

    void execute(pg::Connection& connection, LoadTask const& task) {
        settle(connection, task.item.settings);
        connection.execute(task.item.statement.text);
    }

    /// True if the statement has run in the end.
    bool may_go_on(LoadTask& task, pg::ServerMessage const& server) {
        auto const& statement = task.item.statement;
        if (is_present_schema(statement, server)) return true;
        if (place_.superuser == nullptr && statement.is_of_owner_alone &&
            server.sqlstate == sqlstate::insufficient_privilege)
            return true;
        if (place_.superuser == nullptr) {
            settle_failure(task, server);
            return false;
        }
        auto const is_refused = server.sqlstate == sqlstate::insufficient_privilege;
        if (!(is_refused && statement.is_inert) && !make_missing_roles(task)) {
            settle_failure(task, server);
            return false;
        }
        try {
            execute(is_refused || statement.phase == sql::SourcePhase::privilege ||
                            statement.phase == sql::SourcePhase::default_privileges
                        ? *place_.superuser
                        : place_.connection,
                    task);
            return true;
        } catch (pg::SqlError const& failed) {
            note(task, failed);
            settle_failure(task, failed.server());
            return false;
        }
    }

    bool is_present_schema(sql::SourceStatement const& statement,
                           pg::ServerMessage const& server) const {
        return statement.phase == sql::SourcePhase::schema && statement.creates &&
               server.sqlstate == sqlstate::duplicate_schema && statement.object &&
               (statement.object->name == "public" ||
                place_.present_schemas.contains(statement.object->name));
    }

    void settle_failure(LoadTask& task, pg::ServerMessage const& server) {
        if (!may_come_yet(server.sqlstate)) {
            task.state = LoadState::failed;
            return;
        }
        task.waits_for.clear();
        for (auto const& name : sql::names_in(task.item.statement.text)) {
            auto const makers = makers_.find(name);
            if (makers == makers_.end()) continue;
            for (auto const index : makers->second) {
                if (index != index_of(task) && !comes_later(index, task))
                    task.waits_for.push_back(index);
            }
        }
    }

    /// What is done to the same object behind it waits itself.
    bool comes_later(std::size_t index, LoadTask const& task) const {
        auto const& other = tasks_[index].item.statement;
        return index > index_of(task) && !other.creates && other.object &&
               other.object == task.item.statement.object;
    }

    /// Without login. False if none is missing.
    bool make_missing_roles(LoadTask const& task) {
        auto made = false;
        for (auto const& role : sql::named_roles(task.item.statement.text)) {
            auto& superuser = *place_.superuser;
            auto const known =
                superuser.fetch("SELECT FROM pg_catalog.pg_roles WHERE rolname = $1", {role.name});
            if (!known.empty()) continue;
            auto const name = sql::quote_identifier(role.name);
            superuser.execute(fmt::format("CREATE ROLE {} NOLOGIN", name));
            made = true;
        }
        return made;
    }

    void note(LoadTask& task, pg::SqlError const& failed) {
        if (failed.connection_lost()) pg::throw_failure(failed, "loading the schema");
        task.error = failed.server();
    }

    void hear(pg::ServerMessage const& notice) {
        auto const& state = notice.sqlstate;
        if (state == sqlstate::duplicate_table || state == sqlstate::duplicate_object)
            exists_already_ = notice;
    }

    /// The settings under which a statement was written.
    void settle(pg::Connection& connection, std::size_t settings) {
        auto& current = connection.backend_pid() == place_.connection.backend_pid()
                            ? settings_
                            : superuser_settings_;
        if (current == settings) return;
        connection.execute(
            "RESET search_path; RESET default_tablespace; RESET default_table_access_method; "
            "RESET check_function_bodies;");
        if (!text_.settings[settings].empty()) connection.execute(text_.settings[settings]);
        current = settings;
    }

    SourceText const& text_;
    LoadPlace place_;
    SourceMap const& sources_;
    std::vector<LoadTask> tasks_{};
    Makers makers_{};
    std::optional<sql::SourcePhase> last_phase_{};  ///< whose turn it is
    std::vector<Unchecked> unchecked_{};
    std::optional<pg::ServerMessage> exists_already_{};  ///< of the statement that runs
    std::size_t settings_{};                             ///< of the connection, as they are now
    std::size_t superuser_settings_{};
};

}  // namespace

void load_source(SourceText const& text, LoadPlace const& place, SourceMap const& sources) {
    Load(text, place, sources).run();
}

}  // namespace cm::engine

// Locks from pg_locks, reads from pg_stat_xact_user_tables and the server's messages of level
// DEBUG, rewrites from the files' numbers.
#include "relation_effects/measurement.hpp"

#include <fmt/format.h>

#include <chrono>
#include <future>
#include <regex>
#include <thread>
#include <vector>

namespace cm::test {
namespace {

using Messages = std::vector<std::string>;

constexpr char const* relations =
    "SELECT c.oid, c.oid::regclass::text AS name, relkind, pg_relation_filenode(c.oid) AS file, "
    "pg_relation_size(c.oid) = 0 AS is_empty FROM pg_class c WHERE c.relnamespace = "
    "'shop'::regnamespace AND relkind <> 'c'";

constexpr char const* reads = "SELECT relid, seq_scan FROM pg_stat_xact_user_tables";

struct Relation {
    std::string name{};
    std::string kind{};  ///< pg_class.relkind
    std::string file{};
    bool is_empty{};
};

using Relations = std::map<std::string, Relation>;  // by oid

Relations relations_of(pg::Connection& connection) {
    Relations found{};
    auto const rows = connection.fetch(relations);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found[rows[i].text("oid")] = {rows[i].text("name"), rows[i].text("relkind"),
                                      rows[i].text("file"), rows[i].boolean("is_empty")};
    }
    return found;
}

std::map<std::string, std::int64_t> reads_of(pg::Connection& connection) {
    std::map<std::string, std::int64_t> found{};
    auto const rows = connection.fetch(reads);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found[rows[i].text("relid")] = rows[i].integer("seq_scan");
    }
    return found;
}

void add_locks(Measurement& measured, pg::Connection& observer, Relations const& before, int pid) {
    auto const rows = observer.fetch(fmt::format(
        "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database()) AND pid = {}",
        pid));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const relation = before.find(rows[i].text("relation"));
        if (relation == before.end()) continue;
        auto& effect = measured[relation->second.name];
        effect.lock = sql::stronger(effect.lock, sql::lock_mode_named(rows[i].text("mode")));
    }
}

/// An index with a new file has been built; a sequence is one row. What has been emptied has a new
/// file, too, and nothing was read for it.
void add_rewrites(Measurement& measured, Relations const& before, Relations const& after) {
    for (auto const& [oid, relation] : before) {
        auto const now = after.find(oid);
        if (now == after.end() || now->second.file == relation.file || relation.kind == "S")
            continue;
        auto& effect = measured[relation.name];
        if (relation.kind == "i") {
            effect.builds_index = true;
        } else if (now->second.is_empty) {
            effect.builds_index = effect.scans = false;
        } else {
            effect.rewrites = true;
        }
    }
}

/// `building index "i" on table "t" serially`, `verifying table "t"`, `vacuuming "d.s.t"`.
void add_messages(Measurement& measured, Messages const& messages) {
    std::regex const building{"^building index \"[^\"]*\" on table \"([^\"]*)\".*"};
    std::regex const reading{
        "^(?:verifying table|rewriting table|(?:aggressively )?vacuuming) "
        "\"(?:[^\".]*\\.)*([^\".]*)\".*"};
    for (auto const& message : messages) {
        std::smatch match{};
        if (std::regex_match(message, match, building)) measured[match[1]].builds_index = true;
        if (std::regex_match(message, match, reading)) measured[match[1]].scans = true;
    }
}

/// Hears what the server says to a session while it lives.
class Listener {
  public:
    explicit Listener(pg::Connection& connection) : connection_(connection) {
        connection.execute("SET search_path = shop; SET client_min_messages = debug2");
        connection.on_notice(
            [this](pg::ServerMessage const& message) { messages_.push_back(message.message); });
    }

    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;

    ~Listener() { connection_.on_notice({}); }

    Messages const& messages() const { return messages_; }

  private:
    pg::Connection& connection_;
    Messages messages_{};
};

bool is_ready(std::future<void> const& work) {
    return work.wait_for(std::chrono::milliseconds(5)) == std::future_status::ready;
}

/// `worker` and `holder` are process numbers.
bool waits_for(pg::Connection& observer, int worker, int holder) {
    return observer
        .fetch(fmt::format("SELECT {} = ANY (pg_blocking_pids({})) AS waits", holder, worker))[0]
        .boolean("waits");
}

/// The locks that it has and waits for; false if it never waited.
bool watch(Measurement& measured, pg::Connection& observer, Relations const& before, int worker,
           int holder, std::future<void> const& work) {
    while (!is_ready(work)) {
        if (!waits_for(observer, worker, holder)) continue;
        add_locks(measured, observer, before, worker);
        return true;
    }
    return false;
}

}  // namespace

Measurement measure_in_transaction(pg::Connection& connection, std::string const& statement) {
    Measurement measured{};
    connection.execute("SET search_path = shop");
    auto const before = relations_of(connection);
    pg::Transaction const transaction(connection);
    auto const reads_before = reads_of(connection);
    Listener const listener(connection);
    connection.execute(statement);
    for (auto const& [oid, count] : reads_of(connection)) {
        auto const earlier = reads_before.find(oid);
        auto const relation = before.find(oid);
        if (relation == before.end()) continue;
        if (count > (earlier == reads_before.end() ? 0 : earlier->second)) {
            measured[relation->second.name].scans = true;
        }
    }
    add_messages(measured, listener.messages());
    add_locks(measured, connection, before, connection.backend_pid());
    add_rewrites(measured, before, relations_of(connection));
    return measured;
}

Measurement measure_alone(pg::Url const& url, std::string const& statement,
                          std::string_view holders, std::string const& restore) {
    Measurement measured{};
    pg::Connection observer(url);
    observer.execute("SET search_path = shop");
    while (!holders.empty()) {
        auto const end = holders.find('|');
        auto const holder_statement = holders.substr(0, end);
        holders = end == std::string_view::npos ? std::string_view{} : holders.substr(end + 1);
        if (!measured.empty()) observer.execute(restore);
        auto const before = relations_of(observer);
        pg::Connection holder(url);
        pg::Connection worker(url);
        Listener const listener(worker);
        holder.execute("SET search_path = shop; BEGIN");
        holder.execute(holder_statement);
        auto work = std::async(std::launch::async, [&] { worker.execute(statement); });
        auto const has_waited =
            watch(measured, observer, before, worker.backend_pid(), holder.backend_pid(), work);
        holder.execute("ROLLBACK");
        work.get();
        if (!has_waited) throw std::runtime_error("the statement did not wait for the holder");
        add_messages(measured, listener.messages());
        add_rewrites(measured, before, relations_of(observer));
    }
    return measured;
}

}  // namespace cm::test

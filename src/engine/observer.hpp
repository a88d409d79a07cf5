// A second look at the server while a statement runs: how far it has come, and who holds it up.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/elapsed.hpp"
#include "pg/connection.hpp"

namespace cm::engine {

/// From pg_stat_progress_*.
struct LongWork {
    std::string what{};   ///< `CREATE INDEX CONCURRENTLY on "User"`
    std::string phase{};  ///< `building index: scanning table`
    std::optional<int> percent{};
    std::optional<std::chrono::milliseconds> left{};  ///< of this phase, at the rate seen so far
};

/// A session that holds a lock which ours waits for.
struct Blocker {
    int pid{};
    std::string user{};
    std::string application{};
    std::string query{};
    std::string state{};
    int age_seconds{};  ///< of its transaction
};

/// Says who it is, what it runs and since when: «process 123 of `app` (`psql`), …».
std::string describe(Blocker const& blocker);

/// Adds who held the lock that was not to be had, and how to end them.
void add_blockers(Diagnostic& diagnostic, std::vector<Blocker> const& blockers);

/// A statement that has been running for a while.
struct LongStatement {
    std::chrono::milliseconds elapsed{};
    std::optional<LongWork> work{};
    std::vector<Blocker> blockers{};
};

/// While it lives, `told`, if there is one, hears of a statement that runs on `connection` for
/// longer than `first`, and then once a second. Looks with a connection of its own, opened when
/// first needed; without one there is only the time.
class Observer {
  public:
    Observer(pg::Connection& connection, int backend_pid,
             std::function<void(LongStatement const&)> told,
             std::chrono::milliseconds first = std::chrono::seconds{1});
    Observer(Observer const&) = delete;
    Observer& operator=(Observer const&) = delete;
    ~Observer();

    /// Who was in the way last; none since `forget`.
    std::vector<Blocker> const& last_blockers() const { return last_blockers_; }

    void forget() { last_blockers_.clear(); }

    /// The connection was made anew.
    void follow(int backend_pid) { backend_pid_ = backend_pid; }

  private:
    void look(std::chrono::milliseconds elapsed);
    void ask(LongStatement& statement);
    std::optional<std::chrono::milliseconds> estimate(LongWork const& work, double done,
                                                      double total);

    pg::Connection& connection_;
    int backend_pid_{};
    std::function<void(LongStatement const&)> told_{};
    pg::WaitListener before_{};  ///< whoever listened before, and will again
    std::unique_ptr<pg::Connection> second_{};
    std::vector<Blocker> last_blockers_{};
    bool gave_up_ = false;

    /// Where the phase of the work stood when it was first seen.
    struct PhaseStart {
        std::string phase{};
        double done{};
        Stopwatch since{};
    };

    PhaseStart phase_start_{};
};

}  // namespace cm::engine

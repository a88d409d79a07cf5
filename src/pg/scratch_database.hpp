// A database that exists only while this object does: for replaying migrations and asking the
// server what an expression means. A watching child process removes it even if this process is
// killed.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pg/connection.hpp"
#include "pg/session_settings.hpp"
#include "pg/url.hpp"

namespace cm::pg {

/// Which database it is, whatever its URL is like: two may name the same one in many ways.
std::string identity(Connection& connection);

/// A database that the user gives for replays.
struct ShadowDatabase {
    Url url{};
    /// Looks at it before anything is done in it; throws Failure if it must not be emptied.
    std::function<void(Connection&)> check{};
};

class ScratchDatabase {
  public:
    /// On `server` when its role may create databases (template0, same encoding and locale as the
    /// target); otherwise on a temporary private server. With `shadow` that very database is used:
    /// it is marked as such and emptied, before and afterwards, and its schema is the server's.
    /// `server` is none when no target exists at all. `settings` are those of the target's
    /// sessions, where they are known, which the connection has, too: else the target is asked.
    static ScratchDatabase make(std::optional<Url> const& server,
                                std::optional<ShadowDatabase> const& shadow = {},
                                std::optional<SessionSettings> const& settings = {});
    /// On a temporary private server, in a database with the name that `like` has, so that
    /// statements that reach beyond a database meet nobody. Throws Failure CM0410, CM0411 if there
    /// can be none.
    static ScratchDatabase make_private(std::optional<Url> const& like,
                                        std::optional<SessionSettings> const& settings = {});
    ScratchDatabase(ScratchDatabase&&) noexcept;
    ScratchDatabase& operator=(ScratchDatabase&&) noexcept;
    ~ScratchDatabase();

    /// Connected to the scratch database, schema as in the server's URL.
    Connection& connection();
    Url const& url() const;
    /// On a temporary server that nobody else uses.
    bool is_private() const;
    /// Empties it again: as new (see empty_database).
    void clear();

  private:
    struct State;
    static ScratchDatabase make_in(ShadowDatabase const& shadow, std::optional<Url> const& like,
                                   std::optional<SessionSettings> const& settings);
    explicit ScratchDatabase(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Removes scratch databases that a killed cm-migrate left on the server (nobody is connected to
/// them and the process that made them is gone). Needs no rights beyond those that made them;
/// failures are ignored.
void remove_abandoned_scratch_databases(Connection& connection);

}  // namespace cm::pg

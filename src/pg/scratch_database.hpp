// A database that exists only while this object does: for replaying migrations and asking the
// server what an expression means. A watching child process removes it even if this process is
// killed.
#pragma once
#include <memory>
#include <optional>

#include "pg/connection.hpp"
#include "pg/url.hpp"

namespace cm::pg {

class ScratchDatabase {
  public:
    /// On `server` when its role may create databases (template0, same encoding and locale as the
    /// target); otherwise on a temporary private server. With `shadow_url` that very database is
    /// used: it is emptied first and afterwards (only schemas), and refused (CM0412) if it is the
    /// target itself. `server` is none when no target exists at all.
    static ScratchDatabase make(std::optional<Url> const& server,
                                std::optional<Url> const& shadow_url = {});
    /// On a temporary private server, in a database with the name that `like` has, so that
    /// statements that reach beyond a database meet nobody. Throws Failure CM0410, CM0411 if there
    /// can be none.
    static ScratchDatabase make_private(std::optional<Url> const& like);
    ScratchDatabase(ScratchDatabase&&) noexcept;
    ScratchDatabase& operator=(ScratchDatabase&&) noexcept;
    ~ScratchDatabase();

    /// Connected to the scratch database, schema as in the server's URL.
    Connection& connection();
    Url const& url() const;
    /// On a temporary server that nobody else uses.
    bool is_private() const;
    /// Empties it again: drops all schemas but the system's and makes `public` anew.
    void clear();

  private:
    struct State;
    explicit ScratchDatabase(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Removes scratch databases that a killed cm-migrate left on the server (nobody is connected to
/// them and the process that made them is gone). Needs no rights beyond those that made them;
/// failures are ignored.
void remove_abandoned_scratch_databases(Connection& connection);

}  // namespace cm::pg

// A person's machine for the time of a transcript: a database, a project folder, and a shell with
// an environment in which nothing depends on the machine that the tests run on.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/case_file.hpp"
#include "support/database.hpp"
#include "support/project_folder.hpp"
#include "support/shell.hpp"
#include "support/transcript.hpp"

namespace cm::test {

/// What a case asks for in its `environment`, a line each:
///   NAME=value      sets a variable                 unset NAME    takes one away
///   no-server       DATABASE_URL leads nowhere      no-createdb   its role may not create
///   databases needs PATH      skipped where there is no such file (/dev/full in a bare root
///   folder) no-neighbours   nobody else uses the database, and nothing odd is set around
///   cm-migrate
struct Wishes {
    bool wants_server = true;
    RoleRights rights = RoleRights::superuser;
    Neighbours neighbours = Neighbours::as_many_as_there_are;
    std::map<std::string, std::string> set{};
    std::vector<std::string> unset{};
    std::vector<std::string> needs{};
};

/// Throws std::runtime_error for a line that is none of these.
Wishes parse_wishes(std::string_view text);

/// What a machine may lack that a case needs.
std::optional<std::string> what_is_missing(Wishes const& wishes,
                                           std::vector<TranscriptCommand> const& commands);

/// What cm-migrate says of the neighbours' publications, event triggers … is true, and the same in
/// every case that pulls: each shows its own story alone.
std::string without_neighbours(std::string const& text);

/// What is shown in place of names that differ from run to run.
struct PlaceNames {
    std::string project{}, home{}, temporary{};
    std::string database{};  ///< and the role that owns it
    std::string server{};    ///< `host:port`; empty: left to `normalize`
};

/// Also set in its shell: DATABASE_URL, and CM_TEST_SERVER (host:port; the role `with_password`
/// there has the password `correct`).
class Workplace {
  public:
    explicit Workplace(Wishes const& wishes);

    void add(Section const& file) const { folder_.add(file); }

    Shell const& shell() const { return shell_; }

    /// Of its database; empty without a server.
    std::string database_url() const { return database_ ? database_->url() : std::string{}; }

    /// What every cm-migrate that was run in it has logged, unless it was told otherwise.
    std::string log() const { return read_text(folder_.log()); }

    /// For `normalize`.
    std::vector<std::pair<std::string, std::string>> places(PlaceNames const& names) const;

  private:
    std::optional<TestDatabase> database_{};
    ProjectFolder folder_{};
    Shell shell_{};
};

}  // namespace cm::test

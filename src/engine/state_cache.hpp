// What migrations lead to, kept from one run to the next in `.cm-migrate/states`, so that `dev`
// need not replay them each time. What is kept is what the server answered when the replayed
// database was read: the same code reads it again, and no kind of object has to be written down.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cm_migrate/version.hpp"
#include "history/directory.hpp"
#include "sql/result_sets.hpp"

namespace cm::engine {

class StateCache {
  public:
    /// `conditions`: all but the migrations and the version that has a part in the outcome.
    StateCache(std::filesystem::path folder, std::string conditions,
               std::string version = std::string{cm_migrate::version()});

    /// None if these migrations, under these conditions, have not been kept, or the file is
    /// damaged.
    std::optional<sql::ResultSets> find(std::vector<history::Migration> const& migrations) const;

    /// A folder that cannot be written is no error: the next run replays again.
    void keep(std::vector<history::Migration> const& migrations,
              sql::ResultSets const& results) const;

  private:
    std::filesystem::path file_for(std::vector<history::Migration> const& migrations) const;

    std::filesystem::path folder_{};
    std::string conditions_{};
    std::string version_{};  ///< of cm-migrate: another one may read or replay otherwise
};

}  // namespace cm::engine

// A private PostgreSQL in a temporary folder that lives as long as this object, for replaying
// migrations when no server lets us make databases.
#pragma once
#include "pg/cleanup_process.hpp"
#include "pg/cluster.hpp"

namespace cm::pg {

class TemporaryServer {
  public:
    /// Takes about a second. Throws Failure CM0410, CM0411.
    TemporaryServer();
    ~TemporaryServer();

    Url database(std::string const& name) const { return url(cluster_, name); }

  private:
    std::filesystem::path folder_{};
    Cluster cluster_{};
    CleanupProcess cleanup_process_;
};

}  // namespace cm::pg

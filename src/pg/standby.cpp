// Whether a server is a standby is asked when something has failed: nobody else should pay for it.
#include "pg/standby.hpp"

#include "base/diagnostic.hpp"
#include "base/log.hpp"

namespace cm::pg {
namespace {

bool is_standby(Connection& connection) {
    try {
        if (connection.in_transaction()) connection.execute("ROLLBACK");
        return connection.fetch("SELECT pg_catalog.pg_is_in_recovery() AS standby")[0].boolean(
            "standby");
    } catch (SqlError const& failed) {
        log::swallowed("asking whether the server is a standby", failed);
        return false;  // what failed first says more
    }
}

}  // namespace

void refuse_standby(Connection& connection) {
    if (!is_standby(connection)) return;
    throw Failure(error("CM0548", "the server at `{}` is a standby, which is read-only",
                        server_address(connection.url()))
                      .note("nothing was applied or recorded")
                      .help("use the primary's host in the URL")
                      .help("or list all hosts, and the writable one is used: "
                            "`postgresql://…@host1,host2/{}?target_session_attrs=read-write`",
                            database_name(connection.url())),
                  ExitCode::misconfigured);
}

}  // namespace cm::pg

// Whether a server is a standby is asked when something has failed: nobody else should pay for it.
#include "pg/standby.hpp"

#include "base/diagnostic.hpp"

namespace cm::pg {
namespace {

bool is_standby(Connection& connection) {
    try {
        if (connection.in_transaction()) connection.execute("ROLLBACK");
        return connection.fetch("SELECT pg_catalog.pg_is_in_recovery() AS standby")[0].boolean(
            "standby");
    } catch (SqlError const&) {
        return false;  // what failed first says more
    }
}

}  // namespace

void refuse_standby(Connection& connection) {
    if (!is_standby(connection)) return;
    throw Failure(error("CM0548", "the server at `{}` is a standby: it takes no changes",
                        server_address(connection.url()))
                      .note("nothing was applied or recorded")
                      .help("name the primary's host in the URL")
                      .help("or name all hosts, and the one that takes changes is found: "
                            "`postgresql://…@host1,host2/{}?target_session_attrs=read-write`",
                            database_name(connection.url())),
                  ExitCode::misconfigured);
}

}  // namespace cm::pg

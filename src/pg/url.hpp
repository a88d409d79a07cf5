// Connection URLs: all that libpq takes and all that Prisma adds to it.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace cm::pg {

/// Where a database is and how to get in. Never printed whole: `describe` leaves the password out.
struct Url {
    std::map<std::string, std::string>
        parameters{};  ///< libpq keywords: host, port, dbname, user, password, sslmode …
    std::string schema = "public";  ///< Prisma's `?schema=`
    bool schema_is_named = false;   ///< the URL says so
    /// A server that cm-migrate runs itself: PGPORT, PGSERVICE and the other variables of libpq are
    /// about other servers.
    bool is_private = false;
    std::string origin{};  ///< where it was found, for reports; does not count for equality

    friend bool operator==(Url const& a, Url const& b) {
        return a.parameters == b.parameters && a.schema == b.schema && a.is_private == b.is_private;
    }
};

/// Parses `postgresql://…`, `postgres://…` (percent-encoding, several hosts, `?host=/socket/dir`,
/// `?schema=`, Prisma's pool parameters are accepted and ignored) and libpq's `key=value` form.
/// Throws Failure (CM0401) that says what is wrong without showing the password or a piece of it.
Url parse_url(std::string_view text);

/// True if it begins as PostgreSQL's URLs do, whatever is wrong with the rest.
bool is_postgres_url(std::string_view text);

/// True if the text of a URL has a `?schema=`.
bool names_schema(std::string_view text);

/// What parse_url would give as `schema`, of a text that need not be a URL that can be used.
std::string schema_in(std::string_view text);

/// `postgresql://…` again, without the password unless asked.
enum class ShowPassword { no, yes };
std::string to_text(Url const& url, ShowPassword show = ShowPassword::no);

/// The parameter, or what libpq takes instead (PGHOST, PGSERVICE and so on); empty if neither.
std::string effective_parameter(Url const& url, std::string const& keyword);

std::string database_name(Url const& url);
/// `localhost:5432` or the folder of the socket.
std::string server_address(Url const& url);
/// The same server, another database.
Url with_database(Url url, std::string name);

}  // namespace cm::pg

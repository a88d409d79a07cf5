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
    bool operator==(Url const&) const = default;
};

/// Parses `postgresql://…`, `postgres://…` (percent-encoding, several hosts, `?host=/socket/dir`,
/// `?schema=`, Prisma's pool parameters are accepted and ignored) and libpq's `key=value` form.
/// Throws Failure (CM0401) that says what is wrong without showing the password.
Url parse_url(std::string_view text);

/// `postgresql://…` again, without the password unless asked.
enum class ShowPassword { no, yes };
std::string to_text(Url const& url, ShowPassword show = ShowPassword::no);

std::string database_name(Url const& url);
/// `localhost:5432` or the folder of the socket.
std::string server_address(Url const& url);
/// The same server, another database.
Url with_database(Url url, std::string name);

}  // namespace cm::pg

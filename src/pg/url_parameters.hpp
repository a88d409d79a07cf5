// What stands behind the `?` of a database URL: libpq's options, Prisma's, and a few of others.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "pg/url.hpp"

namespace cm::pg {

inline constexpr std::string_view url_shape =
    "write it as `postgresql://user:password@host:5432/database`";
inline constexpr std::string_view url_encoding =
    "special characters in a user name or password must be percent-encoded: `@` as `%40`, `:` as "
    "`%3A`, `/` as `%2F`, `?` as `%3F`, `#` as `%23`, `%` as `%25`";

/// Throws Failure CM0401: with these words no connection will ever be made.
[[noreturn]] void reject_url(std::string_view reason, std::string_view help);

/// Whether pieces of a URL may be shown: not those that may belong to a password.
enum class ShowNames { no, yes };

/// Refuses a parameter that neither libpq nor Prisma has.
void check_parameter_name(std::string const& name, ShowNames show);

/// Takes over what libpq is to be told, in its own words. Throws Failure CM0401 for a value that
/// cannot be meant.
void merge_parameters(std::map<std::string, std::string> query, Url& url);

}  // namespace cm::pg

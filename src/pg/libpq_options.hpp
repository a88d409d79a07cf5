// What the libpq that is installed takes in a connection string, as it tells itself: a newer one
// knows more.
#pragma once
#include <string>
#include <string_view>
#include <vector>

struct _PQconninfoOption;  // libpq's PQconninfoOption

namespace cm::pg {

struct LibpqOption {
    std::string keyword{};
    bool is_secret{};  ///< libpq would hide it in a form
    bool operator==(LibpqOption const&) const = default;
};

/// A list as PQconndefaults gives it, with its end mark.
std::vector<LibpqOption> read_options(_PQconninfoOption const* options);

/// Of the libpq that is loaded.
std::vector<LibpqOption> const& libpq_options();

bool is_libpq_option(std::string_view keyword);

/// A password, a key: nothing to be shown. Also true for what libpq does not know.
bool is_secret(std::string_view keyword);

}  // namespace cm::pg

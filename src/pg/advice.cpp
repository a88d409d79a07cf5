// See advice.hpp.
#include "pg/advice.hpp"

#include <array>
#include <utility>

namespace cm::pg {

std::string_view advice_for(std::string_view sqlstate) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> all{{
        {"25006",
         "the server takes no changes: name the primary, not a replica; or the database or role "
         "has "
         "default_transaction_read_only set"},
        {"42501", "use a role that has the right, or ask for it"},
        {"53100", "the server's disk is full: make room there first"},
        {"53200", "the server has too little memory or room for locks: see its log and settings"},
        {"53300", "close other connections or raise max_connections"},
        {"55P03", "another session holds the lock: try again when it is done"},
        {"40P01", "two sessions waited for each other: try again"},
    }};
    for (auto const& [state, help] : all) {
        if (state == sqlstate) {
            return help;
        }
    }
    return {};
}

}  // namespace cm::pg

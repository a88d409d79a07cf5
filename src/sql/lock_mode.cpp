// PostgreSQL's tables of lock modes, as the manual has them.
#include "sql/lock_mode.hpp"

#include <algorithm>
#include <array>

namespace cm::sql {
namespace {

using enum LockMode;

struct LockModeRow {
    LockMode mode{};
    std::string_view words{};
    std::string_view catalog_name{};
    LockMode conflicts_from{};  ///< it conflicts with this mode and with all stronger ones
};

constexpr std::array lock_modes{
    LockModeRow{access_share, "ACCESS SHARE", "AccessShareLock", access_exclusive},
    LockModeRow{row_share, "ROW SHARE", "RowShareLock", exclusive},
    LockModeRow{row_exclusive, "ROW EXCLUSIVE", "RowExclusiveLock", share},
    LockModeRow{share_update_exclusive, "SHARE UPDATE EXCLUSIVE", "ShareUpdateExclusiveLock",
                share_update_exclusive},
    LockModeRow{share, "SHARE", "ShareLock", row_exclusive},
    LockModeRow{share_row_exclusive, "SHARE ROW EXCLUSIVE", "ShareRowExclusiveLock", row_exclusive},
    LockModeRow{exclusive, "EXCLUSIVE", "ExclusiveLock", row_share},
    LockModeRow{access_exclusive, "ACCESS EXCLUSIVE", "AccessExclusiveLock", access_share},
};

LockModeRow const* row_of(LockMode mode) {
    auto const* const row = std::find_if(lock_modes.begin(), lock_modes.end(),
                                         [&](LockModeRow const& one) { return one.mode == mode; });
    return row == lock_modes.end() ? nullptr : row;
}

}  // namespace

std::string_view describe(LockMode mode) {
    auto const* const row = row_of(mode);
    return row == nullptr ? "no lock" : row->words;
}

std::string_view catalog_name(LockMode mode) {
    auto const* const row = row_of(mode);
    return row == nullptr ? "" : row->catalog_name;
}

LockMode lock_mode_named(std::string_view catalog_name) {
    auto const* const row =
        std::find_if(lock_modes.begin(), lock_modes.end(),
                     [&](LockModeRow const& one) { return one.catalog_name == catalog_name; });
    return row == lock_modes.end() ? none : row->mode;
}

bool conflicts(LockMode a, LockMode b) {
    if (a == none || b == none || (a == share && b == share)) return false;
    return b >= row_of(a)->conflicts_from;
}

bool blocks_reads(LockMode mode) {
    return conflicts(mode, access_share);
}

bool blocks_writes(LockMode mode) {
    return conflicts(mode, row_exclusive);
}

LockMode stronger(LockMode a, LockMode b) {
    return std::max(a, b);
}

}  // namespace cm::sql

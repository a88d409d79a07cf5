// See rename_stakes.hpp.
#include "engine/rename_stakes.hpp"

#include <fmt/format.h>

#include "engine/probe.hpp"

namespace cm::engine {

std::optional<std::int64_t> rows_at_stake(schema::RenameCandidate const& candidate,
                                          pg::Connection& connection) {
    auto const is_column = candidate.kind == schema::RenamedKind::column;
    if (!is_column && candidate.kind != schema::RenamedKind::table) return {};
    object::Probe const question{
        fmt::format("SELECT count({}) AS affected, count(*) AS total FROM {}",
                    is_column ? sql::quote_identifier(candidate.from) : "*",
                    sql::quote(candidate.old_object)),
        {}};
    return count_affected(question, connection);
}

}  // namespace cm::engine

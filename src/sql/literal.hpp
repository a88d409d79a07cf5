// One spelling for each value: what makes 1.50 and 1.5, or two spellings of a moment, the same
// default.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::sql {

/// `-01.50` → `-1.5`, `1e3` → `1000`; none if it is not a number.
std::optional<std::string> canonical_number(std::string_view text);
/// Without an exponent: `1.50e1` → `15.0`, as Prisma's migrations write the default of a Decimal;
/// none if it is not a number.
std::optional<std::string> spelled_number(std::string_view text);
/// A moment as a column of that type (date, time, timetz, timestamp, timestamptz) keeps it:
/// PostgreSQL ignores the zone unless the type has one. None if it is not in ISO 8601's order.
std::optional<std::string> canonical_moment(std::string_view text, std::string_view type);
/// True of a moment that canonical_moment reads if it says its zone.
bool has_zone(std::string_view text);
/// `2020-01-01T00:00:00.5+01:00` → `2020-01-01 00:00:00.500 +01:00`, as Prisma's migrations write
/// it.
std::optional<std::string> format_timestamp(std::string_view text);
/// jsonb's idea of equality: key order and blanks do not matter, and of equal keys the last counts;
/// numbers stay exact. None if it is not JSON, or a number is beyond all measure.
std::optional<std::string> canonical_json(std::string_view text);

}  // namespace cm::sql

// prefer-timestamp-tz: `timestamp` knows no time zone.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_prefer_timestamp_tz(Statement const& statement, Report& report) {
    for (auto const& type : written_types(statement)) {
        if (!(type.name == "timestamp")) continue;
        report.add({.place = type.place,
                    .message = fmt::format(
                        "`{}` does not say which moment is meant: that depends on who reads it",
                        shown(type.column)),
                    .help = "write `timestamptz`",
                    .table = type.table});
    }
}

}  // namespace

extern Rule const prefer_timestamp_tz;
constinit Rule const prefer_timestamp_tz{.code = "CM0631",
                                         .name = "prefer-timestamp-tz",
                                         .summary = "`timestamp` knows no time zone",
                                         .family = Family::convention,
                                         .level = Level::warning,
                                         .check = check_prefer_timestamp_tz};

}  // namespace cm::lint::rules

// prefer-bigint-over-smallint: integers of 16 bits run out.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_prefer_bigint_over_smallint(Statement const& statement, Report& report) {
    for (auto const& type : written_types(statement)) {
        if (!(type.name == "int2" || type.name == "smallserial" || type.name == "serial2"))
            continue;
        report.add({.place = type.place,
                    .message = fmt::format(
                        "`{}` ends at 32,767, and a wider type later means to rewrite the table",
                        shown(type.column)),
                    .help = "write `bigint`",
                    .table = type.table});
    }
}

}  // namespace

extern Rule const prefer_bigint_over_smallint;
constinit Rule const prefer_bigint_over_smallint{.code = "CM0628",
                                                 .name = "prefer-bigint-over-smallint",
                                                 .summary = "Integers of 16 bits run out",
                                                 .family = Family::convention,
                                                 .level = Level::warning,
                                                 .check = check_prefer_bigint_over_smallint};

}  // namespace cm::lint::rules

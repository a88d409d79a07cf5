// prefer-bigint-over-int: integers of 32 bits run out.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_prefer_bigint_over_int(Statement const& statement, Report& report) {
    for (auto const& type : written_types(statement)) {
        if (!(type.name == "int4" || type.name == "serial" || type.name == "serial4")) continue;
        report.add(
            {.place = type.place,
             .message = fmt::format(
                 "`{}` ends at 2,147,483,647, and a wider type later means to rewrite the table",
                 shown(type.column)),
             .help = "write `bigint`",
             .table = type.table});
    }
}

}  // namespace

extern Rule const prefer_bigint_over_int;
constinit Rule const prefer_bigint_over_int{.code = "CM0627",
                                            .name = "prefer-bigint-over-int",
                                            .summary = "Integers of 32 bits run out",
                                            .family = Family::convention,
                                            .level = Level::warning,
                                            .check = check_prefer_bigint_over_int};

}  // namespace cm::lint::rules

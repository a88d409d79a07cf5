// prefer-text-field: a limit in `varchar(n)` is hard to change.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_prefer_text_field(Statement const& statement, Report& report) {
    for (auto const& type : written_types(statement)) {
        if (!(type.name == "varchar" && type.has_modifiers)) continue;
        report.add({.place = type.place,
                    .message = fmt::format("the limit of `{}` is part of its type: a smaller one "
                                           "later means to read the table under a lock",
                                           shown(type.column)),
                    .help = "write `text`, with a CHECK constraint if a limit is needed",
                    .table = type.table});
    }
}

}  // namespace

extern Rule const prefer_text_field;
constinit Rule const prefer_text_field{.code = "CM0630",
                                       .name = "prefer-text-field",
                                       .summary = "A limit in `varchar(n)` is hard to change",
                                       .family = Family::convention,
                                       .level = Level::warning,
                                       .check = check_prefer_text_field};

}  // namespace cm::lint::rules

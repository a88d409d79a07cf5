// ban-char-field: `char(n)` pads its values with blanks.
#include <fmt/format.h>

#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

void check_ban_char_field(Statement const& statement, Report& report) {
    for (auto const& type : written_types(statement)) {
        // `"char"` in quotes is another type, of one byte.
        if (type.name != "bpchar") continue;
        report.add({.place = type.place,
                    .message = fmt::format("values of `{}` are padded with blanks, which "
                                           "comparisons and functions treat differently",
                                           shown(type.column)),
                    .help = "write `text` or `varchar`",
                    .table = type.table});
    }
}

}  // namespace

extern Rule const ban_char_field;
constinit Rule const ban_char_field{.code = "CM0626",
                                    .name = "ban-char-field",
                                    .summary = "`char(n)` pads its values with blanks",
                                    .family = Family::convention,
                                    .level = Level::warning,
                                    .check = check_ban_char_field};

}  // namespace cm::lint::rules

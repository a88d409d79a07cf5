// PostgreSQL cuts names to NAMEDATALEN - 1 bytes, with no more than a notice.
#include <fmt/format.h>

#include "base/utf8.hpp"
#include "lint/report.hpp"
#include "lint/syntax.hpp"
#include "sql/token.hpp"

namespace cm::lint::rules {
namespace {

constexpr std::size_t longest_name = 63;

void check_name_lengths(Statement const& statement, Report& report) {
    if (statement.text.size() <= longest_name) return;
    for (auto token = sql::next_significant_token(statement.text, 0);
         token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement.text, token.end)) {
        if (!sql::is_name(token) || token.end - token.begin <= longest_name) continue;
        auto const name = sql::name_of(statement.text, token);
        if (name.size() <= longest_name) continue;
        auto const begin = statement.place.begin + static_cast<std::uint32_t>(token.begin);
        auto const end = statement.place.begin + static_cast<std::uint32_t>(token.end);
        report.add({.place = {begin, end},
                    .message = fmt::format("this name has {} bytes, and PostgreSQL cuts it to {}",
                                           name.size(), longest_name),
                    .help = fmt::format("give it a shorter one; it would become `{}`",
                                        utf8::cut(name, longest_name))});
    }
}

}  // namespace

extern Rule const identifier_too_long;
constinit Rule const identifier_too_long{.code = "CM0624",
                                         .name = "identifier-too-long",
                                         .summary = "Names over 63 bytes are cut",
                                         .family = Family::failure,
                                         .level = Level::warning,
                                         .check = check_name_lengths};

}  // namespace cm::lint::rules

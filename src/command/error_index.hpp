// Finding the page on a message by what people have at hand: a code of ours, a code of Prisma's, an
// SQLSTATE, or words.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command/error_pages.hpp"

namespace cm::command {

/// The title of a page, without its code: "a migration failed".
std::string_view title_of(ErrorPage const& page);

/// The pages that fit, the best first. `CM0504`, `504` and `cm504` name one page; `P3018` names
/// those of the same trouble here; an SQLSTATE those that speak of it; words those that have all of
/// them, titles first.
std::vector<ErrorPage const*> find_pages(std::string_view wanted);

}  // namespace cm::command

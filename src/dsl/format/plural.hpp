// English plurals as Prisma makes them, for the names of fields that the formatter adds.
#pragma once
#include <string>
#include <string_view>

namespace cm::dsl {

/// `user` → `users`, `category` → `categories`, `child` → `children`. Prisma looks for endings as
/// they stand: `blogChild` → `blogChilds`.
std::string prisma_plural(std::string_view word);

}  // namespace cm::dsl

// SHA-256, as Prisma records it for each migration.sql: lower-case hexadecimal, 64 characters.
#pragma once
#include <string>
#include <string_view>

namespace cm {

std::string sha256(std::string_view bytes);

}  // namespace cm

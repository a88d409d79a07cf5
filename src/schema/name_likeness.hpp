// How alike two names are: whether somebody may have given the one for the other.
#pragma once
#include <string_view>

namespace cm::schema {

/// From 0 to 1. By words (`fullName`, `full_name`), by letters, and by one being a part of the
/// other; letter case and the plural hardly count.
double name_likeness(std::string_view a, std::string_view b);

}  // namespace cm::schema

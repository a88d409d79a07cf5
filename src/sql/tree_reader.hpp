// Reads the JSON that libpg_query prints. A reader for any JSON takes half of the time that a file
// of statements takes; this one relies on what is printed here: no blanks, each key once.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace cm::sql {

/// `text` is what pg_query_parse has given; CM_ASSERT where it is not JSON.
nlohmann::json read_tree(std::string_view text);

}  // namespace cm::sql

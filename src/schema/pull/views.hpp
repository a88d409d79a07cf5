// Views as tables without keys: what a schema with the preview feature `views` says of them.
#pragma once
#include <string>
#include <vector>

#include "object/table/table.hpp"
#include "sql/rows.hpp"

namespace cm::schema {

struct View {
    object::Table columns{};
    bool is_materialized{};
};

/// By schema and name.
std::vector<View> views_in_database(sql::QueryFunction const& fetch,
                                    std::vector<std::string> const& schemas);

}  // namespace cm::schema

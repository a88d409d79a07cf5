// The relations that a query reads, writes or locks rows of, each as a part of the statement.
#pragma once
#include <string_view>

#include "sql/statement_parts.hpp"

namespace cm::sql {

/// `node_name`: the name of the statement's node.
void add_query_parts(StatementParts& parts, std::string_view node_name, Json const& statement);

}  // namespace cm::sql

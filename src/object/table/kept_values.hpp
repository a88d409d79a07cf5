// What has been generated becomes ordinary, with its values, where PostgreSQL cannot DROP
// EXPRESSION.
#pragma once
#include <string>
#include <vector>

#include "object/table/table.hpp"

namespace cm::object {

/// Of a column that is made anew. Where others inherit from the table, one of them may have the
/// column as its own, too, which stays in the way.
bool keeps_values(ReplaceColumn const& change, Table const& table);

/// The statements that do so, and what is left of the change behind them: the column is an
/// ordinary one of its new type by then, and has nothing else.
struct KeptValues {
    std::vector<std::string> statements{};
    Alter<Table> rest{};
};

KeptValues keep_values(Alter<Table> const& step, sql::Writer const& out);

}  // namespace cm::object

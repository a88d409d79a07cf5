// What a database holds and the schema language cannot say: it is never touched and is no drift,
// but whoever reads a database may want to know.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "sql/rows.hpp"

namespace cm::schema {

/// An object, or a side of an object that is managed otherwise, as a partial or deferrable index.
struct Unmanaged {
    std::string kind{};  ///< in words: «view», «check constraint», «index with included columns»
    std::string schema{};  ///< empty for what lies in none, as an event trigger
    std::string name{};    ///< of a column for what columns have: «comment», «generated column»
    std::string table{};   ///< the table it is on, in the same schema; empty if it is on none
    bool is_about_schemas = true;  ///< it lies in them, or a table, type or function of it does
    auto operator<=>(Unmanaged const&) const = default;
};

/// By schema, table (those on none first), kind and name. One query; for one picture with
/// from_database, call both inside one REPEATABLE READ transaction.
std::vector<Unmanaged> unmanaged_in_database(sql::QueryFunction const& fetch,
                                             std::vector<std::string> const& schemas);

/// The kinds of those in a database that no comparison with what migrations lead to (`made`) looks
/// at, so that a change to them is not seen: no migration made them, or they are in no model. In
/// words. `partial_indexes`: those are compared.
std::set<std::string> never_compared(std::vector<Unmanaged> const& unmanaged,
                                     std::vector<Unmanaged> const& made, bool partial_indexes);

}  // namespace cm::schema

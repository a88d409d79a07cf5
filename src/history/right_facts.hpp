// What the server knows of an object whose name stands in a message: its place, its owner, and who
// may do what with it.
#pragma once
#include <string>
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

struct Owned {
    std::string name{};   ///< with schema and quotes, as GRANT takes it
    std::string owner{};  ///< empty if nothing of that name is there
    bool is_of_superuser{};
    bool is_built_in{};  ///< PostgreSQL's own

    bool exists() const { return !owner.empty(); }
};

/// A relation of that name: one that the statement names with its schema, else one that the role
/// has no right on, else the one that the session sees.
Owned find_relation(std::string_view name, std::string_view statement, std::string const& role,
                    pg::Connection& connection);

/// The object that "must be owner of table t" speaks of; `kind` is PostgreSQL's word for it.
Owned find_owned(std::string_view kind, std::string_view name, std::string_view statement,
                 std::string const& role, pg::Connection& connection);

/// Functions of that name that the role may not call: `"s"."f"(integer)`, with commas.
std::string routines_denied(std::string_view name, std::string const& role,
                            pg::Connection& connection);

/// `rights` as in GRANT. False if the object is not there.
bool has_table_rights(std::string const& role, std::string const& table, std::string const& rights,
                      pg::Connection& connection);
bool has_schema_rights(std::string const& role, std::string_view schema, std::string const& rights,
                       pg::Connection& connection);

/// The owner of a view over the table who may not read it; empty if there is none.
std::string view_owner_without_right(std::string const& table, pg::Connection& connection);

/// The owner of the SECURITY DEFINER function that PostgreSQL's CONTEXT names; empty if there is
/// none.
std::string definer_in(std::string_view context, pg::Connection& connection);

/// How a role comes to the rights of another one: by a GRANT, or, if it has been granted and does
/// not inherit, by SET ROLE.
std::string become(std::string const& owner, std::string const& role, pg::Connection& connection);

}  // namespace cm::history

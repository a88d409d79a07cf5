// What the server knows of an object whose name stands in a message: its place, its owner, and who
// may do what with it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"

namespace cm::history {

struct Owned {
    std::string name{};   ///< with schema and quotes, as GRANT takes it
    std::string owner{};  ///< empty if nothing of that name is there
    bool is_of_superuser{};
    bool is_built_in{};  ///< PostgreSQL's own
    bool is_unclear{};   ///< others have that name, and nothing says which one is meant

    bool exists() const { return !owner.empty(); }
};

/// A relation of that name: the one that the statement names with its schema (of several the one
/// that the role can do least with), else the one that the session sees, else the only one.
Owned find_relation(std::string_view name, std::string_view statement, std::string const& role,
                    pg::Connection& connection);

/// The object that "must be owner of table t" speaks of; `kind` is PostgreSQL's word for it.
Owned find_owned(std::string_view kind, std::string_view name, std::string_view statement,
                 std::string const& role, pg::Connection& connection);

/// Functions of that name that the role may not call, and that the statement may call: as
/// `s.f(integer)`, one where it names the schema and the arguments tell.
std::vector<std::string> routines_denied(std::string_view name, std::string_view statement,
                                         std::string const& role, pg::Connection& connection);

/// The object that "must be owner of materialized view a b" speaks of.
struct KindAndName {
    std::string_view kind{};
    std::string_view name{};  ///< empty if the kind is not known
};

KindAndName kind_and_name(std::string_view words);

/// The schema where a name without one would be created.
std::string creation_schema(pg::Connection& connection);

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

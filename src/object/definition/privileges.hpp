// What one object's privileges have to do with others: with default privileges, which add to what
// is made while they hold, and with its columns.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "object/definition/definition.hpp"

namespace cm::object {

/// The role that owns an object whose owner is not the one that reads; of a restored definition.
std::string const& owning_role(Definition const& ownership);

/// What can be granted on.
struct Grantable {
    ObjectRef object{};
    std::string sequence{};  ///< that of a column, which goes by its table
    std::string sort{};      ///< `TABLES`, as in ALTER DEFAULT PRIVILEGES
    std::string address{};   ///< `TABLE public.t`, as in GRANT
};

/// None for kinds that have no privileges.
std::optional<Grantable> grantable(Definition const& object);

bool is_privileges(Definition const& object);
bool is_default_privileges(Definition const& object);

/// The privileges of an object that has those of its sort.
Definition usual_privileges(Grantable const& on);

/// Do these default privileges hold for what is made in that schema?
bool can_hold_for(Definition const& default_privileges, Grantable const& on);

/// Adds to the privileges of an object that is made what default privileges would make of them, to
/// be undone, unless they say it themselves. Which role makes the object is not known, and so not
/// whether they hold: what is not there can be revoked, what is there can be granted.
/// `ownership`: of an object that is made again, as restored (ownership.cpp); `is_recreated`: its
/// owner had all rights unless that says otherwise.
void withstand(Definition& privileges, Definition const& default_privileges, Grantable const& on,
               Definition const* ownership, bool is_recreated);

/// Without what these roles are granted.
Definition without_grantees(Definition privileges, std::set<std::string> const& roles);

/// Without what is granted on these columns.
Definition without_columns(Definition privileges, std::set<std::string> const& columns);

}  // namespace cm::object

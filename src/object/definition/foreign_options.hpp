// OPTIONS (…) of foreign data: each is a fact, `OPTION name` -> its value as a literal.
#pragma once
#include <string>

#include "object/definition/definition.hpp"

namespace cm::object {

bool is_foreign_option(Fact const& fact);

/// ` OPTIONS (a 'x')` for CREATE; empty without any.
std::string foreign_options(Definition const& object);

/// ` OPTIONS (ADD a 'x', SET b 'y', DROP c)` for ALTER; empty where they are the same.
std::string changed_foreign_options(Definition const& from, Definition const& to);

}  // namespace cm::object

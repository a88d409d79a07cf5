// Properties of datasources and generators: reading values of a known type.
#pragma once
#include <set>

#include "dsl/resolve/resolution.hpp"

namespace cm::dsl {

/// Reports names that stand twice in a block.
void check_properties_once(Block const& block, Diagnostics& diagnostics);

/// The property of that name, if written.
Property const* find_property(Block const& block, std::string_view name);

/// The string, if it is written as one; else reported.
std::optional<std::string> read_string(Property const& property, Diagnostics& diagnostics);

/// A string or `env("NAME")`; anything else is reported.
std::optional<StringOrEnvironment> read_url(Property const& property, Diagnostics& diagnostics);

}  // namespace cm::dsl

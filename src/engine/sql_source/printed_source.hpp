// A schema that a program of the project prints.
#pragma once
#include <string>

#include "engine/project.hpp"

namespace cm::engine {

/// Runs the command in the project's folder, with its variables and the programs of its
/// node_modules, and gives what it prints. Throws Failure CM0066 if it fails or prints nothing: a
/// program that fails may well end with 0, and a schema without anything would drop everything.
std::string printed_schema(Project const& project, std::string const& command);

}  // namespace cm::engine

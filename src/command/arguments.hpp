// What the program takes: built from the table of commands.
#pragma once
#include <string>

#include "command/command.hpp"

namespace cm::command {

/// Defines all commands with their options.
void define_arguments(CLI::App& app, Context& context);

/// docs/commands.md: every command with its options, in Markdown.
std::string reference();

}  // namespace cm::command

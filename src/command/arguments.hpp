// What the program takes: built from the table of commands.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.hpp"

namespace CLI {
class Error;
class Option;
}  // namespace CLI

namespace cm::command {

constexpr std::string_view program_summary = "PostgreSQL migrations from a Prisma schema";

/// Defines all commands, and the options of those that the words name: most of the time goes into
/// the options.
void define_arguments(CLI::App& app, Context& context, std::vector<std::string> const& words);
/// With the options of all commands.
void define_arguments(CLI::App& app, Context& context);

/// Takes `-C DIR` from the front of the command line, as often as it stands there. Throws Failure
/// CM0001.
std::vector<std::filesystem::path> take_leading_folders(std::vector<std::string>& words);

/// The command line in our spelling: `migrate dev` → `dev`, `db push` → `push`, so that a script
/// that calls Prisma changes only the program's name; `help dev` → `dev --help`.
std::vector<std::string> in_our_spelling(std::vector<std::string> words);

/// Throws Failure CM0001 if the first word is no command.
void refuse_unknown_command(std::vector<std::string> const& words);

/// What is wrong with the arguments (CM0001). Their values are not shown: a URL may hold a
/// password.
Diagnostic diagnose(CLI::App const& app, CLI::Error const& wrong);

/// Lets an option take one of a few words, which help and completion show.
void take_one_of(CLI::Option& option, std::vector<std::string> allowed);

/// What --help prints: for the program, and for a command.
std::string help(CLI::App const& app);
std::string help(Command const& command, CLI::App const& app);

/// docs/reference/commands.md: every command with its options, in Markdown.
std::string reference();

/// docs/reference/exit-codes.md.
std::string exit_code_reference();

/// docs/reference/errors/README.md: the pages on messages, by their titles.
std::string error_reference();

}  // namespace cm::command

// The project's own programs: the seed and the generate command.
#pragma once
#include "engine/session.hpp"

namespace cm::engine {

/// True if the seed is an .sql file, which cm-migrate runs itself.
bool is_sql(std::string const& seed);

/// Where a command of the project prints to.
enum class ScriptOutput { standard, error };

/// Runs the seed: an .sql file in one transaction, or a shell command with DATABASE_URL set.
/// `arguments` are passed on to a command. Throws Failure CM0053 (no such file), CM0506 (the SQL
/// failed), CM0051 (the command failed).
void run_seed(Project const& project, Target const& target, std::string const& seed,
              std::vector<std::string> const& arguments, SourceMap& sources,
              ScriptOutput output = ScriptOutput::standard);

/// Its name as it is shown, and the text of the .sql file that cm-migrate.json names under `key`.
/// Throws Failure CM0053 (no such file).
struct NamedScript {
    std::string name{};
    std::string text{};
};

NamedScript read_named_script(Project const& project, std::string_view key,
                              std::string const& file);

/// Runs the .sql file that cm-migrate.json names under `key`. Throws Failure CM0053 (no such file),
/// CM0506 (the SQL failed).
void run_named_script(Project const& project, std::string_view key, std::string const& file,
                      pg::Connection& connection, SourceMap& sources);

/// Runs the generate command. Throws Failure CM0051.
void run_generate(Project const& project, Target const& target);

}  // namespace cm::engine

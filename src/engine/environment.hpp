// What the process was given by its surroundings, as a value, so that tests can give something
// else.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cm::engine {

struct Environment {
    std::filesystem::path working_directory{};
    std::map<std::string, std::string> variables{};
    std::map<std::string, std::filesystem::path> files{};  ///< of those that a .env file has set
};

/// The variable, unless it is unset or empty.
std::optional<std::string> variable(Environment const& environment, std::string_view name);

/// The variables of a .env file (`export`, quotes, comments, `${OTHER}` as in dotenv). Lines that
/// are none are left out.
std::map<std::string, std::string> parse_dotenv(std::string_view text,
                                                Environment const& environment);

/// Adds the variables of the file where the environment has none of that name; false if there is no
/// such file.
bool load_dotenv(Environment& environment, std::filesystem::path const& file);

}  // namespace cm::engine

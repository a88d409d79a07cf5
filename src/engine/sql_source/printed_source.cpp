// See printed_source.hpp.
#include "engine/sql_source/printed_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <vector>

#include "base/hidden_passwords.hpp"
#include "base/process.hpp"

namespace cm::engine {
namespace {

/// As npm sets it for the scripts of a project: what is installed in its folder, or above.
std::string path_with_own_programs(Project const& project) {
    auto const own = project.environment.variables.find("PATH");
    auto const* const inherited = std::getenv("PATH");
    std::string path{};
    for (auto folder = project.root;; folder = folder.parent_path()) {
        path += (folder / "node_modules/.bin").string() + ":";
        if (folder == folder.parent_path()) break;
    }
    if (own != project.environment.variables.end()) return path + own->second;
    return path + (inherited == nullptr ? "/usr/bin:/bin" : inherited);
}

bool is_blank(std::string const& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
}

/// Colours would be no more than noise here.
std::string without_escapes(std::string const& text) {
    std::string plain{};
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const c = static_cast<unsigned char>(text[at]);
        if (c == 0x1b && at + 1 < text.size() && text[at + 1] == '[') {
            at = std::min(text.find_first_of("ABCDEFGHJKSTfmnsu", at), text.size() - 1);
        } else if (c >= ' ' || c == '\t') {
            plain += text[at];
        }
    }
    return plain;
}

/// Of a stack that JavaScript prints; what went wrong stands above it.
bool is_frame(std::string const& line) {
    auto const begin = line.find_first_not_of(" \t");
    return begin != std::string::npos && line.compare(begin, 3, "at ") == 0;
}

/// Of a stack the first line is enough: the others would push out what has happened.
std::vector<std::string> last_lines(std::string const& text) {
    constexpr std::size_t shown = 10;
    std::vector<std::string> lines{};
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto line = with_passwords_hidden(without_escapes(text.substr(at, end - at)));
        auto const is_further = is_frame(line) && !lines.empty() && is_frame(lines.back());
        if (!is_blank(line) && !is_further) lines.push_back(std::move(line));
        at = end + 1;
    }
    if (lines.size() > shown)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(shown));
    return lines;
}

void add_stream(Diagnostic& diagnostic, std::string_view name, std::string const& text) {
    auto const lines = last_lines(text);
    if (lines.empty()) return;
    std::string all{};
    for (auto const& line : lines) all += "\n" + line;
    diagnostic.note("the last lines of its {}:{}", name, all);
}

}  // namespace

std::string printed_schema(Project const& project, std::string const& command) {
    ProcessOptions options{.user = {},
                           .folder = project.root,
                           .environment = project.environment.variables,
                           .output_to_error = false};
    auto const shown = with_passwords_hidden(command);
    options.environment["PATH"] = path_with_own_programs(project);
    // What dotenv says of itself would stand in the schema.
    options.environment.emplace("DOTENV_CONFIG_QUIET", "true");
    options.environment.emplace("NO_COLOR", "1");
    // Nobody is asked whether a program may be fetched that is not installed, and none is.
    options.environment.emplace("npm_config_yes", "false");
    auto result = run_shell_apart(command, options);
    if (result.status == 0 && !is_blank(result.output)) return std::move(result.output);
    auto diagnostic =
        result.status == 0
            ? error("CM0066", "the command `{}` printed no schema", shown)
            : error("CM0066", "the command `{}` failed with exit code {}", shown, result.status);
    add_stream(diagnostic, "output", result.output);
    add_stream(diagnostic, "error output", result.errors);
    diagnostic.note("no changes were made");
    if (result.status == 127) {
        diagnostic.help("127 means that a program was not found: is it installed?");
    } else if (project.is_drizzle) {
        diagnostic.help("run `{}` by itself: it prints the SQL of the whole schema", shown);
    }
    throw Failure(std::move(diagnostic));
}

}  // namespace cm::engine

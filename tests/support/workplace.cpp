// A person's machine for the time of a transcript: a database, a project folder, and a shell with
// an environment in which nothing depends on the machine that the tests run on.
#include "support/workplace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <regex>

#include "places.hpp"
#include "support/crowded_house.hpp"
#include "support/normalize.hpp"
#include "support/scratch_cluster.hpp"

namespace cm::test {

namespace {

constexpr std::string_view nobody_listens = "postgresql://guide@127.0.0.1:1/guide";

void read_wish(std::string_view line, Wishes& wishes) {
    auto const equals = line.find('=');
    if (line == "no-server") {
        wishes.wants_server = false;
    } else if (line == "no-createdb") {
        wishes.rights = RoleRights::no_createdb;
    } else if (line == "no-neighbours") {
        wishes.neighbours = Neighbours::none;
    } else if (line.starts_with("needs ")) {
        wishes.needs.emplace_back(line.substr(6));
    } else if (line.starts_with("unset ")) {
        wishes.unset.emplace_back(line.substr(6));
    } else if (equals != std::string_view::npos) {
        wishes.set[std::string(line.substr(0, equals))] = line.substr(equals + 1);
    } else {
        throw std::runtime_error(fmt::format("environment: `{}` is not understood", line));
    }
}

std::string search_path(ProjectFolder const& folder) {
    auto const binaries = find_server_binaries();
    return fmt::format("{}:{}:{}/usr/local/bin:/usr/bin:/bin", folder.programs().string(),
                       places::program.parent_path().string(),
                       binaries ? binaries->string() + ":" : "");
}

std::map<std::string, std::string> basic_environment(ProjectFolder const& folder) {
    std::map<std::string, std::string> result{
        {"PATH", search_path(folder)},
        {"HOME", folder.home().string()},
        {"TMPDIR", folder.temporary().string()},
        {"LANG", "C.UTF-8"},
        {"TZ", "UTC"},
        {"TERM", "xterm"},
        {"NO_COLOR", "1"},
        {"CM_MIGRATE_NOW", "2026-01-01T00:00:00Z"},
        {"CM_MIGRATE_LOG", "trace:" + folder.log().string()},
        {"GIT_AUTHOR_NAME", "Ada"},
        {"GIT_AUTHOR_EMAIL", "ada@example.com"},
        {"GIT_COMMITTER_NAME", "Ada"},
        {"GIT_COMMITTER_EMAIL", "ada@example.com"},
        {"PSQLRC", "/dev/null"},
    };
    for (auto const* passed_on : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (auto const* value = std::getenv(passed_on)) result[passed_on] = value;
    }
    return result;
}

/// Where Debian or the server's own folder has it; empty if nowhere.
std::filesystem::path find_program(std::string_view name) {
    auto const binaries = find_server_binaries();
    for (std::filesystem::path const& folder :
         {binaries.value_or("/usr/local/bin"), std::filesystem::path("/usr/bin")}) {
        if (std::filesystem::exists(folder / name)) return folder / name;
    }
    return {};
}

/// `host:port` of a URL.
std::string address(std::string const& url) {
    auto const begin = url.rfind('@') + 1;
    return url.substr(begin, url.find('/', begin) - begin);
}

}  // namespace

Wishes parse_wishes(std::string_view text) {
    Wishes wishes{};
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.empty()) read_wish(line, wishes);
    }
    return wishes;
}

std::optional<std::string> what_is_missing(Wishes const& wishes,
                                           std::vector<TranscriptCommand> const& commands) {
    for (auto const& path : wishes.needs) {
        if (!std::filesystem::exists(path)) return fmt::format("there is no {} here", path);
    }
    auto const needs_terminal =
        std::any_of(commands.begin(), commands.end(), [](auto const& c) { return c.on_terminal; });
    if (needs_terminal && !has_terminals()) return "there are no pseudo-terminals here (/dev/pts)";
    return {};
}

std::string without_neighbours(std::string const& text) {
    static std::regex const named(R"((?:  = note:|-- ) +[a-z ]+: `neighbour[^\n]*\n)");
    static std::regex const alone(
        R"((  = [^\n]*\n)?\r?\n?(warning\[CM0(?:531|322)\]: [^\n]*\n)(  = help: [^\n]*\n))");
    std::string result{};
    auto rest = std::regex_replace(text, named, "");
    std::smatch found{};
    if (rest.size() == text.size()) return text;
    while (std::regex_search(rest, found, alone)) {
        result += found.prefix().str();
        // The empty line between two diagnostics goes with the second, any other stays.
        if (found[1].matched) {
            result += found[1].str();
        } else if (found.str().starts_with("\n") || found.str().starts_with("\r\n")) {
            result += "\n";
        }
        rest = found.suffix().str();
    }
    return result + rest;
}

Workplace::Workplace(Wishes const& wishes) {
    if (wishes.wants_server) {
        database_.emplace(server_url().value(), wishes.rights, wishes.neighbours);
    }
    if (wishes.neighbours != Neighbours::none && house::is_open_to_this_test()) {
        house::put_programs(folder_.programs(), find_program("psql"));
    }
    shell_ = {.folder = folder_.project(), .environment = basic_environment(folder_)};
    shell_.environment["DATABASE_URL"] = database_ ? database_->url() : nobody_listens;
    if (database_) shell_.environment["CM_TEST_SERVER"] = address(database_->url());
    for (auto const& [name, value] : wishes.set) shell_.environment[name] = value;
    for (auto const& name : wishes.unset) shell_.environment.erase(name);
}

std::vector<std::pair<std::string, std::string>> Workplace::places(PlaceNames const& names) const {
    std::vector<std::pair<std::string, std::string>> replacements{
        {folder_.project().string(), names.project},
        {folder_.home().string(), names.home},
        {folder_.temporary().string(), names.temporary},
    };
    if (!database_) return replacements;
    replacements.emplace_back(database_->name(), names.database);
    if (!names.server.empty()) replacements.emplace_back(address(database_->url()), names.server);
    return replacements;
}

}  // namespace cm::test

// tests/cases/cli/**.txtar: transcripts of the program at work. Every section but `transcript` and
// `environment` is a file of the project. DATABASE_URL leads to a fresh database of the scratch
// server, shown as `guide`.
//
// Lines of `environment`:
//   NAME=value      sets a variable                 unset NAME    takes one away
//   no-server       DATABASE_URL leads nowhere      no-createdb   its role may not create databases
//   needs PATH      skipped where there is no such file (/dev/full in a bare root folder)
//   no-neighbours   nobody else uses the database, and nothing odd is set around cm-migrate
// Also set: CM_TEST_SERVER (host:port; the role `with_password` there has the password `correct`).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <regex>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/crowded_house.hpp"
#include "support/database.hpp"
#include "support/golden.hpp"
#include "support/normalise.hpp"
#include "support/project_folder.hpp"
#include "support/scratch_cluster.hpp"
#include "support/transcript.hpp"

namespace cm::test {

namespace {

constexpr std::string_view nobody_listens = "postgresql://guide@127.0.0.1:1/guide";

/// What the `environment` section asks for.
struct Wishes {
    bool wants_server = true;
    RoleRights rights = RoleRights::superuser;
    Neighbours neighbours = Neighbours::as_many_as_there_are;
    std::map<std::string, std::string> set{};
    std::vector<std::string> unset{};
    std::vector<std::string> needs{};
};

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

Wishes read_wishes(CaseFile const& file) {
    Wishes wishes{};
    if (!file.has("environment")) return wishes;
    std::string_view text = file.text("environment");
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.empty()) read_wish(line, wishes);
    }
    return wishes;
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

/// What a person would have around them: the folder with the case's files, and a shell in it.
Shell open_shell(CaseFile const& file, Wishes const& wishes, ProjectFolder const& folder,
                 TestDatabase const* database) {
    for (auto const& section : file.sections) {
        if (section.name != "transcript" && section.name != "environment") folder.add(section);
    }
    Shell shell{.folder = folder.project(), .environment = basic_environment(folder)};
    shell.environment["DATABASE_URL"] =
        database != nullptr ? database->url() : std::string(nobody_listens);
    if (database != nullptr) shell.environment["CM_TEST_SERVER"] = address(database->url());
    for (auto const& [name, value] : wishes.set) shell.environment[name] = value;
    for (auto const& name : wishes.unset) shell.environment.erase(name);
    return shell;
}

/// What a machine may lack that a case needs.
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

/// What cm-migrate says of the neighbours' publications, event triggers … is true, and the same in
/// every case that pulls: each shows its own story alone.
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

void play(std::filesystem::path const& path, CaseFile const& file, Wishes const& wishes,
          std::vector<TranscriptCommand> const& commands) {
    std::optional<TestDatabase> database{};
    if (wishes.wants_server)
        database.emplace(server_url().value(), wishes.rights, wishes.neighbours);
    ProjectFolder const folder{};
    if (wishes.neighbours != Neighbours::none && house::is_open_to_this_test()) {
        house::put_programs(folder.programs(), find_program("psql"));
    }
    auto const shell = open_shell(file, wishes, folder, database ? &*database : nullptr);
    std::vector<std::pair<std::string, std::string>> replacements{
        {folder.project().string(), "<project>"},
        {folder.home().string(), "<home>"},
        {folder.temporary().string(), "<tmp>"},
    };
    if (database) replacements.emplace_back(database->name(), "guide");
    auto const actual = perform(commands, shell, [&](std::string text) {
        return without_neighbours(normalise(std::move(text), replacements));
    });
    EXPECT_TRUE(matches_section(path, "transcript", actual));
}

class Cli : public testing::TestWithParam<std::string> {};

TEST_P(Cli, transcript) {
    auto const path = case_path("cli", GetParam());
    auto const file = read_case(path);
    auto const wishes = read_wishes(file);
    if (wishes.wants_server) CM_NEEDS_SERVER();
    auto const commands = parse_transcript(file.text("transcript"));
    if (auto const reason = what_is_missing(wishes, commands)) GTEST_SKIP() << *reason;
    play(path, file, wishes, commands);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Cli);
INSTANTIATE_TEST_SUITE_P(cases, Cli, testing::ValuesIn(find_cases("cli")), parameter_name);

}  // namespace

}  // namespace cm::test

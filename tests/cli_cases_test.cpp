// tests/cases/cli/**.txtar: transcripts of the program at work. Every section but `transcript` and
// `environment` is a file of the project. DATABASE_URL leads to a fresh database of the scratch
// server, shown as `guide`.
//
// Lines of `environment`:
//   NAME=value      sets a variable                 unset NAME    takes one away
//   no-server       DATABASE_URL leads nowhere      no-createdb   its role may not create databases
// Also set: CM_TEST_SERVER (host:port; the role `with_password` there has the password `correct`).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "places.hpp"
#include "support/case_file.hpp"
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
    std::map<std::string, std::string> set{};
    std::vector<std::string> unset{};
};

void read_wish(std::string_view line, Wishes& wishes) {
    auto const equals = line.find('=');
    if (line == "no-server") {
        wishes.wants_server = false;
    } else if (line == "no-createdb") {
        wishes.rights = RoleRights::no_createdb;
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

std::string search_path() {
    auto const binaries = find_server_binaries();
    return fmt::format("{}:{}/usr/local/bin:/usr/bin:/bin", places::program.parent_path().string(),
                       binaries ? binaries->string() + ":" : "");
}

std::map<std::string, std::string> basic_environment(ProjectFolder const& folder) {
    std::map<std::string, std::string> result{
        {"PATH", search_path()},
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

void play(std::filesystem::path const& path, CaseFile const& file, Wishes const& wishes) {
    std::optional<TestDatabase> database{};
    if (wishes.wants_server) database.emplace(server_url().value(), wishes.rights);
    ProjectFolder const folder{};
    auto const shell = open_shell(file, wishes, folder, database ? &*database : nullptr);
    std::vector<std::pair<std::string, std::string>> replacements{
        {folder.project().string(), "<project>"},
        {folder.home().string(), "<home>"},
        {folder.temporary().string(), "<tmp>"},
    };
    if (database) replacements.emplace_back(database->name(), "guide");
    auto const actual =
        perform(parse_transcript(file.text("transcript")), shell,
                [&](std::string text) { return normalise(std::move(text), replacements); });
    EXPECT_TRUE(matches_section(path, "transcript", actual));
}

class Cli : public testing::TestWithParam<std::string> {};

TEST_P(Cli, transcript) {
    auto const path = case_path("cli", GetParam());
    auto const file = read_case(path);
    auto const wishes = read_wishes(file);
    if (wishes.wants_server) CM_NEEDS_SERVER();
    play(path, file, wishes);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Cli);
INSTANTIATE_TEST_SUITE_P(cases, Cli, testing::ValuesIn(find_cases("cli")), parameter_name);

}  // namespace

}  // namespace cm::test

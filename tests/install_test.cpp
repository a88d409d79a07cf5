// `cmake --install`, and examples/embed built against what it installs: a program of somebody
// else's that applies its migrations with the public headers alone.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/database.hpp"
#include "support/project_folder.hpp"
#include "support/shell.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

class Installation : public testing::Test {
  protected:
    static constexpr std::string_view search_path = "/usr/local/bin:/usr/bin:/bin";

    /// The output of a command that must succeed.
    std::string must(std::string const& command) {
        auto const output = run(shell_, command);
        EXPECT_EQ(output.exit_code, 0) << command << '\n' << output.pieces.front();
        return output.pieces.front();
    }

    Output service(std::string const& url, std::string const& migrations) {
        auto shell = shell_;
        shell.environment["DATABASE_URL"] = url;
        return run(shell, fmt::format("build/service {}", migrations));
    }

    fs::path installed(std::string_view file) const { return folder_.project() / "prefix" / file; }

    void install() {
        must(fmt::format("cmake --install '{}' --prefix prefix", places::build.string()));
    }

    ProjectFolder folder_{};
    Shell shell_{.folder = folder_.project(),
                 .environment = {{"PATH", std::string(search_path)},
                                 {"HOME", folder_.home().string()},
                                 {"TMPDIR", folder_.temporary().string()}},
                 .patience = std::chrono::minutes(4)};
};

TEST_F(Installation, holds_the_program_the_library_and_the_description_of_the_settings) {
    install();
    EXPECT_TRUE(fs::exists(installed("bin/cm-migrate")));
    EXPECT_TRUE(fs::exists(installed("include/cm_migrate/engine.hpp")));
    EXPECT_TRUE(fs::exists(installed("include/cm_migrate/pqxx.hpp")));
    EXPECT_TRUE(fs::exists(installed("share/cm-migrate/cm-migrate.schema.json")));
    EXPECT_TRUE(fs::exists(installed("share/cm-migrate/json/deploy.schema.json")));
}

TEST_F(Installation, the_quick_start_has_built_all_of_it) {
    auto const text = read_text(places::source / "examples/quickstart.sh");
    std::smatch targets{};
    ASSERT_TRUE(std::regex_search(text, targets, std::regex("--target ([^\n]+)")));
    auto const ninja = fmt::format("ninja -C '{}' --quiet -t", places::build.string());
    auto const built = must(fmt::format("{} commands {}", ninja, targets[1].str()));
    auto const made = must(ninja + " targets all");
    auto const rules = read_text(places::build / "cmake_install.cmake");
    std::regex const file('"' + places::build.string() + "/([^\"]+)\"");
    int count = 0;
    for (std::sregex_iterator at(rules.begin(), rules.end(), file), end; at != end; ++at) {
        auto const name = (*at)[1].str();
        if (('\n' + made).find('\n' + name + ": ") == std::string::npos) continue;
        EXPECT_NE(built.find(' ' + name + ' '), std::string::npos) << name;
        ++count;
    }
    EXPECT_GE(count, 2);
}

TEST_F(Installation, a_program_can_apply_its_migrations) {
    CM_NEEDS_SERVER();
    install();
    must(fmt::format(
        "cmake -S '{}' -B build -G Ninja -DCMAKE_PREFIX_PATH=\"$PWD/prefix\""
        " -DCMAKE_CXX_COMPILER='{}' -DCMAKE_CXX_FLAGS='{}' && cmake --build build",
        (places::source / "examples/embed").string(), places::compiler, places::sanitizer_flags));

    TestDatabase const database(server_url().value());
    auto const migrations = (places::source / "examples/embed/migrations").string();
    auto const first = service(database.url(), migrations);
    EXPECT_EQ(first.exit_code, 0);
    EXPECT_EQ(first.pieces.front(),
              "applying 20260101000000_init\napplying 20260102000000_add_user_name\n"
              "2 of 2 migrations applied\nready to serve\n");
    Session(database.url()).execute("INSERT INTO users (email, name) VALUES ('a@b', 'Ada')");
    EXPECT_EQ(service(database.url(), migrations).pieces.front(),
              "0 of 2 migrations applied\nready to serve\n");

    folder_.add({"broken/20260101000000_init/migration.sql", "CREATE TABLE t (a itn);\n"});
    TestDatabase const other(server_url().value());
    auto const failed = service(other.url(), "broken");
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_NE(failed.pieces.front().find("error[CM0504]"), std::string::npos)
        << failed.pieces.front();
    EXPECT_NE(failed.pieces.front().find("migration.sql:1:"), std::string::npos)
        << failed.pieces.front();

    auto const with_libpqxx = [&](std::string const& folder) {
        return run(shell_,
                   fmt::format("build/service_with_libpqxx {} '{}'", folder, database.url()));
    };
    EXPECT_EQ(with_libpqxx(migrations).pieces.front(),
              "0 of 2 migrations applied\nready to serve 1 users\n");
    EXPECT_EQ(with_libpqxx("nowhere").exit_code, 1);

    auto const lost = service(other.url(), "nowhere");
    EXPECT_EQ(lost.exit_code, 1);
    EXPECT_NE(lost.pieces.front().find("error[CM0050]"), std::string::npos) << lost.pieces.front();
}

}  // namespace

}  // namespace cm::test

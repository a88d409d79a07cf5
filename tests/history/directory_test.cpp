#include "history/directory.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "base/sha256.hpp"

namespace cm::history {
namespace {

namespace fs = std::filesystem;

class MigrationsFolder : public testing::Test {
  protected:
    void SetUp() override {
        auto pattern = (fs::temp_directory_path() / "cm-migrations-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }

    void TearDown() override { fs::remove_all(folder_); }

    void add(std::string const& name, std::string_view script) {
        make_directory(folder_ / name);
        write_file(folder_ / name / "migration.sql", script);
    }

    std::string code(std::function<void()> const& call) {
        try {
            call();
        } catch (Failure const& failed) {
            return std::string(failed.diagnostics().front().code);
        }
        return "no failure";
    }

    fs::path folder_{};
};

TEST_F(MigrationsFolder, IsReadInOrder) {
    add("20250102000000_b", "B");
    add("20250101000000_a", "A\r\n");
    make_directory(folder_ / "20250103000000_empty");
    make_directory(folder_ / ".hidden");
    write_file(folder_ / "notes.txt", "");
    write_file(folder_ / "0001_flat.sql", "");
    write_file(folder_ / ".hidden.sql", "");
    auto const directory = read_directory(folder_);
    ASSERT_EQ(directory.migrations.size(), 2U);
    EXPECT_EQ(directory.migrations[0].name, "20250101000000_a");
    EXPECT_EQ(directory.migrations[0].script, "A\r\n");
    EXPECT_EQ(directory.migrations[0].checksum, sha256("A\r\n"));
    EXPECT_EQ(directory.migrations[1].name, "20250102000000_b");
    EXPECT_EQ(directory.without_script, std::vector<std::string>{"20250103000000_empty"});
    EXPECT_EQ(directory.loose_scripts, std::vector<std::string>{"0001_flat.sql"});
}

TEST_F(MigrationsFolder, MayBeAbsentButNotAFile) {
    EXPECT_TRUE(read_directory(folder_ / "none").migrations.empty());
    write_file(folder_ / "file", "");
    EXPECT_EQ(code([&] { read_directory(folder_ / "file"); }), "CM0501");
}

TEST_F(MigrationsFolder, MustBeForPostgresql) {
    for (auto const* good :
         {"provider = \"postgresql\"", "# x\n  provider='postgres'\n", "", "other = 1"}) {
        write_file(folder_ / "migration_lock.toml", good);
        EXPECT_EQ(code([&] { read_directory(folder_); }), "no failure") << good;
    }
    write_file(folder_ / "migration_lock.toml", "# comment\nprovider = \"mysql\"\n");
    EXPECT_EQ(code([&] { read_directory(folder_); }), "CM0502");
}

TEST_F(MigrationsFolder, GetsWholeMigrations) {
    auto const path = folder_ / "new" / "migrations";
    auto const migration = migration_of(path, "20250101000000_a", "SELECT 1;\n");
    write_migration(path, migration);
    EXPECT_EQ(migration.script, "SELECT 1;\n");
    auto const directory = read_directory(path);
    EXPECT_EQ(directory.migrations, std::vector{migration});
    EXPECT_TRUE(directory.without_script.empty());
    auto const lock = read_file(path / "migration_lock.toml");
    EXPECT_NE(lock.find("\nprovider = \"postgresql\"\n"), std::string::npos);
    write_file(path / "migration_lock.toml", "# mine\n" + lock);
    write_migration(path, migration_of(path, "20250102000000_b", ""));
    EXPECT_TRUE(read_file(path / "migration_lock.toml").starts_with("# mine"));
    EXPECT_EQ(code([&] { write_migration(path, migration_of(path, "20250102000000_b", "")); }),
              "CM0508");
}

}  // namespace
}  // namespace cm::history

#include "engine/state_cache.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "support/project_folder.hpp"

namespace cm::engine {

namespace {

namespace fs = std::filesystem;

using Migrations = std::vector<history::Migration>;

class States : public testing::Test {
  protected:
    StateCache cache(std::string const& conditions = "a server") const {
        return {folder(), conditions};
    }

    fs::path folder() const { return home_.project() / ".cm-migrate/states"; }

    std::vector<fs::path> files() const {
        std::vector<fs::path> found{};
        for (auto const& entry : fs::directory_iterator{folder()}) {
            if (entry.path().filename() != ".gitignore") found.push_back(entry.path());
        }
        return found;
    }

    Migrations const two_{{.name = "1_a", .checksum = "aa"}, {.name = "2_b", .checksum = "bb"}};
    sql::ResultSets const answers_{{"SELECT 1", {{"x"}, {{"1"}}}}};
    test::ProjectFolder home_{};
};

TEST_F(States, are_found_again) {
    EXPECT_EQ(cache().find(two_), std::nullopt);
    cache().keep(two_, answers_);
    EXPECT_EQ(cache().find(two_), answers_);
    EXPECT_EQ(read_file(folder() / ".gitignore"), "*\n");
}

TEST_F(States, belong_to_these_very_migrations_and_conditions) {
    cache().keep(two_, answers_);
    EXPECT_EQ(cache("another server").find(two_), std::nullopt);
    EXPECT_EQ(cache().find({two_[0]}), std::nullopt);
    EXPECT_EQ(cache().find({two_[1], two_[0]}), std::nullopt);
    EXPECT_EQ(cache().find({two_[0], {.name = "2_b", .checksum = "edited"}}), std::nullopt);
    EXPECT_EQ(cache().find({two_[0], {.name = "2_renamed", .checksum = "bb"}}), std::nullopt);
}

TEST_F(States, belong_to_the_version_that_kept_them) {
    StateCache const ours{folder(), "a server", "1.0"};
    ours.keep(two_, answers_);
    EXPECT_EQ(ours.find(two_), answers_);
    EXPECT_EQ((StateCache{folder(), "a server", "1.1"}.find(two_)), std::nullopt);
    // Without a word about it, it is the version that `cm-migrate --version` prints.
    cache().keep(two_, answers_);
    EXPECT_EQ((StateCache{folder(), "a server", std::string{cm_migrate::version()}}.find(two_)),
              answers_);
    EXPECT_EQ((StateCache{folder(), "a server", "another"}.find(two_)), std::nullopt);
}

TEST_F(States, are_not_taken_from_a_damaged_file) {
    cache().keep(two_, answers_);
    auto const file = files().at(0);
    auto const text = read_file(file);
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto damaged = text;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        write_file(file, damaged);
        EXPECT_EQ(cache().find(two_), std::nullopt) << i;
        write_file(file, text.substr(0, i));
        EXPECT_EQ(cache().find(two_), std::nullopt) << i;
    }
    cache().keep(two_, answers_);
    EXPECT_EQ(cache().find(two_), answers_);
}

TEST_F(States, do_not_pile_up) {
    Migrations some{};
    for (int i = 0; i < 20; ++i) {
        some.push_back({.name = std::to_string(i), .checksum = "c"});
        cache().keep(some, answers_);
    }
    EXPECT_LE(files().size(), 8U);
    EXPECT_EQ(cache().find(some), answers_);
}

TEST_F(States, are_a_luxury_where_nothing_can_be_written) {
    home_.add({".cm-migrate", "a file where the folder would be"});
    cache().keep(two_, answers_);
    EXPECT_EQ(cache().find(two_), std::nullopt);
}

}  // namespace

}  // namespace cm::engine

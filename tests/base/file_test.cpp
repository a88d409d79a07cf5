#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnostic.hpp"

namespace cm {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
  protected:
    void SetUp() override {
        auto pattern = (fs::temp_directory_path() / "cm-file-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }

    void TearDown() override { fs::remove_all(folder_); }

    std::string code(std::function<void()> const& call) {
        try {
            call();
        } catch (Failure const& failed) {
            EXPECT_NE(failed.diagnostics().front().message.find(folder_.string()),
                      std::string::npos);
            return std::string(failed.diagnostics().front().code);
        }
        return "no failure";
    }

    std::size_t entries() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    fs::path folder_{};
};

TEST_F(File, ReadsWhatWasWritten) {
    std::string const bytes("a\0b\r\n\xFF", 6);
    write_file(folder_ / "x", bytes);
    EXPECT_EQ(read_file(folder_ / "x"), bytes);
    write_file(folder_ / "x", "shorter");
    EXPECT_EQ(read_file(folder_ / "x"), "shorter");
    EXPECT_EQ(entries(), 1U) << "the file beside the target is left";
}

TEST_F(File, TellsAbsentFromUnreadable) {
    EXPECT_FALSE(read_file_if_exists(folder_ / "none"));
    EXPECT_EQ(code([&] { read_file(folder_ / "none"); }), "CM0010");
    EXPECT_EQ(code([&] { read_file_if_exists(folder_); }), "CM0010");
}

TEST_F(File, LeavesNothingBehindWhenItCannotWrite) {
    fs::create_directory(folder_ / "x");
    EXPECT_EQ(code([&] { write_file(folder_ / "x", "text"); }), "CM0011");
    EXPECT_EQ(code([&] { write_file(folder_ / "none" / "x", "text"); }), "CM0011");
    EXPECT_EQ(entries(), 1U);
}

TEST_F(File, KeepsModeAndLink) {
    write_file(folder_ / "x", "1");
    ::chmod((folder_ / "x").c_str(), 0640);
    fs::create_symlink("x", folder_ / "link");
    write_file(folder_ / "link", "2");
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(read_file(folder_ / "x"), "2");
    EXPECT_EQ(fs::status(folder_ / "x").permissions(), fs::perms(0640));
}

TEST_F(File, MakesFoldersAndSaysWhyNot) {
    make_directory(folder_ / "a" / "b");
    make_directory(folder_ / "a" / "b");
    EXPECT_TRUE(fs::is_directory(folder_ / "a" / "b"));
    write_file(folder_ / "x", "");
    EXPECT_EQ(code([&] { make_directory(folder_ / "x" / "y"); }), "CM0012");
}

TEST_F(File, GuardRemovesUnlessKept) {
    {
        RemovalGuard const guard(folder_ / "x");
        make_directory(folder_ / "x" / "y");
    }
    EXPECT_FALSE(fs::exists(folder_ / "x"));
    {
        RemovalGuard guard(folder_ / "z");
        make_directory(folder_ / "z");
        guard.keep();
    }
    EXPECT_TRUE(fs::exists(folder_ / "z"));
}

}  // namespace
}  // namespace cm

// Both sides of `diff` from schema files, which are read at the same time: in this process, so that
// a sanitizer sees it.
#include "engine/diff_sources.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/project_folder.hpp"

namespace cm::engine {

namespace {

constexpr auto head = "datasource db {\n  provider = \"postgresql\"\n}\n";

/// Models with what makes the reading busy: defaults that PostgreSQL's parser is asked about.
std::string models(int count, std::string_view extra) {
    std::string text = head;
    for (int i = 0; i < count; ++i) {
        text += fmt::format(
            "model M{} {{\n  id Int @id @default(autoincrement())\n  a Decimal @default(0) "
            "@db.Decimal({}, 2)\n  b String @default(dbgenerated(\"('x'::text || '{}')\"))\n  "
            "{}\n}}\n",
            i, 10 + i % 5, i, i == count - 1 ? extra : "");
    }
    return text;
}

class TwoFiles : public testing::Test {
  protected:
    /// The SQL, or what is wrong.
    std::string compare(std::string const& from, std::string const& to) {
        home_.add({"from.prisma", from});
        home_.add({"to.prisma", to});
        return compare_files("from.prisma", "to.prisma");
    }

    std::string compare_files(std::string const& from, std::string const& to) {
        SourceMap sources{};
        auto const project =
            open_project({.working_directory = home_.project(), .variables = {}}, {}, sources);
        try {
            return compare_sources(project, sources, FromSchema{from}, FromSchema{to}, {}, {}).text;
        } catch (Failure const& failed) {
            auto const& finding = failed.diagnostics().front();
            return std::string(finding.code) +
                   (finding.primary ? " in " + std::string(sources.name(finding.primary->span.file))
                                    : "");
        }
    }

    test::ProjectFolder home_{};
};

TEST_F(TwoFiles, are_compared) {
    EXPECT_EQ(compare(models(40, ""), models(40, "c Int?")),
              "-- AlterTable\nALTER TABLE \"M39\" ADD COLUMN     \"c\" INTEGER;\n");
    EXPECT_EQ(compare(models(40, "c Int?"), models(40, "c Int?")), "");
}

TEST_F(TwoFiles, are_blamed_in_their_order) {
    auto const wrong = models(1, "c Nothing");
    EXPECT_TRUE(compare(wrong, head).ends_with("from.prisma"));
    EXPECT_TRUE(compare(head, wrong).ends_with("to.prisma"));
    EXPECT_TRUE(compare(wrong, wrong).ends_with("from.prisma"));
    home_.add({"empty/note.txt", ""});
    for (auto const* const none : {"empty", "nothing"}) {
        EXPECT_TRUE(compare_files("from.prisma", none).ends_with("from.prisma")) << none;
        EXPECT_EQ(compare_files(none, "from.prisma"), "CM0030") << none;
    }
}

}  // namespace

}  // namespace cm::engine

#include "engine/scaffold.hpp"

#include <gtest/gtest.h>

namespace cm::engine {
namespace {

std::string read_back(std::string const& url) {
    auto const line = dotenv_line("DATABASE_URL", url);
    auto const variables = parse_dotenv(line + "OTHER=1\n", {});
    EXPECT_EQ(variables.size(), 2U) << line;
    auto const found = variables.find("DATABASE_URL");
    return found == variables.end() ? "" : found->second;
}

TEST(FirstProject, AUrlInDotenvReadsBackAsItWasGiven) {
    for (auto const* const url :
         {"postgresql://u:p@h:5432/db", R"(postgresql://u:a"b@h/db)", R"(postgresql://u:a\b@h/db)",
          R"(postgresql://u:a\nb@h/db)", "postgresql://u:a${HOME}b@h/db", "postgresql://u:$a@h/db",
          R"(postgresql://u:a\$b@h/db)", "postgresql://u:a'b@h/db", "postgresql://u:a`b@h/db",
          R"(postgresql://u:a"'b@h/db)", R"(postgresql://u:a"`b@h/db)", "host=h password='a b#c'",
          "postgresql://u:a#b@h/db?schema=x"}) {
        EXPECT_EQ(read_back(url), url);
    }
}

TEST(FirstProject, QuotesOfAllKindsAreWrittenAsAUrlMay) {
    EXPECT_EQ(read_back(R"(postgresql://u:"'`\n@h/db)"), "postgresql://u:%22'`%5Cn@h/db");
}

}  // namespace
}  // namespace cm::engine

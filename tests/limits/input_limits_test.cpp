// Any bytes as a schema: the program ends by itself, in bounded time and memory, and says what is
// wrong. Ordinary runs take texts of 1 MB; CM_LIMITS_BYTES=5000000 is what the program promises.
#include <gtest/gtest.h>

#include <cstdlib>

#include "limits/texts.hpp"
#include "support/case_file.hpp"
#include "support/program.hpp"

namespace cm::test {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr auto slower = 10;
constexpr auto larger = 20;
#elif !defined(NDEBUG)
constexpr auto slower = 5;
constexpr auto larger = 1;
#else
constexpr auto slower = 1;
constexpr auto larger = 1;
#endif

constexpr auto seconds_allowed = 10;
constexpr auto megabytes_allowed = 200;

std::size_t size() {
    auto const* const given = std::getenv("CM_LIMITS_BYTES");
    return given == nullptr ? 250'000 : std::strtoul(given, nullptr, 10);
}

class Limits : public testing::TestWithParam<HostileText> {};

TEST_P(Limits, hold) {
    ProjectFolder const folder{};
    auto const schema = folder.project() / "schema.prisma";
    for (auto const& words : std::vector<std::vector<std::string>>{{"validate"},
                                                                   {"validate", "--json"},
                                                                   {"show", "tokens"},
                                                                   {"show", "ast"},
                                                                   {"show", "schema"},
                                                                   {"format"}}) {
        write_text(schema, GetParam().make(size()));
        auto arguments = words;
        arguments.insert(arguments.end(), {"--schema", schema.string()});
        Program run(folder, "", arguments, std::chrono::seconds{seconds_allowed * slower * 2});
        EXPECT_LE(run.wait(), 1) << words.back();
        EXPECT_LE(run.use().seconds, seconds_allowed * slower) << words.back();
        EXPECT_LE(run.use().megabytes, megabytes_allowed * larger) << words.back();
    }
}

INSTANTIATE_TEST_SUITE_P(text, Limits, testing::ValuesIn(hostile_texts()),
                         [](auto const& text) { return text.param.name; });

}  // namespace

}  // namespace cm::test

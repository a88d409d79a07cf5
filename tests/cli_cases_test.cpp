// tests/cases/cli/**.txtar: transcripts of the program at work. Every section but `transcript` and
// `environment` (support/workplace.hpp) is a file of the project. DATABASE_URL leads to a fresh
// database of the scratch server, shown as `guide`.
#include <gtest/gtest.h>

#include <cctype>
#include <regex>
#include <set>
#include <string>

#include "support/case_file.hpp"
#include "support/golden.hpp"
#include "support/normalize.hpp"
#include "support/transcript.hpp"
#include "support/workplace.hpp"

namespace cm::test {

namespace {

/// The passwords that a case uses, in URLs and in statements.
std::set<std::string> passwords_in(CaseFile const& file) {
    static std::regex const in_url(R"(://[^:@/\s]+:([^@/\s*]{4,})@)");
    static std::regex const in_statement(R"(PASSWORD '([^'*\[]{4,})')");
    std::set<std::string> found{"geheim"};
    for (auto const& section : file.sections) {
        for (auto const* pattern : {&in_url, &in_statement}) {
            auto const& text = section.text;
            for (std::sregex_iterator each(text.begin(), text.end(), *pattern), end; each != end;
                 ++each) {
                found.insert((*each)[1]);
            }
        }
    }
    found.erase("password");  // `user:password@` is how messages speak of a URL
    return found;
}

/// As a word: `pass` is no password in «password».
std::size_t find_word(std::string const& text, std::string const& word) {
    auto at = text.find(word);
    while (at != std::string::npos && at + word.size() < text.size() &&
           std::isalnum(static_cast<unsigned char>(text[at + word.size()])) != 0) {
        at = text.find(word, at + 1);
    }
    return at;
}

/// Every case is logged, to its last statement.
void expect_no_passwords(std::string const& log, CaseFile const& file) {
    for (auto const& password : passwords_in(file)) {
        auto const at = find_word(log, password);
        EXPECT_EQ(at, std::string::npos)
            << "a password is in the log: "
            << log.substr(at < 200 ? 0 : at - 200, std::min<std::size_t>(400, log.size()));
    }
}

void play(std::filesystem::path const& path, CaseFile const& file, Wishes const& wishes,
          std::vector<TranscriptCommand> const& commands) {
    Workplace const workplace{wishes};
    for (auto const& section : file.sections) {
        if (section.name != "transcript" && section.name != "environment") workplace.add(section);
    }
    auto const places = workplace.places({.project = "<project>",
                                          .home = "<home>",
                                          .temporary = "<tmp>",
                                          .database = "guide",
                                          .server = ""});
    auto const actual = perform(commands, workplace.shell(), [&](std::string text) {
        return without_neighbours(normalize(std::move(text), places));
    });
    EXPECT_TRUE(matches_section(path, "transcript", actual));
    expect_no_passwords(workplace.log(), file);
}

class Cli : public testing::TestWithParam<std::string> {};

TEST_P(Cli, transcript) {
    auto const path = case_path("cli", GetParam());
    auto const file = read_case(path);
    auto const wishes =
        parse_wishes(file.has("environment") ? file.text("environment") : std::string{});
    if (wishes.wants_server) CM_NEEDS_SERVER();
    auto const commands = parse_transcript(file.text("transcript"));
    if (auto const reason = what_is_missing(wishes, commands)) GTEST_SKIP() << *reason;
    play(path, file, wishes, commands);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Cli);
INSTANTIATE_TEST_SUITE_P(cases, Cli, testing::ValuesIn(find_cases("cli")), parameter_name);

}  // namespace

}  // namespace cm::test

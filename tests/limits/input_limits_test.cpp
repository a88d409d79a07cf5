// Any bytes as a schema: the program ends by itself, in bounded time and memory, and says what is
// wrong. Ordinary runs take texts of 1 MB; CM_LIMITS_BYTES=5000000 is what the program promises.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "limits/texts.hpp"
#include "places.hpp"
#include "support/case_file.hpp"
#include "support/project_folder.hpp"

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

struct Use {
    int status{};
    double seconds{};  ///< of processor time: the machine may be busy
    long megabytes{};
};

[[noreturn]] void become(std::filesystem::path const& schema, std::vector<std::string> words) {
    auto const nothing = ::open("/dev/null", O_RDWR);
    for (auto const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
    rlimit const limit{static_cast<rlim_t>(seconds_allowed * slower * 2), RLIM_INFINITY};
    ::setrlimit(RLIMIT_CPU, &limit);
    words.insert(words.begin(), places::program.string());
    words.insert(words.end(), {"--schema", schema.string()});
    std::vector<char*> arguments{};
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
}

Use use_of(std::filesystem::path const& schema, std::vector<std::string> const& words) {
    auto const child = ::fork();
    if (child == 0) become(schema, words);
    Use use{};
    rusage usage{};
    ::wait4(child, &use.status, 0, &usage);
    auto const seconds = [](timeval time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    use.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    use.megabytes = usage.ru_maxrss / 1024;
    return use;
}

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
        auto const use = use_of(schema, words);
        auto const is_ended = WIFEXITED(use.status) && WEXITSTATUS(use.status) <= 1;
        EXPECT_TRUE(is_ended) << words.back() << " ended with " << use.status;
        EXPECT_LE(use.seconds, seconds_allowed * slower) << words.back();
        EXPECT_LE(use.megabytes, megabytes_allowed * larger) << words.back();
    }
}

INSTANTIATE_TEST_SUITE_P(text, Limits, testing::ValuesIn(hostile_texts()),
                         [](auto const& text) { return text.param.name; });

}  // namespace

}  // namespace cm::test

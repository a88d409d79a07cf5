// One table of patterns.
#include "support/normalize.hpp"

#include <algorithm>
#include <regex>

namespace cm::test {

namespace {

struct Pattern {
    std::regex pattern;
    char const* replacement;
};

std::vector<Pattern> const& patterns() {
    static std::vector<Pattern> const table{
        {std::regex(R"((127\.0\.0\.1|localhost)(:|, port |" \(127\.0\.0\.1\), port )\d+)"),
         "$1$025432"},
        {std::regex(R"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"), "<uuid>"},
        {std::regex(R"(\b[0-9a-f]{64}\b)"), "<checksum>"},
        {std::regex(R"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?)"),
         "<time>"},
        {std::regex(R"(\b\d+(\.\d+)? ?(ms|s|seconds?)\b)"), "<duration>"},
        {std::regex(R"(("elapsedMs":)\d+)"), "$010"},  // still JSON
        {std::regex(R"x(("(process|atWorkPid)":)\d+)x"), "$011"},
        {std::regex(R"(\b(pid|PID|process) \d+)"), "$1 <pid>"},
        {std::regex(R"(pg_terminate_backend\(\d+\))"), "pg_terminate_backend(<pid>)"},
        {std::regex(R"(cm_migrate_scratch_\w+)"), "cm_migrate_scratch_<id>"},
        // What only a busy machine says, because it takes longer than a second there.
        {std::regex(R"(Replaying migrations( on a private server)? … \d+ of \d+\r?\n)"), ""},
    };
    return table;
}

void replace_all(std::string& text, std::string const& from, std::string const& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

}  // namespace

std::string replaced(std::string text,
                     std::vector<std::pair<std::string, std::string>> replacements) {
    std::stable_sort(replacements.begin(), replacements.end(),
                     [](auto const& a, auto const& b) { return a.first.size() > b.first.size(); });
    for (auto const& [from, to] : replacements) replace_all(text, from, to);
    return text;
}

std::string normalize(std::string text,
                      std::vector<std::pair<std::string, std::string>> replacements) {
    text = replaced(std::move(text), std::move(replacements));
    for (auto const& [pattern, replacement] : patterns()) {
        text = std::regex_replace(text, pattern, replacement);
    }
    return text;
}

}  // namespace cm::test

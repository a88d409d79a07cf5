// Messages and documentation use one name for one thing, in the field's terms: words.txt lists what
// they do not say.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/source_tree.hpp"

namespace cm::test {

namespace {

struct Avoided {
    std::string word{};
    std::string better{};
};

std::vector<Avoided> avoided() {
    constexpr std::string_view between = " = ";
    std::vector<Avoided> all{};
    for (auto const& line : lines_of("tests/words.txt")) {
        if (line.empty() || line.starts_with('#')) continue;
        auto const at = line.find(between);
        EXPECT_NE(at, std::string::npos) << line;
        if (at == std::string::npos) continue;
        all.push_back({line.substr(0, at), line.substr(at + between.size())});
    }
    return all;
}

bool is_letter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// In lower case, with single spaces: a line break in a document is one, too.
std::string plain(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        auto const is_space = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!is_space) {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    return result;
}

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        auto const begins = at == 0 || !is_letter(text[at - 1]) || !is_letter(word.front());
        auto const ends = end == text.size() || !is_letter(text[end]) || !is_letter(word.back());
        if (begins && ends) return true;
    }
    return false;
}

/// Where a token that begins at `at` ends: a quoted one after its closing quote.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    auto const quote = text[at];
    for (++at; at < text.size() && text[at] != quote; ++at) {
        if (text[at] == '\\') ++at;
    }
    return std::min(at + 1, text.size());
}

bool is_raw(std::string_view text, std::size_t quote) {
    return quote > 0 && text[quote - 1] == 'R';
}

std::size_t end_of_raw(std::string_view text, std::size_t quote) {
    auto const open = text.find('(', quote);
    auto const closing = fmt::format("){}\"", text.substr(quote + 1, open - quote - 1));
    auto const end = text.find(closing, open);
    return end == std::string_view::npos ? text.size() : end + closing.size();
}

/// The string literals of a C++ text, adjacent ones as one.
std::vector<std::string> literals(std::string_view text) {
    std::vector<std::string> all{};
    bool continues = false;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with("//") || text.substr(at).starts_with("#include")) {
            at = std::min(text.find('\n', at), text.size());
        } else if (text[at] == '"') {
            auto const end = is_raw(text, at) ? end_of_raw(text, at) : end_of_quoted(text, at);
            if (!continues) all.emplace_back();
            all.back() += text.substr(at + 1, end - at - 2);
            continues = true;
            at = end;
        } else if (text[at] == '\'' && (at == 0 || !is_letter(text[at - 1])) &&
                   (at == 0 || std::isdigit(static_cast<unsigned char>(text[at - 1])) == 0)) {
            at = end_of_quoted(text, at);
            continues = false;
        } else {
            continues = continues && std::isspace(static_cast<unsigned char>(text[at])) != 0;
            ++at;
        }
    }
    return all;
}

void expect_none(std::string const& file, std::string_view text, std::vector<Avoided> const& all) {
    auto const given = plain(text);
    for (auto const& one : all) {
        EXPECT_FALSE(has_word(given, plain(one.word)))
            << file << ": \"" << one.word << "\": write \"" << one.better << "\"";
    }
}

TEST(Words, messages_use_the_terms_of_the_field) {
    auto const all = avoided();
    EXPECT_GE(all.size(), 80U);
    for (auto const& file : source_files("src")) {
        auto const text = read_text(places::source / file);
        if (file.ends_with(".sql")) continue;
        for (auto const& literal : literals(text)) expect_none(file, literal, all);
    }
}

TEST(Words, documentation_uses_the_terms_of_the_field) {
    auto const all = avoided();
    for (auto const& file : documentation_pages()) {
        expect_none(file, read_text(places::source / file), all);
    }
}

TEST(Words, a_literal_is_found_over_the_end_of_a_line) {
    EXPECT_EQ(literals("f(\"a \"\n  \"b\", 'x', \"c\\\"d\"); // \"no\"\n R\"x(raw \"text\")x\";"),
              (std::vector<std::string>{"a b", "c\\\"d", "x(raw \"text\")x"}));
    EXPECT_TRUE(has_word(plain("It stands\n  in the way."), "stands in the way"));
    EXPECT_FALSE(has_word("the ledgers", "ledger"));
}

}  // namespace

}  // namespace cm::test

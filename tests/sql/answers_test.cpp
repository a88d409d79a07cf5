#include "sql/answers.hpp"

#include <gtest/gtest.h>

namespace cm::sql {

namespace {

Answers some_answers() {
    return {{"SELECT 1", {{"a", "b"}, {{"1", std::nullopt}, {"", std::string("\0 5:x\n-", 7)}}}},
            {"SELECT 'nothing'", {{"c"}, {}}},
            {"", {}}};
}

TEST(Answers, come_back_from_their_text_as_they_were) {
    EXPECT_EQ(read_answers(to_text(some_answers())), some_answers());
    EXPECT_EQ(read_answers(to_text({})), Answers{});
}

TEST(Answers, are_not_made_of_a_text_that_was_cut_off_or_goes_on) {
    auto const text = to_text(some_answers());
    for (std::size_t length = 0; length < text.size(); ++length) {
        EXPECT_EQ(read_answers(text.substr(0, length)), std::nullopt) << length;
    }
    EXPECT_EQ(read_answers(text + " "), std::nullopt);
}

TEST(Answers, survive_any_damage) {
    auto const text = to_text(some_answers());
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (char const c : {'9', '-', ' ', '\0', 'x'}) {
            auto damaged = text;
            damaged[at] = c;
            read_answers(damaged);  // the sanitizers watch
        }
    }
    EXPECT_EQ(read_answers("1 99999999999999999999 "), std::nullopt);
    EXPECT_EQ(read_answers("1 0 0 4000000000 "), std::nullopt);
}

TEST(Answers, are_asked_for_together_and_taken_one_by_one) {
    std::vector<std::size_t> sizes{};
    Reading const reading = [&](Fetch const& fetch) {
        sizes = {fetch("SELECT 1").size(), fetch("SELECT 'nothing'").size()};
    };
    EXPECT_EQ(queries_of(reading), (std::vector<std::string>{"SELECT 1", "SELECT 'nothing'"}));
    auto answers = some_answers();
    reading(taking_from(answers));
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 0}));
    EXPECT_EQ(answers.size(), 1U);
}

}  // namespace

}  // namespace cm::sql

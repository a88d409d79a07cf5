#include "sql/result_sets.hpp"

#include <gtest/gtest.h>

namespace cm::sql {

namespace {

ResultSets some_answers() {
    return {{"SELECT 1", {{"a", "b"}, {{"1", std::nullopt}, {"", std::string("\0 5:x\n-", 7)}}}},
            {"SELECT 'nothing'", {{"c"}, {}}},
            {"", {}}};
}

TEST(ResultSets, come_back_from_their_text_as_they_were) {
    EXPECT_EQ(parse_result_sets(to_text(some_answers())), some_answers());
    EXPECT_EQ(parse_result_sets(to_text({})), ResultSets{});
}

TEST(ResultSets, are_not_made_of_a_text_that_was_cut_off_or_goes_on) {
    auto const text = to_text(some_answers());
    for (std::size_t length = 0; length < text.size(); ++length) {
        EXPECT_EQ(parse_result_sets(text.substr(0, length)), std::nullopt) << length;
    }
    EXPECT_EQ(parse_result_sets(text + " "), std::nullopt);
}

TEST(ResultSets, survive_any_damage) {
    auto const text = to_text(some_answers());
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (char const c : {'9', '-', ' ', '\0', 'x'}) {
            auto damaged = text;
            damaged[at] = c;
            parse_result_sets(damaged);  // the sanitizers watch
        }
    }
    EXPECT_EQ(parse_result_sets("1 99999999999999999999 "), std::nullopt);
    EXPECT_EQ(parse_result_sets("1 0 0 4000000000 "), std::nullopt);
}

TEST(ResultSets, are_asked_for_together_and_taken_one_by_one) {
    std::vector<std::size_t> sizes{};
    CatalogReader const reading = [&](QueryFunction const& fetch) {
        sizes = {fetch("SELECT 1").size(), fetch("SELECT 'nothing'").size()};
    };
    EXPECT_EQ(queries_of(reading), (std::vector<std::string>{"SELECT 1", "SELECT 'nothing'"}));
    auto results = some_answers();
    reading(results_from(results));
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 0}));
    EXPECT_EQ(results.size(), 1U);
}

}  // namespace

}  // namespace cm::sql

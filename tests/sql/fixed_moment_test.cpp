// Which words PostgreSQL replaces by the moment, asked of a server, and where they are found.
#include "sql/fixed_moment.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::test {

namespace {

bool is_fixed(std::string_view expression, std::string_view type) {
    auto const column = sql::parse_type(type).value();
    return sql::fixed_moment(expression, &column).has_value();
}

TEST(FixedMoment, is_what_the_server_keeps_no_word_of) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());

    struct Case {
        char const *expression, *type;
    };

    for (auto const& [expression, type] :
         {Case{"'now'", "timestamp"}, Case{"' NOW '", "timestamptz"}, Case{"'today'", "date"},
          Case{"'now'::timestamp", "text"}, Case{"date 'tomorrow' + 1", "date"},
          Case{"CAST('yesterday' AS date)", "date"}, Case{"'today 12:00'", "timestamp"},
          Case{"'now'::date::timestamp", "timestamp"}, Case{"'now'::time", "time"},
          Case{"coalesce(NULL, 'now'::timestamp(3))", "timestamp"}, Case{"'now'", "text"},
          Case{"'now'::text", "text"}, Case{"'now'::text::timestamp", "timestamp"},
          Case{"now()", "timestamp"}, Case{"timezone('utc', now())", "timestamp"}}) {
        session.execute(fmt::format("DROP TABLE IF EXISTS t; CREATE TABLE t (c {} DEFAULT {})",
                                    type, expression));
        auto const kept =
            session
                .fetch(
                    "SELECT lower(pg_get_expr(adbin, adrelid)) AS text FROM pg_attrdef "
                    "WHERE adrelid = 't'::regclass")[0]
                .text("text");
        auto const keeps_word = kept.find("now") != std::string::npos;
        EXPECT_EQ(is_fixed(expression, type), !keeps_word) << expression << " is kept as " << kept;
    }
    EXPECT_FALSE(is_fixed("'epoch'", "timestamp"));
    EXPECT_FALSE(is_fixed("'infinity'", "timestamptz"));
    EXPECT_FALSE(is_fixed("'2020-01-01'", "timestamptz"));
}

TEST(FixedMoment, is_found_in_scripts) {
    EXPECT_TRUE(sql::names_moments("ALTER TABLE t ALTER c SET DEFAULT 'now'::timestamp"));
    EXPECT_TRUE(sql::names_moments("ALTER TABLE t ALTER c SET DEFAULT DATE 'Today'"));
    EXPECT_FALSE(sql::names_moments("ALTER TABLE t ALTER c SET DEFAULT now()"));
    EXPECT_FALSE(sql::names_moments("INSERT INTO t VALUES ('nowhere', 'to')"));
}

}  // namespace

}  // namespace cm::test

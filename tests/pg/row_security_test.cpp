// Reading that no policy curtails, in a transaction and without.
#include "pg/row_security.hpp"

#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::pg {
namespace {

TEST(RowSecurity, IsAsBeforeAfterAReading) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection connection(parse_url(database.url()));
    constexpr auto query = "SELECT pg_catalog.current_setting('row_security') AS it";
    auto const setting = [&] { return connection.fetch(query)[0].text("it"); };
    auto const while_reading = [&] { return fetch_all_rows(connection, query)[0].text("it"); };
    EXPECT_EQ(while_reading(), "off");
    EXPECT_EQ(setting(), "on");
    Transaction const open{connection};
    EXPECT_EQ(while_reading(), "off");
    EXPECT_EQ(setting(), "on");
}

}  // namespace
}  // namespace cm::pg

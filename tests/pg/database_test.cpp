#include "pg/database.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"
#include "support/database.hpp"

namespace cm::pg {
namespace {

TEST(WholeDatabase, IsMadeDroppedAndMadeAnew) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    auto const url = with_database(parse_url(database.url()), database.name() + "_\"odd");
    EXPECT_FALSE(database_exists(url));
    create_database(url);
    create_database(url);
    EXPECT_TRUE(database_exists(url));
    Connection inside(url);
    auto maintenance = connect_to_maintenance(url);
    EXPECT_EQ(creation_clause(maintenance, database_name(url)),
              creation_clause(maintenance, database.name()));
    drop_database(maintenance, database_name(url));
    EXPECT_THROW(inside.execute("SELECT 1"), SqlError);
    drop_database(maintenance, database_name(url));
    EXPECT_FALSE(database_exists(url));
}

TEST(WholeDatabase, SaysThatTheRoleMayNot) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url(), test::RoleRights::no_createdb);
    EXPECT_NO_THROW(create_database(parse_url(database.url()))) << "it is there already";
    try {
        create_database(with_database(parse_url(database.url()), "cm_never_made"));
        FAIL() << "it was made";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0413");
        EXPECT_FALSE(failed.diagnostics().front().helps.empty());
    }
}

}  // namespace
}  // namespace cm::pg

// The names that a statement gives.
#include "sql/named_objects.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

TEST(NamedObjects, AreReadFromTheTree) {
    auto const found = named_objects(
        "INSERT INTO app.\"Tab le\" SELECT app.f(1, 2), g() FROM \"Tab\" JOIN other.t ON true");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->relations,
              (std::vector<QualifiedName>{{"app", "Tab le"}, {"", "Tab"}, {"other", "t"}}));
    EXPECT_EQ(found->routines, (std::vector<NamedRoutine>{{{"app", "f"}, 2}, {{"", "g"}, 0}}));
    EXPECT_FALSE(found->created);
    EXPECT_FALSE(named_objects("no statement"));
}

TEST(NamedObjects, SayWhatIsCreated) {
    auto const created = [](std::string_view statement) {
        return named_objects(statement).value_or(NamedObjects{}).created.value_or(QualifiedName{});
    };
    EXPECT_EQ(created("CREATE TABLE a.t (LIKE b.u)"), (QualifiedName{"a", "t"}));
    EXPECT_EQ(created("CREATE TABLE a.t AS SELECT * FROM b.u"), (QualifiedName{"a", "t"}));
    EXPECT_EQ(created("CREATE VIEW v AS SELECT * FROM b.u"), (QualifiedName{"", "v"}));
    EXPECT_EQ(created("CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS ''"),
              (QualifiedName{"a", "f"}));
    EXPECT_EQ(created("CREATE TYPE a.e AS ENUM ('x')"), (QualifiedName{"a", "e"}));
    EXPECT_EQ(created("CREATE INDEX ON a.t (x)"), (QualifiedName{"a", "t"}));
    EXPECT_EQ(created("CREATE SEQUENCE a.s"), (QualifiedName{"a", "s"}));
    EXPECT_EQ(named_objects("CALL sc.p()")->routines,
              (std::vector<NamedRoutine>{{{"sc", "p"}, 0}}));
}

}  // namespace
}  // namespace cm::sql

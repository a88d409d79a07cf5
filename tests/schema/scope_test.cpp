// Which objects are ours, and what earlier versions of Prisma left behind.
#include "schema/scope.hpp"

#include <gtest/gtest.h>

#include "support/round_trip.hpp"

namespace cm::test {

namespace {

constexpr auto many_to_many =
    "model A {\n id Int @id\n bs B[]\n}\nmodel B {\n id Int @id\n as A[]\n}\n";

/// The join table as Prisma 5 made it: a unique index, no primary key.
schema::Schema as_prisma_5_made_it(schema::Schema schema) {
    auto& table = *schema.tables.find({"public", "_AToB"});
    table.primary_key.reset();
    object::Index unique{};
    unique.name = {"public", "_AToB_AB_unique"};
    unique.table = table.name;
    unique.is_unique = true;
    unique.columns = {{"A", false, {}}, {"B", false, {}}};
    schema.indexes.add(unique);
    return schema;
}

TEST(Scope, a_join_table_of_prisma_5_stays_as_it_is) {
    auto const wanted = declared(many_to_many);
    auto const actual = as_prisma_5_made_it(wanted);
    EXPECT_NE(migration(actual, wanted), "");
    EXPECT_EQ(migration(actual, schema::adapted(wanted, actual, false)), "");
    // One that this program made has a primary key, and keeps it.
    EXPECT_EQ(migration(wanted, schema::adapted(wanted, wanted, false)), "");
    // A new one gets it.
    auto const nothing = schema::empty(default_schema);
    EXPECT_EQ(migration(nothing, schema::adapted(wanted, nothing, false)),
              migration(nothing, wanted));
}

TEST(Scope, ignored_tables_go_with_all_that_hangs_on_them) {
    auto const all = declared(
        "model A {\n id Int @id\n bs B[]\n}\nmodel B {\n id Int @id\n x Int @unique\n a A "
        "@relation(fields: [x], references: "
        "[id])\n}\nmodel C {\n id Int @id\n y Int @unique\n}\n");
    auto const rest = schema::scoped(all, {.ignored_tables = {"B"}});
    EXPECT_EQ(rest,
              declared("model A {\n id Int @id\n}\nmodel C {\n id Int @id\n y Int @unique\n}\n"));
    EXPECT_EQ(schema::scoped(all, {}), all);
    // A foreign key goes with the table at its other end, too.
    EXPECT_TRUE(schema::scoped(all, {.ignored_tables = {"A"}}).foreign_keys.empty());
}

}  // namespace

}  // namespace cm::test

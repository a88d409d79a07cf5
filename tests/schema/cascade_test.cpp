// What relies on something that goes, is replaced or retyped, is dropped and made anew.
#include "schema/cascade.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/round_trip.hpp"

namespace cm::test {

namespace {

/// The differ's steps, in no particular order.
std::vector<std::string> steps_between(std::string_view from, std::string_view to) {
    return titles(schema::diff(declared(from), declared(to)));
}

using testing::UnorderedElementsAre;

TEST(Cascade, a_replaced_column_takes_its_indexes_along) {
    EXPECT_THAT(
        steps_between("model T {\n id Int @id\n a Int?\n b Int\n @@index([a])\n @@index([b])\n}",
                      "model T {\n id Int @id\n a Json?\n b Int\n @@index([a])\n @@index([b])\n}"),
        UnorderedElementsAre("alter table `T`", "drop index `T_a_idx`", "create index `T_a_idx`"));
}

TEST(Cascade, a_retyped_column_keeps_its_indexes_but_not_its_foreign_keys) {
    EXPECT_THAT(
        steps_between("model A {\n id Int @id\n bs B[]\n}\nmodel B {\n id Int @id\n x Int\n a A "
                      "@relation(fields: [x], references: [id])\n @@index([x])\n}",
                      "model A {\n id BigInt @id\n bs B[]\n}\nmodel B {\n id Int @id\n x BigInt\n "
                      "a A @relation(fields: [x], references: [id])\n @@index([x])\n}"),
        UnorderedElementsAre("alter table `A`", "alter table `B`", "drop foreign key `B_x_fkey`",
                             "create foreign key `B_x_fkey`"));
}

TEST(Cascade, another_length_disturbs_nobody) {
    EXPECT_THAT(
        steps_between(
            "model A {\n id String @id @db.VarChar(9)\n bs B[]\n}\nmodel B {\n id Int @id\n x "
            "String @db.VarChar(9)\n a A @relation(fields: [x], references: [id])\n}",
            "model A {\n id String @id @db.VarChar(19)\n bs B[]\n}\nmodel B {\n id Int @id\n x "
            "String @db.VarChar(19)\n a A @relation(fields: [x], references: [id])\n}"),
        UnorderedElementsAre("alter table `A`", "alter table `B`"));
}

TEST(Cascade, a_foreign_key_goes_and_comes_with_the_key_behind_it) {
    EXPECT_THAT(
        steps_between("model A {\n id Int @id\n u Int @unique\n bs B[]\n}\nmodel B {\n id Int "
                      "@id\n x Int\n a A @relation(fields: [x], references: [u])\n}",
                      "model A {\n id Int\n u Int @id\n bs B[]\n}\nmodel B {\n id Int @id\n x "
                      "Int\n a A @relation(fields: [x], references: [u])\n}"),
        UnorderedElementsAre("alter table `A`", "drop index `A_u_key`",
                             "drop foreign key `B_x_fkey`", "create foreign key `B_x_fkey`"));
}

TEST(Cascade, a_rename_does_not_survive_the_loss_of_its_column) {
    EXPECT_THAT(steps_between("model T {\n id Int @id\n a Int?\n @@index([a], map: \"old\")\n}",
                              "model T {\n id Int @id\n a Json?\n @@index([a], map: \"new\")\n}"),
                UnorderedElementsAre("alter table `T`", "drop index `old`", "create index `new`"));
}

TEST(Cascade, nothing_is_done_twice) {
    EXPECT_THAT(steps_between("model T {\n id Int @id\n a Int?\n @@index([a], map: \"i\")\n}",
                              "model T {\n id Int @id\n a Json?\n @@unique([a], map: \"i\")\n}"),
                UnorderedElementsAre("alter table `T`", "drop index `i`", "create index `i`"));
}

TEST(Cascade, what_goes_for_good_does_not_come_back) {
    EXPECT_THAT(steps_between("model T {\n id Int @id\n a Int?\n @@index([a])\n}",
                              "model T {\n id Int @id\n a Json?\n}"),
                UnorderedElementsAre("alter table `T`", "drop index `T_a_idx`"));
}

}  // namespace

}  // namespace cm::test

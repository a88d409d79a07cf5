// The order of steps.
#include "schema/sequence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/implied_drops.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

namespace {

std::vector<std::string> order(std::string_view from, std::string_view to) {
    return titles(
        schema::sequence(schema::prune_implied_drops(schema::diff(declared(from), declared(to)))));
}

using testing::ElementsAre;

TEST(Sequence, of_a_new_database_is_as_it_was_written) {
    EXPECT_THAT(order("",
                      "model B {\n id Int @id\n a Int @unique\n e E\n c A @relation(fields: [a], "
                      "references: [id])\n}\n"
                      "model A {\n id Int @id\n bs B?\n}\nenum E {\n X\n}\n"),
                ElementsAre("create enum `E`", "create table `B`", "create table `A`",
                            "create index `B_a_key`", "create foreign key `B_a_fkey`"));
}

TEST(Sequence, of_an_end_is_foreign_keys_first_and_types_last) {
    EXPECT_THAT(order("model B {\n id Int @id\n a Int @unique\n e E\n c A @relation(fields: [a], "
                      "references: [id])\n}\n"
                      "model A {\n id Int @id\n bs B?\n}\nenum E {\n X\n}\n",
                      ""),
                ElementsAre("drop foreign key `B_a_fkey`", "drop table `B`", "drop table `A`",
                            "drop enum `E`"));
}

TEST(Absorb, an_index_goes_with_its_table_and_only_with_it) {
    EXPECT_THAT(order("model T {\n id Int @id\n a Int @unique\n}", ""),
                ElementsAre("drop table `T`"));
    EXPECT_THAT(
        order("model T {\n id Int @id\n a Int @unique\n}", "model T {\n id Int @id\n a Int\n}"),
        ElementsAre("drop index `T_a_key`"));
}

TEST(Sequence, a_name_is_freed_before_it_is_taken) {
    EXPECT_THAT(order("model T {\n id Int @id\n @@index([id], map: \"x\")\n}",
                      "model T {\n id Int @id\n}\nmodel x {\n id Int @id\n}"),
                ElementsAre("drop index `x`", "create table `x`"));
    // A rename comes late, unless what it frees is wanted.
    EXPECT_THAT(
        order("model T {\n id Int @id\n @@index([id], map: \"x\")\n}",
              "model T {\n id Int @id\n @@index([id], map: \"y\")\n}\nmodel x {\n id Int @id\n}"),
        ElementsAre("alter index `y`", "create table `x`"));
    EXPECT_THAT(
        order("model T {\n id Int @id\n @@index([id], map: \"x\")\n}",
              "model T {\n id Int @id\n @@index([id], map: \"y\")\n}\nmodel z {\n id Int @id\n}"),
        ElementsAre("create table `z`", "alter index `y`"));
}

TEST(Sequence, a_foreign_key_makes_way_for_the_rebuilding_of_its_type) {
    constexpr auto models =
        "model A {\n k E @id\n bs B[]\n}\nmodel B {\n id Int @id\n k E\n a A @relation(fields: "
        "[k], references: [k])\n}\n";
    EXPECT_THAT(order(std::string("enum E {\n X\n Y\n}\n") + models,
                      std::string("enum E {\n X\n}\n") + models),
                ElementsAre("drop foreign key `B_k_fkey`", "rebuild enum `E`",
                            "create foreign key `B_k_fkey`"));
}

TEST(Sequence, steps_that_wait_for_each_other_are_named) {
    auto const schema = declared("model A {\n id Int @id\n @@map(\"a\")\n}");
    auto const first = schema.tables.begin()->second;
    auto second = first;
    second.name.name = "c";
    // a becomes c while c becomes a.
    schema::Steps const steps{schema::Alter<object::Table>{first, second},
                              schema::Alter<object::Table>{second, first}};
    try {
        schema::sequence(steps);
        FAIL() << "there is no such order";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.diagnostics().at(0).code, "CM0310");
        EXPECT_EQ(failure.diagnostics().at(0).notes.size(), 2);
    }
}

}  // namespace

}  // namespace cm::test

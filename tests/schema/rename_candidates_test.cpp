#include "schema/rename_candidates.hpp"

#include <gtest/gtest.h>

#include "schema/name_likeness.hpp"
#include "schema/rename_flags.hpp"
#include "support/round_trip.hpp"

namespace cm::schema {

namespace {

std::vector<std::string> found(std::string_view from, std::string_view to) {
    auto const plan = schema::plan(diff(test::declared(from), test::declared(to)));
    std::vector<std::string> all{};
    for (auto const& candidate : rename_candidates(plan)) {
        auto const mark = is_likely(candidate) ? "" : " (unlikely)";
        all.push_back(flag_of(candidate, "public").text + mark);
    }
    return all;
}

using Flags = std::vector<std::string>;

TEST(RenameCandidates, one_column_goes_and_one_like_it_comes) {
    EXPECT_EQ(found("model users {\n id Int @id\n name String\n}",
                    "model users {\n id Int @id\n full_name String\n}"),
              Flags{"users.name=full_name"});
}

TEST(RenameCandidates, another_type_or_an_unlike_name_is_no_rename) {
    EXPECT_EQ(found("model users {\n id Int @id\n at DateTime\n}",
                    "model users {\n id Int @id\n at_home Boolean\n}"),
              Flags{});
    EXPECT_EQ(found("model users {\n id Int @id\n bio String\n}",
                    "model users {\n id Int @id\n weight Float?\n}"),
              Flags{"users.bio=weight (unlikely)"});
    EXPECT_EQ(found("model users {\n id Int @id\n bio String?\n}",
                    "model users {\n id Int @id\n phone String @default(\"-\")\n}"),
              Flags{"users.bio=phone (unlikely)"});
}

TEST(RenameCandidates, pairs_are_the_best_in_all) {
    EXPECT_EQ(found("model t {\n id Int @id\n first_name String\n last_name String\n}",
                    "model t {\n id Int @id\n lastName String\n firstName String\n}"),
              (Flags{"t.first_name=firstName", "t.last_name=lastName"}));
}

TEST(RenameCandidates, a_table_is_known_by_its_columns) {
    EXPECT_EQ(found("model Share {\n id Int @id\n slug String\n createdAt DateTime\n}",
                    "model share_links {\n id Int @id\n slug String\n created_at DateTime\n}"),
              Flags{"Share=share_links"});
}

TEST(RenameCandidates, join_tables_go_with_their_models) {
    auto const models = [](std::string const& name) {
        return "model " + name +
               " {\n id Int @id\n title String\n tags Tag[]\n}\nmodel Tag {\n id Int @id\n posts " +
               name + "[]\n}";
    };
    EXPECT_EQ(found(models("Post"), models("Posts")), Flags{"Post=Posts"});
}

TEST(RenameCandidates, a_relation_may_become_a_model) {
    EXPECT_EQ(
        found("model Asset {\n id Int @id\n bookings Booking[]\n}\n"
              "model Booking {\n id Int @id\n assets Asset[]\n}",
              "model Asset {\n id Int @id\n bookings BookingAsset[]\n}\n"
              "model Booking {\n id Int @id\n assets BookingAsset[]\n}\n"
              "model BookingAsset {\n assetId Int\n bookingId Int\n count Int @default(1)\n"
              " asset Asset @relation(fields: [assetId], references: [id])\n"
              " booking Booking @relation(fields: [bookingId], references: [id])\n"
              " @@id([assetId, bookingId])\n}"),
        Flags{"_AssetToBooking=BookingAsset"});
}

TEST(RenameCandidates, enums_and_their_values) {
    EXPECT_EQ(found("enum Role {\n A\n B\n}", "enum UserRole {\n A\n B\n}"),
              Flags{"Role=UserRole"});
    EXPECT_EQ(found("enum Role {\n OPEN\n B\n}", "enum Role {\n OPENED\n B\n}"),
              Flags{"Role.OPEN=OPENED"});
}

TEST(NameLikeness, words_letters_and_parts) {
    EXPECT_EQ(name_likeness("createdAt", "created_at"), 1);
    EXPECT_EQ(name_likeness("userID", "UserId"), 1);
    EXPECT_GT(name_likeness("desc", "description"), 0.5);
    EXPECT_GT(name_likeness("clientSecre", "clientSecret"), 0.9);
    EXPECT_LT(name_likeness("bio", "phone"), 0.4);
}

TEST(RenameFlags, are_read_and_written) {
    auto const flag = parse_rename_flag("column:\"my.schema\".users.name=\"full name\"");
    EXPECT_EQ(flag.kind, RenamedKind::column);
    EXPECT_EQ(flag.path, (Flags{"my.schema", "users", "name"}));
    EXPECT_EQ(flag.to, Flags{"full name"});
    for (auto const* const text : {"", "a", "a=", "=b", "a.b.c.d=e", "a=b.c.d", "a=\"b", "a=b=c"}) {
        EXPECT_THROW(parse_rename_flag(text), Failure) << text;
    }
}

}  // namespace

}  // namespace cm::schema

#include "sql/renamed_names.hpp"

#include <gtest/gtest.h>

namespace cm::sql {

namespace {

QualifiedName const users{"public", "users"}, customers{"public", "Customer"};

std::string column(std::string_view text) {
    return with_renamed_column(text, users, "name", "full_name", {"new"});
}

TEST(RenamedNames, a_column_is_renamed_where_the_text_is_about_its_table) {
    EXPECT_EQ(column("(name <> ''::text)"), "(full_name <> ''::text)");
    EXPECT_EQ(column("(new.name IS NULL)"), "(new.full_name IS NULL)");
    EXPECT_EQ(column("users.name"), "users.full_name");
    EXPECT_EQ(column("table column public.users.name"), "table column public.users.full_name");
    EXPECT_EQ(column("lower(\"name\")"), "lower(full_name)");
}

TEST(RenamedNames, what_is_only_called_like_the_column_stays) {
    for (auto const* const text :
         {"name('x')", "'name'", "x::name", "other.name", "other.users.name", "a COLLATE name",
          "(address).name", "x AS name", "name.x"}) {
        EXPECT_EQ(column(text), text);
    }
}

TEST(RenamedNames, a_relation_is_renamed_where_its_schema_is_said) {
    EXPECT_EQ(with_renamed_relation("ON public.users (users)", users, customers),
              "ON public.\"Customer\" (users)");
    EXPECT_EQ(with_renamed_relation("other.users, x.public.users", users, customers),
              "other.users, x.public.users");
}

TEST(RenamedNames, a_type_is_renamed_with_its_schema_and_behind_a_cast) {
    EXPECT_EQ(with_renamed_type("('a'::users, users, 'b'::public.users)", users, customers),
              "('a'::\"Customer\", users, 'b'::public.\"Customer\")");
}

TEST(RenamedNames, a_value_is_renamed_where_it_is_one_of_the_type) {
    auto const value = [](std::string_view text) {
        return with_renamed_value(text, users, "a", "it's");
    };
    EXPECT_EQ(value("'a'"), "'it''s'");
    EXPECT_EQ(value("'a'::users"), "'it''s'::users");
    EXPECT_EQ(value("ARRAY['a', 'b']::public.users[]"), "ARRAY['it''s', 'b']::public.users[]");
    EXPECT_EQ(value("x = 'a'::text"), "x = 'a'::text");
    EXPECT_EQ(value("x = 'a'"), "x = 'a'");
}

}  // namespace

}  // namespace cm::sql

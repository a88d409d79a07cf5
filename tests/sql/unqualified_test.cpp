// Names in printed expressions lose the project's own schema, and nothing else does.
#include "sql/unqualified.hpp"

#include <gtest/gtest.h>

namespace cm::sql {

namespace {

TEST(Unqualified, names_of_the_schema_are_bare) {
    EXPECT_EQ(unqualified("'A'::public.\"Mood\"", "public"), "'A'::\"Mood\"");
    EXPECT_EQ(unqualified("public.f(other.g(), public.h())", "public"), "f(other.g(), h())");
    EXPECT_EQ(unqualified("nextval('public.t_seq'::regclass)", "public"),
              "nextval('t_seq'::regclass)");
    EXPECT_EQ(unqualified("nextval('\"My App\".\"T_seq\"'::regclass)", "My App"),
              "nextval('\"T_seq\"'::regclass)");
    EXPECT_EQ(unqualified("\"My App\".f()", "My App"), "f()");
    EXPECT_EQ(unqualified("(ARRAY['a'::public.\"M\"])::public.\"M\"[]", "public"),
              "(ARRAY['a'::\"M\"])::\"M\"[]");
}

TEST(Unqualified, whatever_else_stays) {
    for (auto const* const text :
         {"'public.x'::text", "other.public", "(x).public", "public", "f(public)",
          "'it''s public.'", "public.t.c", "a OPERATOR(public.=) b", "other.f('public.t')",
          "\"Public\".f()", "public.now()", "public.transaction_timestamp()", "publicity.f()",
          "E'public.x'", "'a'::public.text", "'{}'::public.\"varchar\"[]", "'a'::public._int4",
          "'a'::public.pg_class"}) {
        EXPECT_EQ(unqualified(text, "public"), text);
    }
    EXPECT_EQ(unqualified("public.f()", ""), "public.f()");
    EXPECT_EQ(unqualified("\"Public\".f()", "public"), "\"Public\".f()");
}

}  // namespace

}  // namespace cm::sql

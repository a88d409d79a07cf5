#include "sql/whole_casts.hpp"

#include <gtest/gtest.h>

namespace cm::sql {

namespace {

TEST(WholeCasts, KeepTheTypeOfTheList) {
    EXPECT_EQ(
        with_whole_casts("CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b, ]'::character "
                         "varying])::text[])))"),
        "CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b, ]'::character "
        "varying]::character varying[])::text[])))");
    EXPECT_EQ(with_whole_casts("x = ANY ((ARRAY[(n)::public.\"My type\", f(1, 2)])::text[])"),
              "x = ANY ((ARRAY[(n)::public.\"My type\", f(1, 2)]::public.\"My type\"[])::text[])");
}

TEST(WholeCasts, LeaveAllElseAsItIs) {
    for (std::string const text : {
             "x = ANY (ARRAY[('a'::character varying)::text, 'b'::text])",
             "x = ANY ((ARRAY['a'::character varying]::character varying[])::text[])",
             "x = ANY ((ARRAY['a'::character(3)])::text[])",
             "x = ANY ((ARRAY[1, 2])::bigint[])",
             "x = ANY ((ARRAY[f('a'::text)])::bigint[])",
             "(ARRAY['a'::text])[1]",
             "(ARRAY['a'::text",
             "DO $$ (ARRAY['a'::character varying])::text[] $$",
             "DO '(ARRAY[''a''::character varying])::text[]'",
         }) {
        EXPECT_EQ(with_whole_casts(text), text);
    }
}

}  // namespace

}  // namespace cm::sql

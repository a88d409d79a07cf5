// Operator classes and their parameters, however they are spelled.
#include "sql/operator_class.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

TEST(OperatorClass, IsReadWithItsParameters) {
    EXPECT_EQ(parse_operator_class("gin_trgm_ops"), (OperatorClass{{{}, "gin_trgm_ops"}, {}}));
    EXPECT_EQ(parse_operator_class("\"S 2\".\"Ops\""), (OperatorClass{{"S 2", "Ops"}, {}}));
    OperatorClass const expected{
        {"ext", "o"}, {{"a", "32"}, {"b", "0.5"}, {"c", "x y"}, {"d", "true"}, {"e", "on"}}};
    EXPECT_EQ(parse_operator_class("ext.o ( a = 32, b='0.5', c = 'x y', d, e = on )"), expected);
    EXPECT_EQ(parse_operator_class("EXT.O(e=on,d=true,c='x y',b=0.5,a='32')"), expected);
    EXPECT_FALSE(parse_operator_class(""));
    EXPECT_FALSE(parse_operator_class("DESC"));
    EXPECT_FALSE(parse_operator_class("a); SELECT 1; --"));
}

TEST(OperatorClass, ParametersAreWrittenAsTheyAreRead) {
    auto const kept = operator_class_parameters({"siglen=32", "f=0.5", "w=a=b"});
    EXPECT_EQ(kept, (OperatorClassParameters{{"siglen", "32"}, {"f", "0.5"}, {"w", "a=b"}}));
    EXPECT_EQ(to_sql(kept), "(f='0.5', siglen=32, w='a=b')");
    EXPECT_EQ(parse_operator_class("o" + to_sql(kept))->parameters, kept);
    EXPECT_EQ(to_sql(OperatorClassParameters{}), "");
}

}  // namespace
}  // namespace cm::sql

// The tables of types agree with each other.
#include "dsl/native_types.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cm::dsl {

namespace {

TEST(NativeTypes, each_scalar_has_a_default_that_belongs_to_it) {
    for (auto const name : scalar_names()) {
        auto const scalar = find_scalar(name);
        ASSERT_TRUE(scalar) << name;
        EXPECT_EQ(scalar_name(*scalar), name);
        auto const native = default_native_type(*scalar);
        auto const spec = find_native_type(native.name);
        ASSERT_TRUE(spec) << native.name;
        EXPECT_EQ(spec->scalar, *scalar) << name;
        EXPECT_LE(native.arguments.size(), spec->maximum_arguments) << name;
    }
    EXPECT_FALSE(find_scalar("string"));
}

TEST(NativeTypes, each_name_stands_once) {
    std::set<std::string_view> names{};
    for (auto const& type : native_types())
        EXPECT_TRUE(names.insert(type.name).second) << type.name;
    EXPECT_EQ(default_native_type(ScalarType::decimal).arguments,
              (std::vector<std::string>{"65", "30"}));
    EXPECT_EQ(default_native_type(ScalarType::date_time).arguments,
              (std::vector<std::string>{"3"}));
}

}  // namespace

}  // namespace cm::dsl

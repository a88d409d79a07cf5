// The tables of attributes are sound.
#include "dsl/attributes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cm::dsl {

namespace {

TEST(Attributes, field_attributes_have_one_sign_and_block_attributes_two) {
    auto const blocks = static_cast<unsigned>(Target::model) | static_cast<unsigned>(Target::view) |
                        static_cast<unsigned>(Target::enum_block);
    for (auto const& spec : attribute_specs()) {
        EXPECT_TRUE(spec.name.starts_with("@")) << spec.name;
        EXPECT_EQ(spec.name.starts_with("@@"), (spec.targets & blocks) != 0) << spec.name;
        EXPECT_NE(spec.targets, 0U) << spec.name;
    }
}

TEST(Attributes, at_most_one_parameter_is_positional) {
    for (auto const& spec : attribute_specs()) {
        std::set<std::string_view> names{};
        auto positional = 0;
        for (auto const& parameter : spec.parameters) {
            EXPECT_TRUE(names.insert(parameter.name).second) << spec.name;
            positional += parameter.is_positional ? 1 : 0;
        }
        EXPECT_LE(positional, 1) << spec.name;
    }
}

}  // namespace

}  // namespace cm::dsl

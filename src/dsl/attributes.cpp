// The tables.
#include "dsl/attributes.hpp"

namespace cm::dsl {

namespace {

constexpr unsigned operator|(Target first, Target second) {
    return static_cast<unsigned>(first) | static_cast<unsigned>(second);
}

constexpr unsigned operator|(unsigned first, Target second) {
    return first | static_cast<unsigned>(second);
}

constexpr unsigned only(Target target) {
    return static_cast<unsigned>(target);
}

constexpr unsigned columns = Target::scalar_field | Target::enum_field | Target::unsupported_field;
constexpr unsigned tables = Target::model | Target::view;

constexpr ParameterSpec name_of[] = {{"name", ParameterType::string, true, true}};
constexpr ParameterSpec schema_of[] = {{"map", ParameterType::string, true, true}};
constexpr ParameterSpec length = {"length", ParameterType::number, false, false, true};
constexpr ParameterSpec clustered = {"clustered", ParameterType::boolean, false, false, true};

constexpr ParameterSpec id[] = {{"map", ParameterType::string, false, false},
                                {"sort", ParameterType::name, false, false, true},
                                length,
                                clustered};
constexpr ParameterSpec unique[] = {{"map", ParameterType::string, false, false},
                                    {"sort", ParameterType::name, false, false},
                                    {"where", ParameterType::any, false, false},
                                    length,
                                    clustered};
constexpr ParameterSpec default_value[] = {{"value", ParameterType::any, true, true},
                                           {"map", ParameterType::string, false, false, true}};
constexpr ParameterSpec relation[] = {{"name", ParameterType::string, false, true},
                                      {"fields", ParameterType::field_list, false, false},
                                      {"references", ParameterType::field_list, false, false},
                                      {"onDelete", ParameterType::name, false, false},
                                      {"onUpdate", ParameterType::name, false, false},
                                      {"map", ParameterType::string, false, false}};
constexpr ParameterSpec block_id[] = {{"fields", ParameterType::field_list, true, true},
                                      {"name", ParameterType::string, false, false},
                                      {"map", ParameterType::string, false, false},
                                      clustered};
constexpr ParameterSpec block_unique[] = {{"fields", ParameterType::field_list, true, true},
                                          {"name", ParameterType::string, false, false},
                                          {"map", ParameterType::string, false, false},
                                          {"where", ParameterType::any, false, false},
                                          clustered};
constexpr ParameterSpec block_index[] = {{"fields", ParameterType::field_list, true, true},
                                         {"name", ParameterType::string, false, false},
                                         {"map", ParameterType::string, false, false},
                                         {"type", ParameterType::name, false, false},
                                         {"where", ParameterType::any, false, false},
                                         clustered};
constexpr ParameterSpec fulltext[] = {{"fields", ParameterType::field_list, true, true},
                                      {"map", ParameterType::string, false, false}};
constexpr ParameterSpec shard_key[] = {{"fields", ParameterType::field_list, true, true}};

constexpr AttributeSpec specs[] = {
    {"@id", columns, id, false},
    {"@unique", columns, unique, false},
    {"@default", columns, default_value, false},
    {"@updatedAt", only(Target::scalar_field), {}, false},
    {"@map", columns | Target::enum_value, name_of, false},
    {"@ignore", columns | Target::relation_field, {}, false},
    {"@relation", only(Target::relation_field), relation, false},
    {"@@id", tables, block_id, false},
    {"@@unique", tables, block_unique, true},
    {"@@index", tables, block_index, true},
    {"@@fulltext", tables, fulltext, true, true},
    {"@@shardKey", only(Target::model), shard_key, false, true},
    {"@shardKey", columns, {}, false, true},
    {"@@map", tables | Target::enum_block, name_of, false},
    {"@@schema", tables | Target::enum_block, schema_of, false},
    {"@@ignore", tables, {}, false},
};

}  // namespace

std::span<AttributeSpec const, attribute_spec_count> attribute_specs() {
    return specs;
}

}  // namespace cm::dsl

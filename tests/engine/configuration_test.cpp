// cm-migrate.json: what it takes, and package.json's part. What it refuses is shown in
// tests/cases/cli/errors/configuration.txtar.
#include "engine/configuration.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "places.hpp"

namespace cm::engine {

namespace {

Configuration parse(std::string text) {
    SourceMap sources{};
    return parse_configuration(sources.add("cm-migrate.json", std::move(text)), sources);
}

std::vector<std::string> codes(std::string text) {
    try {
        parse(std::move(text));
        return {};
    } catch (Failure const& failure) {
        std::vector<std::string> result{};
        for (auto const& diagnostic : failure.diagnostics()) {
            result.emplace_back(diagnostic.code);
            EXPECT_TRUE(diagnostic.primary) << diagnostic.message;
        }
        return result;
    }
}

// Editors underline what the JSON Schema does not name, and the man page is made from it.
TEST(Configuration, ItsJsonSchemaNamesTheKeysThatAreRead) {
    auto const schema =
        nlohmann::json::parse(read_file(test::places::source / "cmake/cm-migrate.schema.json"));
    std::vector<std::string> described{};
    for (auto const& [key, value] : schema["properties"].items()) described.push_back(key);
    auto const read = configuration_keys();
    EXPECT_EQ(described, std::vector<std::string>(read.begin(), read.end()));
}

TEST(ConfigurationFile, nothing_said_is_prismas_way) {
    auto const configuration = parse("{}");
    EXPECT_EQ(configuration, Configuration{});
    EXPECT_EQ(configuration.migrations_table, "_migrations");
    EXPECT_EQ(configuration.naming.style, dsl::NamingStyle::as_written);
    EXPECT_FALSE(configuration.naming.foreign_key_indexes);
}

TEST(ConfigurationFile, every_key_with_comments) {
    auto const configuration = parse(R"({
        // the schema
        "$schema": "x", "schema": "db", /* here */ "migrations": "m", "migrationsTable": "t",
        "seed": "seed.sql", "generate": "make", "naming": "snake_case", "foreignKeyIndexes": true,
        "externalTables": ["auth.*"], "externalEnums": ["level"], "scratchSetup": "auth.sql"
    })");
    EXPECT_EQ(configuration.schema, "db");
    EXPECT_EQ(configuration.migrations, "m");
    EXPECT_EQ(configuration.migrations_table, "t");
    EXPECT_EQ(configuration.seed, "seed.sql");
    EXPECT_EQ(configuration.generate, "make");
    EXPECT_EQ(configuration.naming.style, dsl::NamingStyle::snake_case);
    EXPECT_TRUE(configuration.naming.foreign_key_indexes);
    EXPECT_EQ(configuration.external,
              (schema::ExternalObjects{.tables = {"auth.*"}, .enums = {"level"}}));
    EXPECT_EQ(configuration.scratch_setup, "auth.sql");
}

TEST(ConfigurationFile, no_text_may_contain_the_character_0) {
    using Codes = std::vector<std::string>;
    EXPECT_EQ(codes(R"({ "migrations": "a\u0000b" })"), (Codes{"CM0022"}));
    EXPECT_EQ(codes(R"({ "url": "postgresql://h/d\u0000" })"), (Codes{"CM0022"}));
    EXPECT_EQ(codes(R"({ "externalTables": ["auth.*\u0000"] })"), (Codes{"CM0022"}));
}

TEST(ConfigurationFile, all_that_is_wrong_is_said_in_order) {
    using Codes = std::vector<std::string>;
    EXPECT_EQ(codes("{ \"a\": 1, \"naming\": 2, \"seed\": \"\", \"zzz\": [] }"),
              (Codes{"CM0021", "CM0022", "CM0022", "CM0021"}));
    EXPECT_EQ(codes(""), Codes{"CM0020"});
    EXPECT_EQ(codes("{"), Codes{"CM0020"});
    EXPECT_EQ(codes("[]"), Codes{"CM0020"});
    EXPECT_EQ(codes("{ \"naming\": \"snake_case\", }"), Codes{"CM0020"});
    EXPECT_EQ(codes("{ \"seed\": \"\xff\" }"), Codes{"CM0020"});
}

TEST(PackageJson, schema_and_seed) {
    auto const settings = parse_package_json(R"({ "prisma": { "schema": "db", "seed": "x" } })");
    EXPECT_EQ(settings.schema, "db");
    EXPECT_EQ(settings.seed, "x");
}

TEST(PackageJson, anything_else_is_left_alone) {
    for (auto const* text :
         {"", "{", "[]", "{}", R"({ "prisma": 1 })", R"({ "prisma": { "schema": 1 } })"}) {
        auto const settings = parse_package_json(text);
        EXPECT_EQ(settings.schema, std::nullopt) << text;
        EXPECT_EQ(settings.seed, std::nullopt) << text;
    }
}

}  // namespace

}  // namespace cm::engine

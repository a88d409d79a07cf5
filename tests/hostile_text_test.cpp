// Hostile text in every place of the schema language that reaches a server, and in those of the
// configuration: whatever comes of it, a refusal or an odd name, nothing but what is declared is
// made. CM_HOSTILE=1: every text in every place, else some of them; CM_SEED: which.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "support/database.hpp"
#include "support/program.hpp"

namespace cm::test {

namespace {

/// Each would make the table `made`, if anything of it were carried out.
constexpr std::string_view texts[] = {
    "1; CREATE TABLE made()",
    "1; COMMIT; CREATE TABLE made(); BEGIN",
    "1); COMMIT; CREATE TABLE made(); CREATE TEMP TABLE x(v int DEFAULT 1",
    "int); CREATE TABLE made(); --",
    "x'; CREATE TABLE made(); --",
    "x\\'; CREATE TABLE made(); --",
    "x\"; CREATE TABLE made(); --",
    "x\nCREATE TABLE made(); --",
    "x\r\nCREATE TABLE made(); --",
    "*/ ; CREATE TABLE made(); /*",
    "$$; CREATE TABLE made(); $$",
    "x']::name[]); CREATE TABLE made(); --",
    "n > 6) ; CREATE TABLE made(); --",
    "int4_ops); CREATE TABLE made(); --",
    "CREATE TABLE made();",
    "%s %n {} {0} \\gexec \\! touch made",
    "x, made int",
    "(SELECT made())",
};

/// A place in a schema, where `@` stands for the text: inside a string of the language.
struct Place {
    std::string_view name{};
    std::string_view models{};
    std::string_view datasource_lines = "";
};

constexpr Place places[] = {
    {"table", "model T {\n id Int @id\n n Int\n @@map(\"@\")\n @@unique([n])\n}\n"},
    {"column", "model T {\n id Int @id\n n Int @unique @map(\"@\")\n}\n"},
    {"default", "model T {\n id Int @id\n n String @default(\"@\")\n}\n"},
    {"list", "model T {\n id Int @id\n n String[] @default([\"a\", \"@\"])\n}\n"},
    {"json", "model T {\n id Int @id\n n Json @default(\"@\")\n}\n"},
    {"moment", "model T {\n id Int @id\n n DateTime @default(\"@\")\n}\n"},
    {"bytes", "model T {\n id Int @id\n n Bytes @default(\"@\")\n}\n"},
    {"dbgenerated", "model T {\n id Int @id\n n Int @default(dbgenerated(\"@\"))\n}\n"},
    {"unsupported", "model T {\n id Int @id\n n Unsupported(\"@\")?\n}\n"},
    {"condition", "model T {\n id Int @id\n n Int\n @@index([n], where: raw(\"@\"))\n}\n"},
    {"unique condition", "model T {\n id Int @id\n n Int\n @@unique([n], where: raw(\"@\"))\n}\n"},
    {"value of a condition",
     "model T {\n id Int @id\n n String\n @@index([n], where: { n: \"@\" })\n}\n"},
    {"operator class", "model T {\n id Int @id\n n Int\n @@index([n(ops: raw(\"@\"))])\n}\n"},
    {"index", "model T {\n id Int @id\n n Int\n @@index([n], map: \"@\")\n}\n"},
    {"key", "model T {\n id Int\n n Int\n @@id([id, n], map: \"@\")\n}\n"},
    {"foreign key",
     "model T {\n id Int @id\n n Int\n o T @relation(\"o\", fields: [n], references: [id], map: "
     "\"@\")\n l T[] @relation(\"o\")\n}\n"},
    {"join table",
     "model T {\n id Int @id\n o U[] @relation(\"@\")\n}\nmodel U {\n id Int @id\n o T[] "
     "@relation(\"@\")\n}\n"},
    {"enum",
     "enum E {\n A\n B\n @@map(\"@\")\n}\nmodel T {\n id Int @id\n n E @default(A)\n l E[] "
     "@default([A])\n}\n"},
    {"enum value",
     "enum E {\n A @map(\"@\")\n B\n}\nmodel T {\n id Int @id\n n E @default(A)\n l E[] "
     "@default([A])\n}\n"},
    {"comment", "/// @\nmodel T {\n id Int @id // @\n}\n"},
    {"schema", "model T {\n id Int @id\n n Int @default(autoincrement())\n @@schema(\"@\")\n}\n",
     "schemas = [\"@\", \"public\"]\n"},
    {"extension", "model T {\n id Int @id\n}\n", "extensions = [x(map: \"@\")]\n"},
    {"version", "model T {\n id Int @id\n}\n", "extensions = [citext(version: \"@\")]\n"},
    {"schema of an extension", "model T {\n id Int @id\n}\n",
     "extensions = [citext(schema: \"@\")]\n"},
};

/// `"@"`, and `@` that nothing but a blank or a line end is beside, become the text.
std::string replaced(std::string_view place, std::string_view with) {
    std::string result{};
    for (std::size_t i = 0; i < place.size(); ++i) {
        auto const is_mark = place[i] == '@' && i > 0 && i + 1 < place.size() &&
                             (place[i - 1] == '"' || place[i - 1] == ' ') &&
                             (place[i + 1] == '"' || place[i + 1] == '\n');
        if (is_mark) {
            result += with;
        } else {
            result += place[i];
        }
    }
    return result;
}

/// As a string of the language.
std::string escaped(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        if (c == '\n') {
            result += "\\n";
        } else if (c == '\r') {
            result += "\\r";
        } else {
            if (c == '"' || c == '\\') result += '\\';
            result += c;
        }
    }
    return result;
}

std::string schema_with(Place const& place, std::string_view text) {
    auto const inside = escaped(text);
    return "generator client {\n provider = \"prisma-client-js\"\n previewFeatures = "
           "[\"partialIndexes\", \"postgresqlExtensions\", \"multiSchema\"]\n}\n"
           "datasource db {\n provider = \"postgresql\"\n url = env(\"DATABASE_URL\")\n" +
           replaced(place.datasource_lines, inside) + "}\n" + replaced(place.models, inside);
}

class HostileText : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_.emplace(server_url().value());
        session_.emplace(database_->url());
        for (auto const& name : schemas()) {
            if (name != "public") neighbours_.insert(name);
        }
    }

    /// Names as SQL has them.
    std::vector<std::string> schemas() {
        auto const rows = session_->fetch(
            "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND "
            "nspname <> 'information_schema'");
        std::vector<std::string> names{};
        for (std::size_t i = 0; i < rows.size(); ++i) names.push_back(rows[i].text("name"));
        return names;
    }

    /// The database as it is before anything is tried.
    void prepare() {
        std::string script = "SET client_min_messages = error;";
        for (auto const& name : schemas()) {
            if (!neighbours_.contains(name)) script += "DROP SCHEMA " + name + " CASCADE;";
        }
        session_->execute(script +
                          "CREATE SCHEMA public; CREATE SEQUENCE calls;"
                          "CREATE TABLE victim (id int PRIMARY KEY DEFAULT 1, n int);"
                          "INSERT INTO victim VALUES (7);"
                          "CREATE FUNCTION made() RETURNS int IMMUTABLE LANGUAGE sql AS "
                          "'SELECT nextval(''public.calls'')::int'");
    }

    void run(ProjectFolder const& folder, std::vector<std::string> const& arguments) {
        Program program(folder, database_->url(), arguments);
        auto const code = program.wait();
        EXPECT_TRUE(code >= 0 && code < 128) << "it crashed: " << program.output();
    }

    /// Nothing that the text asks for has come about.
    void expect_untouched(ProjectFolder const& folder) {
        EXPECT_EQ(
            session_->fetch("SELECT count(*) AS n FROM pg_class WHERE relname = 'made'")[0].integer(
                "n"),
            0);
        EXPECT_EQ(
            session_->fetch("SELECT count(*) AS n FROM pg_attribute WHERE attname = 'made'")[0]
                .integer("n"),
            0);
        EXPECT_FALSE(session_->fetch("SELECT is_called FROM calls")[0].boolean("is_called"))
            << "a function was called";
        EXPECT_FALSE(std::filesystem::exists(folder.project() / "made"));
    }

    void expect_victim(bool is_there) {
        auto const rows = session_->fetch(
            "SELECT count(*) AS n FROM pg_class WHERE relname = 'victim' AND relkind = 'r'");
        EXPECT_EQ(rows[0].integer("n"), is_there ? 1 : 0);
    }

    void attempt(Place const& place, std::string_view text) {
        SCOPED_TRACE(fmt::format("{}: {}", place.name, text));
        prepare();
        ProjectFolder const folder{};
        folder.add({"prisma/schema.prisma", schema_with(place, text)});
        run(folder,
            {"diff", "--from-url", database_->url(), "--to-schema", "prisma/schema.prisma"});
        expect_untouched(folder);
        expect_victim(true);
        run(folder, {"push", "--accept-data-loss", "--skip-generate"});
        expect_untouched(folder);
        // Once more, now that the names are in the database: they are read, and put into questions.
        run(folder, {"push", "--accept-data-loss", "--skip-generate"});
        run(folder, {"pull", "--print"});
        expect_untouched(folder);
    }

    std::optional<TestDatabase> database_{};
    std::optional<Session> session_{};
    std::set<std::string> neighbours_{};
};

TEST_F(HostileText, makes_nothing) {
    CM_NEEDS_SERVER();
    auto const* const seed = std::getenv("CM_SEED");
    auto start = seed == nullptr ? 0U : static_cast<unsigned>(std::stoul(seed));
    auto const whole = std::getenv("CM_HOSTILE") != nullptr;
    constexpr auto count = std::size(texts);
    for (auto const& place : places) {
        for (std::size_t i = 0; i < (whole ? count : 2); ++i) {
            // Steps without a common divisor with the number of texts: each has its turn.
            attempt(place, texts[(start += 5) % count]);
            if (HasFailure()) return;
        }
    }
}

/// What the configuration and the URL hold reaches the server as well.
TEST_F(HostileText, in_the_configuration_makes_nothing) {
    CM_NEEDS_SERVER();
    for (auto const text : {texts[1], texts[4], texts[6], texts[7], texts[11]}) {
        SCOPED_TRACE(text);
        prepare();
        ProjectFolder const folder{};
        folder.add({"prisma/schema.prisma", schema_with(places[0], "t")});
        folder.add(
            {"cm-migrate.json",
             fmt::format(
                 "{{\"migrationsTable\": \"{0}\", \"externalTables\": [\"victim\", \"{0}\"]}}",
                 escaped(text))});
        run(folder, {"dev", "--name", "first", "--skip-generate"});
        run(folder, {"status"});
        expect_untouched(folder);
        expect_victim(true);
    }
}

}  // namespace

}  // namespace cm::test

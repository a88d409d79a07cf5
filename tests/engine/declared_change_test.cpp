#include "engine/declared_change.hpp"

#include <gtest/gtest.h>

#include "support/database.hpp"
#include "support/project_folder.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view schema_text = R"(datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model T {
  id Int @id
}
)";

TEST(NewMigration, mustLeadToTheSchema) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(test::server_url().value());
    test::ProjectFolder home{};
    home.add({"prisma/schema.prisma", std::string{schema_text}});
    SourceMap sources{};
    auto const project =
        open_project({.working_directory = home.project(), .variables = {}},
                     {.schema = {}, .configuration = {}, .url = database.url()}, sources);
    auto const declaration = read_declaration(project, sources);
    auto session = open_session(project, sources, {.url = pg::parse_url(database.url())},
                                declaration.model.datasource, {});
    Replay replay{session};
    // A scratch database knows by their names which migrations it has replayed.
    auto const proposed = [&](std::string const& name, std::string const& text) {
        return propose_migration(session, name, "20260101000000", text);
    };
    auto const right = next_change(session, replay, declaration).text;
    EXPECT_NO_THROW(verify_migration(session, replay, proposed("right", right), declaration));
    try {
        verify_migration(session, replay, proposed("wrong", "CREATE TABLE \"T\" (id int);"),
                         declaration);
        FAIL() << "a table without its key was taken for what is declared";
    } catch (Failure const& failed) {
        auto const& diagnostic = failed.diagnostics().front();
        EXPECT_EQ(diagnostic.code, "CM0330");
        EXPECT_NE(diagnostic.notes.front().find("PRIMARY KEY"), std::string::npos);
    }
}

}  // namespace
}  // namespace cm::engine

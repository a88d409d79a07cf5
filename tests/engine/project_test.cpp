// Where a project's files are found, and which database it means.
#include "engine/project.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "engine/scripts.hpp"
#include "engine/target.hpp"
#include "support/project_folder.hpp"

namespace cm::engine {

namespace {

class ProjectFiles : public testing::Test {
  protected:
    void write(std::string const& name, std::string const& text = "") const {
        make_directory((folder_.project() / name).parent_path());
        write_file(folder_.project() / name, text);
    }

    Project open(ProjectOptions const& options = {}) {
        return open_project({.working_directory = folder_.project(), .variables = variables_},
                            options, sources_);
    }

    /// Schema and migrations as seen from the project's folder.
    std::string places(ProjectOptions const& options = {}) {
        auto const project = open(options);
        return display_path(project, project.schema) + " " +
               display_path(project, project.migrations);
    }

    /// The URL that a schema text leads to, without its password.
    std::string url(std::string const& schema, ProjectOptions const& options = {}) {
        write("prisma/schema.prisma", schema);
        auto const project = open(options);
        auto const found = find_url(project, read_datasource(project, sources_));
        return found ? pg::to_text(*found) : "none";
    }

    test::ProjectFolder folder_{};
    std::map<std::string, std::string> variables_{};
    SourceMap sources_{};
};

TEST_F(ProjectFiles, the_usual_places_come_in_prismas_order) {
    EXPECT_EQ(places(), "prisma/schema.prisma prisma/migrations");
    write("schema.prisma");
    EXPECT_EQ(places(), "schema.prisma migrations");
    write("prisma/schema/user.prisma");
    EXPECT_EQ(places(), "prisma/schema prisma/migrations");
    make_directory(folder_.project() / "prisma/schema/migrations");
    EXPECT_EQ(places(), "prisma/schema prisma/schema/migrations");
    write("prisma/schema.prisma");
    EXPECT_EQ(places(), "prisma/schema.prisma prisma/migrations");
}

TEST_F(ProjectFiles, an_option_wins_over_settings_and_those_over_package_json) {
    write("package.json", R"({ "prisma": { "schema": "p/schema.prisma" } })");
    EXPECT_EQ(places(), "p/schema.prisma p/migrations");
    write("cm-migrate.json", R"({ "schema": "c/schema.prisma" })");
    EXPECT_EQ(places(), "c/schema.prisma c/migrations");
    EXPECT_EQ(places({.schema = "./o/schema.prisma"}), "o/schema.prisma o/migrations");
    write("cm-migrate.json", R"({ "schema": "c/", "migrations": "history" })");
    EXPECT_EQ(places(), "c history");
}

TEST_F(ProjectFiles, a_schema_folder_is_read_by_name_and_recursively) {
    for (auto const* name : {"db/b.prisma", "db/a/z.prisma", "db/notes.txt"}) write(name);
    auto const project = open({.schema = "db"});
    std::vector<std::string> names{};
    for (auto const file : load_schema_files(project, project.schema, sources_)) {
        names.emplace_back(std::filesystem::path{sources_.name(file)}.filename());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"z.prisma", "b.prisma"}));
}

TEST_F(ProjectFiles, both_env_files_count_and_the_schemas_first) {
    write("prisma/.env", "A=schema\n");
    write(".env", "A=root\nB=root\n");
    auto const project = open();
    EXPECT_EQ(variable(project.environment, "A"), "schema");
    EXPECT_EQ(variable(project.environment, "B"), "root");
    EXPECT_EQ(project.dotenv_files.size(), 2U);
}

TEST_F(ProjectFiles, the_url_comes_from_the_option_the_datasource_or_the_environment) {
    variables_ = {{"DATABASE_URL", "postgresql://h/environment"},
                  {"OTHER", "postgresql://h/other"}};
    EXPECT_NE(url("").find("/environment"), std::string::npos);
    auto const source = [](std::string const& lines) {
        return "datasource db {\n  provider = \"postgresql\"\n" + lines + "}\n";
    };
    EXPECT_NE(url(source("  url = \"postgresql://h/literal\"\n")).find("/literal"),
              std::string::npos);
    EXPECT_NE(url(source("  url = env(\"OTHER\")\n")).find("/other"), std::string::npos);
    EXPECT_EQ(url(source("  url = env(\"NOT_SET\")\n")), "none");
    EXPECT_NE(url(source("  url = env(\"OTHER\")\n  directUrl = \"postgresql://h/direct\"\n"))
                  .find("/direct"),
              std::string::npos);
    EXPECT_NE(
        url(source("  url = env(\"OTHER\")\n"), {.url = "postgresql://h/option"}).find("/option"),
        std::string::npos);
}

TEST_F(ProjectFiles, without_a_url_deploy_refuses_and_says_which_variable) {
    write("prisma/schema.prisma",
          "datasource db {\n  provider = \"postgresql\"\n  url = env(\"PG_URL\")\n}\n");
    auto const project = open();
    try {
        find_target(project, read_datasource(project, sources_), WithoutUrl::refuse);
        FAIL() << "a database was found";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.diagnostics().front().code, "CM0040");
        EXPECT_NE(failure.diagnostics().front().message.find("`PG_URL`"), std::string::npos);
    }
}

TEST_F(ProjectFiles, a_wrong_url_is_never_repeated) {
    auto const project = open({.url = "postgresql://ada:geheim@h:port/d"});
    try {
        find_url(project, {});
        FAIL() << "a URL was read";
    } catch (Failure const& failure) {
        auto const& diagnostic = failure.diagnostics().front();
        EXPECT_EQ(diagnostic.message.find("geheim"), std::string::npos);
        EXPECT_EQ(diagnostic.notes, std::vector<std::string>{"the URL comes from `--url`"});
    }
}

TEST_F(ProjectFiles, the_private_database_is_called_like_the_folder) {
    Project project{};
    for (auto const& [folder, name] : {std::pair{"/x/My App-2", "my_app_2"}, {"/", "app"}}) {
        project.root = folder;
        EXPECT_EQ(private_database_name(project), name);
    }
}

TEST(Seed, one_word_that_ends_in_sql_is_a_file) {
    EXPECT_TRUE(is_sql("prisma/seed.sql"));
    EXPECT_FALSE(is_sql("psql -f seed.sql"));
    EXPECT_FALSE(is_sql("node seed.js"));
}

}  // namespace

}  // namespace cm::engine

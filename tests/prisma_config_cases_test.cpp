// tests/cases/prisma_config/**.txtar: a project with a prisma.config.ts as people write them, and
// what is read of it. Every section but `environment` (lines `NAME=value`) and `expected` is a file
// of the project.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/diagnostic_printer.hpp"
#include "engine/project.hpp"
#include "support/case_file.hpp"
#include "support/golden.hpp"
#include "support/project_folder.hpp"

namespace cm::test {

namespace {

using engine::ConfiguredUrl;
using engine::PrismaConfig;

engine::Environment environment_of(CaseFile const& file, ProjectFolder const& folder) {
    engine::Environment environment{.working_directory = folder.project(), .variables = {}};
    if (!file.has("environment")) return environment;
    std::string_view text = file.text("environment");
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        auto const equals = line.find('=');
        environment.variables.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return environment;
}

std::string line(std::string_view name, std::optional<std::string> const& value) {
    return value ? fmt::format("{}: {}\n", name, *value) : "";
}

std::string line(std::string_view name, ConfiguredUrl const& url) {
    if (url.is_unclear) return fmt::format("{}: not understood\n", name);
    if (!url.missing_variable.empty()) {
        return fmt::format("{}: {} is not set\n", name, url.missing_variable);
    }
    return line(name, url.text);
}

std::string line(std::string_view name, std::vector<std::string> const& list) {
    return list.empty() ? "" : fmt::format("{}: {}\n", name, fmt::join(list, ", "));
}

std::optional<std::string> without(std::filesystem::path const& root,
                                   std::optional<std::string> text) {
    auto const at = text ? text->find(root.string()) : std::string::npos;
    if (at != std::string::npos) text->replace(at, root.string().size(), "<project>");
    return text;
}

std::string description(engine::Project const& project, SourceMap const& sources) {
    auto const& config = project.prisma_config.value();
    auto const relative = [&](std::filesystem::path const& path) {
        return path.lexically_relative(project.root).string();
    };
    auto text = line("schema", relative(project.schema)) +
                line("migrations", relative(project.migrations)) +
                line("seed", without(project.root, project.seed)) + line("url", config.url) +
                line("direct url", config.direct_url) +
                line("shadow database url", config.shadow_database_url) +
                line("external tables", config.external_tables) +
                line("external enums", config.external_enums);
    for (auto const& file : project.dotenv_files) {
        text += fmt::format("environment from: {}\n", relative(file));
    }
    auto const warnings = render(config.warnings, sources, Colour::never);
    return warnings.empty() ? text : text + "\n" + warnings;
}

class PrismaConfigCase : public testing::TestWithParam<std::string> {};

TEST_P(PrismaConfigCase, reading) {
    auto const path = case_path("prisma_config", GetParam());
    auto const file = read_case(path);
    ProjectFolder const folder{};
    for (auto const& section : file.sections) {
        if (section.name != "environment" && section.name != "expected") folder.add(section);
    }
    SourceMap sources{};
    auto const project = engine::open_project(environment_of(file, folder), {}, sources);
    ASSERT_TRUE(project.prisma_config.has_value());
    EXPECT_TRUE(matches_section(path, "expected", description(project, sources)));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PrismaConfigCase);
INSTANTIATE_TEST_SUITE_P(cases, PrismaConfigCase, testing::ValuesIn(find_cases("prisma_config")),
                         parameter_name);

}  // namespace

}  // namespace cm::test

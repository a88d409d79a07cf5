// tests/cases/prisma_config/**.txtar: a project with a prisma.config.ts as people write them, and
// what is read of it. Every section but `environment` (lines `NAME=value`) and `expected` is a file
// of the project.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ctime>
#include <random>

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
    auto const warnings = render(config.warnings, sources, Color::never);
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

/// Whatever stands in such a file, reading it comes to an end, and says nothing of places that are
/// not there.
class ConfigText {
  public:
    explicit ConfigText(std::string text) : text_(std::move(text)) {}

    void read() const {
        SourceMap sources{};
        auto const file = sources.add("prisma.config.ts", text_);
        engine::Environment const environment{.working_directory = "/nowhere", .variables = {}};
        auto const config =
            engine::read_prisma_config(file, "/nowhere/prisma.config.ts", environment, sources);
        for (auto const& warning : config.warnings) {
            ASSERT_LE(warning.primary->span.end, text_.size()) << text_;
        }
        render(config.warnings, sources, Color::never);
    }

  private:
    std::string text_{};
};

std::string mutated(std::string text, std::mt19937& random) {
    constexpr std::string_view pieces[] = {"(",
                                           ")",
                                           "{",
                                           "}",
                                           "[",
                                           "`",
                                           "${",
                                           "\"",
                                           "'",
                                           "<",
                                           "=>",
                                           "?",
                                           ":",
                                           ".",
                                           "...",
                                           "/",
                                           "/*",
                                           "\\",
                                           "export default ",
                                           "if (",
                                           "try {",
                                           "new ",
                                           "async ",
                                           "= ",
                                           "url",
                                           "\0"};
    auto const at = [&] { return random() % (text.size() + 1); };
    for (auto count = 1 + random() % 4; count > 0; --count) {
        switch (random() % 3) {
            case 0:
                text.erase(std::min(at(), text.size()), random() % 20);
                break;
            case 1:
                text.insert(at(), pieces[random() % std::size(pieces)]);
                break;
            default:
                text.insert(at(), text.substr(at(), random() % 40));
        }
    }
    return text;
}

TEST(PrismaConfig, any_text_is_read) {
    std::mt19937 random{7};
    for (auto const& name : find_cases("prisma_config")) {
        auto const file = read_case(case_path("prisma_config", name));
        for (auto const& section : file.sections) {
            if (section.name.find("prisma") == std::string::npos) continue;
            for (int i = 0; i < 100; ++i) ConfigText(mutated(section.text, random)).read();
        }
    }
}

std::string repeated(std::string_view text, int count) {
    std::string result{};
    for (int i = 0; i < count; ++i) result += text;
    return result;
}

/// Of this process, in seconds: others at work do not count.
double used_time() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The time that it takes to read texts of that many pieces, of which each opens something more.
double time_of_hostile_texts(int many) {
    auto const begin = used_time();
    for (std::string_view const piece : {"(",
                                         "[",
                                         "{",
                                         "!",
                                         "a?",
                                         "a<",
                                         "a=>",
                                         "`${",
                                         "new ",
                                         "if(a)",
                                         "if(a){",
                                         "try{",
                                         "a.",
                                         "a,",
                                         "a=",
                                         "...",
                                         "export default ",
                                         "const a=",
                                         "x:",
                                         "a&&",
                                         "async ",
                                         "/",
                                         "class ",
                                         "<a>(",
                                         "{a:",
                                         "await ",
                                         "(a:",
                                         "import ",
                                         "const {a}="}) {
        ConfigText("export default " + repeated(piece, many)).read();
        ConfigText(repeated(piece, many)).read();
    }
    return used_time() - begin;
}

TEST(PrismaConfig, hostile_texts_take_time_by_their_length_alone) {
    constexpr int some = 5'000;
    constexpr int growth = 4;
    auto const of_some = time_of_hostile_texts(some);
    auto const of_many = time_of_hostile_texts(growth * some);
    // One that goes back over what it has read would take `growth` times as much again.
    constexpr double noise = 0.1;
    EXPECT_LT(of_many, growth * growth * of_some / 2 + noise);
}

TEST(PrismaConfig, texts_that_double_are_cut_off) {
    std::string doubling = "const a0 = \"x\";\n";
    for (int i = 1; i < 60; ++i) doubling += fmt::format("const a{0} = a{1} + a{1};\n", i, i - 1);
    ConfigText(doubling + "export default { schema: a59 };").read();
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PrismaConfigCase);
INSTANTIATE_TEST_SUITE_P(cases, PrismaConfigCase, testing::ValuesIn(find_cases("prisma_config")),
                         parameter_name);

}  // namespace

}  // namespace cm::test

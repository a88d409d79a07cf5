// `cm-migrate format`: the schema's files in Prisma's form.
#include "dsl/format/format.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "dsl/dsl.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool check = false;
};

void options(CLI::App& app, Options& o) {
    add_schema_options(app, o.project);
    app.add_flag("--check", o.check, "Change nothing; exit 1 if a file is not formatted");
}

struct Unformatted {
    FileId file{};
    std::string formatted{};
};

/// Files that cannot be parsed are reported and stay as they are.
void refuse_unreadable(SourceMap const& sources, std::vector<FileId> const& files) {
    Diagnostics diagnostics{};
    dsl::parse(sources, files, diagnostics);
    diagnostics.sort();
    if (diagnostics.has_errors()) {
        throw Failure(diagnostics.all());
    }
}

std::vector<Unformatted> find_unformatted(SourceMap& sources, std::vector<FileId> const& files) {
    auto texts = dsl::format_schema(sources, files);
    std::vector<Unformatted> all{};
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (texts[i] != sources.text(files[i])) {
            all.push_back({files[i], std::move(texts[i])});
        }
    }
    return all;
}

ExitCode check(std::vector<Unformatted> const& unformatted, Context& context) {
    std::vector<Diagnostic> findings{};
    for (auto const& one : unformatted) {
        findings.push_back(error("CM0033", "`{}` is not formatted", context.sources.name(one.file))
                               .help("run `cm-migrate format`"));
    }
    if (!findings.empty()) {
        throw Failure(std::move(findings));
    }
    context.terminal.success("All files are formatted ✔");
    return tell_result(context, {{"formatted", std::vector<std::string>{}}});
}

/// There is no form of SQL that everybody agrees on, and the order of statements has meaning.
ExitCode leave_sql(Context& context) {
    context.terminal.line("The schema is written in SQL: `format` leaves it as it is.");
    return tell_result(context, {{"formatted", std::vector<std::string>{}}});
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    if (project.is_sql) return leave_sql(context);
    auto const files = engine::load_schema_files(project, project.schema, context.sources);
    refuse_unreadable(context.sources, files);
    auto const unformatted = find_unformatted(context.sources, files);
    if (o.check) {
        return check(unformatted, context);
    }
    std::vector<std::string> names{};
    for (auto const& one : unformatted) {
        auto const name = context.sources.name(one.file);
        write_file(name, one.formatted);
        names.emplace_back(name);
        context.terminal.success(fmt::format("Formatted {} ✔", name));
    }
    if (unformatted.empty()) {
        context.terminal.success("All files were already formatted ✔");
    }
    return tell_result(context, {{"formatted", names}});
}

}  // namespace

extern Command const format;
constinit Command const format{
    .name = "format",
    .group = CommandGroup::develop,
    .prisma = "format",
    .summary = "Format the schema",
    .description =
        "Formats the schema file, or each file of a schema folder, as `prisma format` does: "
        "alignment, order of attributes, blank lines. Keeps comments. Completes relations where "
        "the missing part is unambiguous: the field on the other side, `fields` and `references`, "
        "and the foreign key fields. A schema with syntax errors is not changed, nor is one in "
        "SQL.",
    .example = "cm-migrate format\ncm-migrate format --check",
    .json = "Print one JSON object: `formatted`, the files that were changed",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command

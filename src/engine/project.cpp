// See project.hpp.
#include "engine/project.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "dsl/dsl.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

/// Where Prisma looks, in its order.
fs::path usual_schema(fs::path const& root) {
    for (auto const* const place : {"prisma/schema.prisma", "prisma/schema", "schema.prisma"}) {
        if (fs::exists(root / place)) {
            return root / place;
        }
    }
    return root / "prisma/schema.prisma";
}

Configuration load_configuration(fs::path const& root, ProjectOptions const& options,
                                 SourceMap& sources) {
    auto const path = root / options.configuration.value_or("cm-migrate.json");
    auto text = read_file_if_exists(path);
    if (!text) {
        if (!options.configuration) {
            return {};
        }
        throw Failure(
            error("CM0023", "there is no configuration file `{}`", *options.configuration));
    }
    return parse_configuration(sources.add(path.filename().string(), std::move(*text)), sources);
}

/// Migrations lie beside the schema file. A schema folder `prisma/schema` has them beside itself,
/// but a folder that holds a `migrations` folder of its own keeps it.
fs::path migrations_beside(fs::path const& schema) {
    if (fs::is_directory(schema)) {
        if (fs::is_directory(schema / "migrations")) {
            return schema / "migrations";
        }
        return schema.parent_path() / "migrations";
    }
    return schema.parent_path() / "migrations";
}

void load_dotenv_files(Project& project) {
    auto const folder =
        fs::is_directory(project.schema) ? project.schema : project.schema.parent_path();
    std::vector<fs::path> places{folder / ".env"};
    if (folder != project.root) {
        places.push_back(project.root / ".env");
    }
    for (auto const& file : places) {
        if (load_dotenv(project.environment, file)) {
            project.dotenv_files.push_back(file);
        }
    }
}

void collect(fs::path const& folder, std::vector<fs::path>& files) {
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() == ".prisma") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
}

}  // namespace

Project open_project(Environment environment, ProjectOptions const& options, SourceMap& sources) {
    Project project{};
    project.root = environment.working_directory;
    project.environment = std::move(environment);
    project.options = options;
    project.configuration = load_configuration(project.root, options, sources);
    auto const package =
        parse_package_json(read_file_if_exists(project.root / "package.json").value_or(""));
    auto const named = options.schema                 ? options.schema
                       : project.configuration.schema ? project.configuration.schema
                                                      : package.schema;
    project.schema =
        (named ? project.root / *named : usual_schema(project.root)).lexically_normal();
    if (!project.schema.has_filename()) {
        project.schema = project.schema.parent_path();
    }
    project.migrations = project.configuration.migrations
                             ? project.root / *project.configuration.migrations
                             : migrations_beside(project.schema);
    project.migrations = project.migrations.lexically_normal();
    project.seed = project.configuration.seed ? project.configuration.seed : package.seed;
    load_dotenv_files(project);
    return project;
}

std::string shown(Project const& project, fs::path const& path) {
    auto const relative = path.lexically_relative(project.root);
    return relative.empty() || relative.string().starts_with("../..") ? path.string()
                                                                      : relative.string();
}

std::vector<FileId> load_schema_files(Project const& project, fs::path const& schema,
                                      SourceMap& sources) {
    std::vector<fs::path> files{};
    if (fs::is_directory(schema)) {
        collect(schema, files);
    } else if (fs::exists(schema)) {
        files.push_back(schema);
    }
    if (files.empty()) {
        throw Failure(
            error("CM0030", "there is no schema at `{}`", shown(project, schema))
                .help("`cm-migrate init` writes a first one; `--schema PATH` names another place"));
    }
    std::vector<FileId> ids{};
    for (auto const& file : files) {
        ids.push_back(sources.add(shown(project, file), read_file(file)));
    }
    return ids;
}

Declaration read_declaration(Project const& project, fs::path const& schema, SourceMap& sources) {
    auto const files = load_schema_files(project, schema, sources);
    Diagnostics diagnostics{};
    Declaration declaration{dsl::read(sources, files, project.configuration.naming, diagnostics),
                            {}};
    diagnostics.sort();
    if (diagnostics.has_errors()) {
        throw Failure(diagnostics.all());
    }
    declaration.warnings = diagnostics.all();
    return declaration;
}

Declaration read_declaration(Project const& project, SourceMap& sources) {
    return read_declaration(project, project.schema, sources);
}

std::optional<dsl::Datasource> read_datasource(Project const& project, fs::path const& schema,
                                               SourceMap& sources) {
    if (!fs::exists(schema)) {
        return {};
    }
    auto const files = load_schema_files(project, schema, sources);
    Diagnostics diagnostics{};
    return dsl::resolve(dsl::parse(sources, files, diagnostics), project.configuration.naming,
                        diagnostics)
        .datasource;
}

std::optional<dsl::Datasource> read_datasource(Project const& project, SourceMap& sources) {
    return read_datasource(project, project.schema, sources);
}

pg::LocalServer local_server(Project const& project) {
    return {project.root / ".cm-migrate/postgres"};
}

}  // namespace cm::engine

// See project.hpp.
#include "engine/project.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "dsl/dsl.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

std::string shown(fs::path const& root, fs::path const& path) {
    auto const relative = path.lexically_relative(root);
    return relative.empty() || relative.string().starts_with("../..") ? path.string()
                                                                      : relative.string();
}

fs::path opened(fs::path const& root, fs::path const& path) {
    std::error_code failed{};
    return fs::current_path(failed) == root ? fs::path{shown(root, path)} : path;
}

/// Where Prisma looks, in its order.
fs::path usual_schema(fs::path const& root) {
    for (auto const* const place : {"prisma/schema.prisma", "prisma/schema", "schema.prisma"}) {
        if (is_present(root / place)) {
            return root / place;
        }
    }
    return root / "prisma/schema.prisma";
}

Configuration load_configuration(fs::path const& root, ProjectOptions const& options,
                                 SourceMap& sources) {
    auto const name = options.configuration.value_or("cm-migrate.json");
    auto text = read_file_if_exists(opened(root, root / name));
    if (!text) {
        if (!options.configuration) {
            return {};
        }
        throw Failure(
            error("CM0023", "there is no configuration file `{}`", name)
                .help("`--config` takes a path relative to the working folder; without it, "
                      "`cm-migrate.json` is read if it is there"));
    }
    return parse_configuration(sources.add(name, std::move(*text)), sources);
}

/// Migrations lie beside the schema file. A schema folder `prisma/schema` has them beside itself,
/// but a folder that holds a `migrations` folder of its own keeps it.
fs::path migrations_beside(fs::path const& schema) {
    if (is_folder(schema)) {
        if (is_folder(schema / "migrations")) {
            return schema / "migrations";
        }
        return schema.parent_path() / "migrations";
    }
    return schema.parent_path() / "migrations";
}

void load_dotenv_files(Project& project) {
    auto const folder = is_folder(project.schema) ? project.schema : project.schema.parent_path();
    std::vector<fs::path> places{folder / ".env"};
    if (folder != project.root) {
        places.push_back(project.root / ".env");
    }
    for (auto const& file : places) {
        // In a folder that may not be entered it is not to be blamed: the schema is the one that is
        // missed.
        std::error_code hidden{};
        auto const place = opened(project, file);
        if (fs::exists(place, hidden) && load_dotenv(project.environment, place)) {
            project.dotenv_files.push_back(file);
        }
    }
}

/// The *.prisma files of a folder and of the folders in it, by name.
std::vector<fs::path> schema_files_in(fs::path const& folder) {
    std::vector<fs::path> files{};
    std::error_code failed{};
    for (fs::recursive_directory_iterator entry{folder, failed}, end{}; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->path().extension() == ".prisma" && !is_folder(entry->path())) {
            files.push_back(entry->path());
        }
    }
    if (failed) {
        throw Failure(error("CM0031", "cannot read the schema folder `{}`: {}", folder.string(),
                            failed.message())
                          .help("check that you may read it and the folders in it"));
    }
    std::sort(files.begin(), files.end());
    return files;
}

[[noreturn]] void throw_no_schema(std::string const& place, bool is_empty_folder) {
    auto diagnostic = is_empty_folder
                          ? error("CM0030", "the folder `{}` holds no .prisma file", place)
                          : error("CM0030", "there is no schema at `{}`", place);
    throw Failure(
        std::move(diagnostic)
            .help("`cm-migrate init` writes a first one; `--schema PATH` names another place"));
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
    project.schema_is_named = named.has_value();
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
    return shown(project.root, path);
}

fs::path opened(Project const& project, fs::path const& path) {
    return opened(project.root, path);
}

std::vector<FileId> load_schema_files(Project const& project, fs::path const& schema,
                                      SourceMap& sources) {
    auto const place = opened(project, schema);
    if (!is_present(place)) {
        throw_no_schema(shown(project, schema), false);
    }
    auto const files = is_folder(place) ? schema_files_in(place) : std::vector{place};
    if (files.empty()) {
        throw_no_schema(shown(project, schema), true);
    }
    std::vector<FileId> ids{};
    for (auto const& file : files) {
        ids.push_back(sources.add(file.lexically_normal().string(), read_file(file)));
    }
    return ids;
}

Declaration read_declaration(Project const& project, std::vector<FileId> const& files,
                             SourceMap const& sources) {
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

Declaration read_declaration(Project const& project, fs::path const& schema, SourceMap& sources) {
    return read_declaration(project, load_schema_files(project, schema, sources), sources);
}

Declaration read_declaration(Project const& project, SourceMap& sources) {
    return read_declaration(project, project.schema, sources);
}

std::optional<dsl::Datasource> read_datasource(Project const& project, fs::path const& schema,
                                               SourceMap& sources) {
    if (!is_present(opened(project, schema)) && !project.schema_is_named) {
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

// See project.hpp.
#include "engine/project.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "base/text.hpp"
#include "base/text_encoding.hpp"
#include "dsl/dsl.hpp"
#include "engine/drizzle_config.hpp"
#include "engine/project_configuration.hpp"
#include "engine/protection.hpp"
#include "engine/scripts.hpp"
#include "schema/scope.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

/// process.env as the file finds it once dotenv has run.
void load_config_environment(Project& project, PrismaConfig const& config) {
    if (project.options.env_file) return;
    for (auto const& file : config.dotenv_files) {
        std::error_code hidden{};
        auto const is_known = std::find(project.dotenv_files.begin(), project.dotenv_files.end(),
                                        file) != project.dotenv_files.end();
        auto const place = path_to_open(project, file);
        if (!is_known && fs::exists(place, hidden) && load_dotenv(project.environment, place)) {
            project.dotenv_files.push_back(file);
        }
    }
}

/// Migrations lie beside the schema file. A schema folder `prisma/schema` has them beside itself,
/// but a folder that holds a `migrations` folder of its own keeps it, and so does the project's.
fs::path migrations_beside(fs::path const& schema, fs::path const& root) {
    auto const beside = schema.parent_path() / "migrations";
    if (!is_folder(schema)) {
        return beside;
    }
    auto const inside = schema / "migrations";
    // Nothing of the project lies above its folder (`--schema .`).
    auto const is_whole = root == schema || root.string().starts_with(schema.string() + "/");
    return is_folder(inside) || is_whole ? inside : beside;
}

/// The file that was named takes the place of all others: a variable that it lacks must not come
/// from one that is for another database.
void load_named_env_file(Project& project) {
    auto const file = project.root / *project.options.env_file;
    if (!load_dotenv(project.environment, path_to_open(project, file))) {
        throw Failure(
            error("CM0001", "`--env-file`: there is no file `{}`", display_path(project, file)),
            ExitCode::usage);
    }
    project.dotenv_files.push_back(file);
}

void load_dotenv_files(Project& project) {
    if (project.options.env_file) return;
    auto const folder = is_folder(project.schema) ? project.schema : project.schema.parent_path();
    std::vector<fs::path> places{folder / ".env"};
    if (folder != project.root) {
        places.push_back(project.root / ".env");
    }
    for (auto const& file : places) {
        // In a folder that may not be entered it is not to be blamed: the schema is the one that is
        // missed.
        std::error_code hidden{};
        auto const place = path_to_open(project, file);
        auto const is_known = std::find(project.dotenv_files.begin(), project.dotenv_files.end(),
                                        file) != project.dotenv_files.end();
        if (!is_known && fs::exists(place, hidden) && load_dotenv(project.environment, place)) {
            project.dotenv_files.push_back(file);
        }
    }
}

/// What is said first counts.
std::optional<std::string> first_of(std::vector<std::optional<std::string>> const& said) {
    auto const found =
        std::find_if(said.begin(), said.end(), [](auto const& one) { return one.has_value(); });
    return found == said.end() ? std::nullopt : *found;
}

void take_external(schema::ExternalObjects& external, PrismaConfig const& config) {
    if (external.tables.empty()) external.tables = config.external_tables;
    if (external.enums.empty()) external.enums = config.external_enums;
}

[[noreturn]] void throw_no_schema(std::string const& place, bool is_empty_folder) {
    auto diagnostic = is_empty_folder
                          ? error("CM0030", "the folder `{}` contains no .prisma files", place)
                          : error("CM0030", "no schema found at `{}`", place);
    throw Failure(std::move(diagnostic)
                      .help("`cm-migrate init` creates one; `--schema PATH` sets another path"));
}

}  // namespace

std::vector<fs::path> files_ending(fs::path const& folder, std::string_view extension) {
    std::vector<fs::path> files{};
    std::error_code failed{};
    for (fs::recursive_directory_iterator entry{folder, failed}, end{}; !failed && entry != end;
         entry.increment(failed)) {
        auto const& path = entry->path();
        if (path.extension() == extension && !is_folder(path)) files.push_back(path);
    }
    if (failed) {
        throw Failure(error("CM0031", "cannot read the schema folder `{}`: {}", folder.string(),
                            failed.message())
                          .help("check the permissions of the folder and its subfolders"));
    }
    std::sort(files.begin(), files.end());
    return files;
}

namespace {

/// False if that cannot be told: whoever reads the folder says why.
bool has_file_ending(fs::path const& folder, std::string_view extension) {
    std::error_code failed{};
    for (fs::recursive_directory_iterator entry{folder, failed}, end{}; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->path().extension() == extension && !is_folder(entry->path())) return true;
    }
    return false;
}

fs::path without_trailing_slash(fs::path const& path) {
    auto place = path.lexically_normal();
    return place.has_filename() ? place : place.parent_path();
}

/// It counts if it has SQL files.
std::optional<fs::path> folder_beside(Project const& project, fs::path const& schema) {
    auto const beside = schema.parent_path() / "objects";
    auto const place = path_to_open(project, beside);
    if (!is_folder(place) || !has_file_ending(place, ".sql")) return {};
    return beside;
}

/// What is named must be there.
std::optional<fs::path> objects_beside(Project const& project) {
    if (project.is_sql) return {};
    if (auto const& named = project.configuration.objects)
        return (project.root / *named).lexically_normal();
    return folder_beside(project, project.schema);
}

}  // namespace

std::optional<fs::path> objects_of(Project const& project, fs::path const& schema) {
    auto const place = without_trailing_slash(schema);
    auto const is_with_ours =
        !project.is_sql && place.parent_path() == project.schema.parent_path();
    return is_with_ours ? project.objects : folder_beside(project, place);
}

std::optional<std::string> schema_command_of(Project const& project, fs::path const& schema) {
    if (project.schema_command && schema.lexically_normal() == project.schema)
        return project.schema_command;
    auto const name = display_path(project, schema);
    return is_drizzle_config(name) ? std::optional{drizzle_export(name)} : std::nullopt;
}

bool is_sql_schema(Project const& project, fs::path const& schema) {
    auto const place = path_to_open(project, schema);
    if (schema_command_of(project, schema)) return true;
    if (!is_folder(place)) return schema.extension() == ".sql";
    return has_file_ending(place, ".sql") && !has_file_ending(place, ".prisma");
}

namespace {

/// `configured`: by another file than cm-migrate.json.
void settle_schema(Project& project, std::optional<fs::path> const& drizzle,
                   std::optional<std::string> const& configured) {
    auto const& configuration = project.configuration;
    auto const is_command =
        !drizzle && !project.options.schema && configuration.schema_command.has_value();
    auto named = first_of({project.options.schema, configuration.schema, configured});
    if (is_command) named = project.options.configuration.value_or("cm-migrate.json");
    if (drizzle) named = drizzle->string();
    project.schema_is_named = named.has_value();
    project.schema =
        without_trailing_slash(named ? project.root / *named : usual_schema(project.root));
    if (is_command) project.schema_command = configuration.schema_command;
    if (drizzle) project.schema_command = drizzle_export(display_path(project, *drizzle));
    project.is_sql = is_sql_schema(project, project.schema);
    if (drizzle) {
        auto& table = project.configuration.migrations_table;
        if (table == Configuration{}.migrations_table)
            table += drizzle_record_suffix(drizzle->filename().string());
    } else if (auto const other = find_drizzle_config(project.root)) {
        project.other_config = display_path(project, *other);
    }
}

}  // namespace

namespace {

/// Of the package that the file belongs to; empty if it has no name.
std::string package_name_above(fs::path const& root, fs::path const& file) {
    for (auto folder = file.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        if (auto const text = read_file_if_exists(openable_path(root, folder / "package.json")))
            return parse_package_json(*text).name;
        if (folder == folder.root_path()) break;
    }
    return {};
}

}  // namespace

Project open_project(Environment environment, ProjectOptions const& options, SourceMap& sources) {
    Project project{};
    project.root = environment.working_directory;
    project.environment = std::move(environment);
    project.options = options;
    if (options.env_file) load_named_env_file(project);
    project.configuration = load_configuration(project.root, options, sources);
    auto const drizzle = drizzle_config_of(project.root, options, project.configuration);
    project.is_drizzle = drizzle.has_value();
    if (drizzle && options.configuration && is_drizzle_config(*options.configuration) &&
        (project.configuration.schema || project.configuration.schema_command ||
         has_usual_schema(project.root))) {
        keep_common_settings(project.configuration);
    }
    auto const script = load_config_script(project.root, options, drizzle, sources);
    PrismaConfig config{};
    if (script) {
        config = read_config(*script, project, sources);
        load_config_environment(project, config);
        config = read_config(*script, project, sources);
    }
    auto const package =
        parse_package_json(read_file_if_exists(project.root / "package.json").value_or(""));
    settle_schema(project, drizzle, first_of({config.schema, package.schema}));
    if (drizzle) project.package_name = package_name_above(project.root, *drizzle);
    project.objects = objects_beside(project);
    project.is_mixed = project.objects.has_value();
    auto const migrations = first_of({project.configuration.migrations, config.migrations});
    project.migrations =
        migrations ? project.root / *migrations : migrations_beside(project.schema, project.root);
    project.migrations = project.migrations.lexically_normal();
    project.seed =
        first_of({project.configuration.seed, config.seed, drizzle ? std::nullopt : package.seed});
    load_dotenv_files(project);
    if (script) {
        // Once more, with the variables that the .env files have brought.
        project.prisma_config = read_config(*script, project, sources);
        take_external(project.configuration.external, *project.prisma_config);
    }
    return project;
}

std::string display_path(Project const& project, fs::path const& path) {
    return shown_path(project.root, path);
}

fs::path path_to_open(Project const& project, fs::path const& path) {
    return openable_path(project.root, path);
}

std::optional<fs::path> place_of_first_schema(Project const& project) {
    auto const place = path_to_open(project, project.schema);
    if (!is_present(place)) {
        return project.schema.extension() == ".prisma" ? project.schema
                                                       : project.schema / "schema.prisma";
    }
    return is_folder(place) && files_ending(place, ".prisma").empty()
               ? std::optional{project.schema / "schema.prisma"}
               : std::nullopt;
}

std::string first_datasource(Project const& project) {
    auto const is_elsewhere =
        project.prisma_config &&
        (project.prisma_config->url.text || !project.prisma_config->url.missing_variable.empty() ||
         project.prisma_config->url.is_unclear);
    return is_elsewhere ? "datasource db {\n  provider = \"postgresql\"\n}\n"
                        : "datasource db {\n  provider = \"postgresql\"\n"
                          "  url      = env(\"DATABASE_URL\")\n}\n";
}

std::vector<FileId> load_schema_files(Project const& project, fs::path const& schema,
                                      SourceMap& sources) {
    auto const place = path_to_open(project, schema);
    if (!is_present(place)) {
        throw_no_schema(display_path(project, schema), false);
    }
    auto const files = is_folder(place) ? files_ending(place, ".prisma") : std::vector{place};
    if (files.empty()) {
        throw_no_schema(display_path(project, schema), true);
    }
    std::vector<FileId> ids{};
    for (auto const& file : files) {
        auto const name = file.lexically_normal().string();
        auto text = read_file(file);
        require_utf8(name, text);
        ids.push_back(sources.add(name, std::move(text)));
    }
    return ids;
}

namespace {

/// What else is wrong with the schema file is for those to say who read all of it; PostgreSQL's own
/// schemas are managed by no command.
void refuse_system_schemas(dsl::Datasource const& datasource, std::vector<Diagnostic> all) {
    auto const& schemas = datasource.schemas;
    if (std::none_of(schemas.begin(), schemas.end(),
                     [](std::string const& name) { return is_system_schema(name); })) {
        return;
    }
    constexpr std::string_view about_datasource = "CM0210";
    std::erase_if(all, [&](Diagnostic const& it) { return it.code != about_datasource; });
    throw Failure(std::move(all));
}

}  // namespace

std::optional<dsl::Datasource> read_datasource(Project const& project, fs::path const& schema,
                                               SourceMap& sources) {
    if (!is_present(path_to_open(project, schema)) && !project.schema_is_named) {
        return {};
    }
    if (is_sql_schema(project, schema)) return {};
    auto const files = load_schema_files(project, schema, sources);
    Diagnostics diagnostics{};
    auto datasource = dsl::resolve(dsl::parse(sources, files, diagnostics),
                                   project.configuration.naming, diagnostics)
                          .datasource;
    if (datasource) refuse_system_schemas(*datasource, diagnostics.all());
    return datasource;
}

std::optional<dsl::Datasource> read_datasource(Project const& project, SourceMap& sources) {
    return project.is_sql ? std::nullopt : read_datasource(project, project.schema, sources);
}

pg::LocalServer local_server(Project const& project) {
    return {project.root / ".cm-migrate/postgres"};
}

}  // namespace cm::engine

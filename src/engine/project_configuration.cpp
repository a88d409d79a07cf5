// See project_configuration.hpp.
#include "engine/project_configuration.hpp"

#include "base/file.hpp"
#include "base/text_encoding.hpp"
#include "engine/drizzle_config.hpp"
#include "engine/scripts.hpp"

namespace cm::engine {

namespace fs = std::filesystem;

std::string shown_path(fs::path const& root, fs::path const& path) {
    auto const relative = path.lexically_relative(root);
    return relative.empty() || relative.string().starts_with("../..") ? path.string()
                                                                      : relative.string();
}

fs::path openable_path(fs::path const& root, fs::path const& path) {
    std::error_code failed{};
    return fs::current_path(failed) == root ? fs::path{shown_path(root, path)} : path;
}

fs::path usual_schema(fs::path const& root) {
    for (auto const* const place :
         {"prisma/schema.prisma", "prisma/schema", "schema.prisma", "schema.sql"}) {
        if (is_present(root / place)) {
            return root / place;
        }
    }
    return root / "prisma/schema.prisma";
}

namespace {

[[noreturn]] void throw_no_configuration(std::string const& name) {
    throw Failure(
        error("CM0023", "the configuration file `{}` does not exist", name)
            .help("`--config` takes the path of cm-migrate.json, prisma.config.ts or "
                  "drizzle.config.ts, relative to the working directory; without it, they are read "
                  "if they exist"));
}

/// Paths in the file are relative to the file, wherever it lies.
void lead_from(fs::path const& folder, Configuration& configuration) {
    auto const lead = [&](std::optional<std::string>& path) {
        if (path && fs::path(*path).is_relative()) {
            path = (folder / *path).lexically_normal().string();
        }
    };
    lead(configuration.schema);
    lead(configuration.migrations);
    lead(configuration.scratch_setup);
    if (configuration.seed && is_sql(*configuration.seed)) lead(configuration.seed);
}

}  // namespace

Configuration load_configuration(fs::path const& root, ProjectOptions const& options,
                                 SourceMap& sources) {
    auto const is_named = options.configuration && !is_config_script(*options.configuration);
    auto const name = is_named ? *options.configuration : "cm-migrate.json";
    auto text = read_file_if_exists(openable_path(root, root / name));
    if (!text) {
        if (!is_named) {
            return {};
        }
        throw_no_configuration(name);
    }
    require_utf8(name, *text);
    auto configuration = parse_configuration(sources.add(name, std::move(*text)), sources);
    if (auto const folder = fs::path(name).parent_path(); !folder.empty()) {
        lead_from(folder, configuration);
    }
    return configuration;
}

bool has_usual_schema(fs::path const& root) {
    return is_present(usual_schema(root)) || find_prisma_config(root) ||
           parse_package_json(read_file_if_exists(root / "package.json").value_or("")).schema;
}

std::optional<fs::path> drizzle_config_of(fs::path const& root, ProjectOptions const& options,
                                          Configuration const& configuration) {
    auto const& named = options.configuration;
    if (named && is_drizzle_config(*named)) return (root / *named).lexically_normal();
    for (auto const& schema : {options.schema, configuration.schema}) {
        if (!schema) continue;
        if (!is_drizzle_config(*schema)) return {};
        return (root / *schema).lexically_normal();
    }
    auto const is_elsewhere = configuration.schema_command || (named && is_config_script(*named)) ||
                              has_usual_schema(root);
    return is_elsewhere ? std::nullopt : find_drizzle_config(root);
}

void keep_common_settings(Configuration& configuration) {
    Configuration common{};
    common.external = configuration.external;
    common.external.managed_tables.clear();
    common.scratch_setup = configuration.scratch_setup;
    common.url = configuration.url;
    common.shadow_database_url = configuration.shadow_database_url;
    configuration = std::move(common);
}

std::optional<ConfigScriptFile> load_config_script(fs::path const& root,
                                                   ProjectOptions const& options,
                                                   std::optional<fs::path> const& drizzle,
                                                   SourceMap& sources) {
    auto const is_named = options.configuration && is_config_script(*options.configuration);
    auto const path = drizzle    ? drizzle
                      : is_named ? std::optional{(root / *options.configuration).lexically_normal()}
                                 : find_prisma_config(root);
    auto text = path ? read_file_if_exists(openable_path(root, *path)) : std::nullopt;
    if (!text) {
        if (drizzle) throw_no_configuration(shown_path(root, *drizzle));
        if (is_named) throw_no_configuration(*options.configuration);
        return {};
    }
    auto const name = shown_path(root, *path);
    require_utf8(name, *text);
    return ConfigScriptFile{*path, sources.add(name, std::move(*text))};
}

PrismaConfig read_config(ConfigScriptFile const& script, Project& project,
                         SourceMap const& sources) {
    if (!project.is_drizzle)
        return read_prisma_config(script.file, script.path, project.environment, sources);
    auto config = read_drizzle_config(script.file, script.path, project.environment, sources);
    project.managed_schemas = std::move(config.schemas);
    auto& managed = project.configuration.external.managed_tables;
    if (managed.empty()) managed = std::move(config.table_filter);
    return std::move(config.common);
}

}  // namespace cm::engine

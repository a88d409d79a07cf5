// See target.hpp.
#include "engine/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/log.hpp"
#include "engine/shadow.hpp"
#include "pg/connection.hpp"
#include "schema/catalog_query.hpp"

namespace cm::engine {
namespace {

std::optional<std::string> text_of(std::optional<dsl::StringOrEnvironment> const& value,
                                   Environment const& environment) {
    if (!value) {
        return {};
    }
    return value->is_environment ? variable(environment, value->text) : std::optional{value->text};
}

/// Files beside the schema are found there, as Prisma finds them.
pg::Url with_files_found(pg::Url url, Project const& project) {
    auto const folder =
        project.schema.has_extension() ? project.schema.parent_path() : project.schema;
    for (auto const* const key : {"sslrootcert", "sslcert", "sslkey", "sslidentity"}) {
        auto const file = url.parameters.find(key);
        if (file == url.parameters.end()) continue;
        std::filesystem::path const path{file->second};
        std::error_code unreadable{};
        if (path.is_relative() && !std::filesystem::exists(project.root / path, unreadable) &&
            std::filesystem::exists(folder / path, unreadable)) {
            file->second = (folder / path).string();
        }
    }
    return url;
}

std::string origin_in(PrismaConfig const& config) {
    return fmt::format("`{}`", config.file);
}

/// A wrong URL is reported with where it comes from, but never shown: it may hold a password.
pg::Url parse_from(Project const& project, std::string const& text, std::string const& origin) {
    try {
        auto url = with_files_found(pg::parse_url(text), project);
        url.origin = origin;
        return url;
    } catch (Failure const& failure) {
        auto diagnostics = failure.diagnostics();
        auto& first = diagnostics.front();
        auto const& config = project.prisma_config;
        if (text.starts_with("prisma") && config && origin == origin_in(*config)) {
            first.helps = {
                fmt::format("migrations need a direct connection to the database: set it as "
                            "`datasource.url` in `{}` (the client has its own URL), as `\"url\": "
                            "\"env(DIRECT_URL)\"` in cm-migrate.json, or with `--url`",
                            config->file)};
        }
        first.note("the URL comes from {}", origin);
        throw Failure(std::move(diagnostics), failure.exit_code());
    }
}

std::string variable_named(Project const& project, std::string const& name) {
    auto const file = project.environment.files.find(name);
    return file == project.environment.files.end()
               ? fmt::format("the environment variable `{}`", name)
               : fmt::format("`{}` in {}", name, display_path(project, file->second));
}

/// A URL as it was found, and where.
struct FoundUrl {
    std::string text{};
    std::string origin{};
};

std::optional<FoundUrl> found_in(std::optional<dsl::StringOrEnvironment> const& source,
                                 Project const& project) {
    auto text = text_of(source, project.environment);
    if (!text) {
        return {};
    }
    return FoundUrl{std::move(*text), source->is_environment
                                          ? variable_named(project, source->text)
                                          : "the datasource block of the schema"};
}

std::optional<FoundUrl> found_in(UrlSetting const& setting, Project const& project) {
    if (!setting.is_environment) {
        return FoundUrl{setting.text, "cm-migrate.json"};
    }
    auto const text = variable(project.environment, setting.text);
    return text ? std::optional{FoundUrl{*text, variable_named(project, setting.text)}}
                : std::nullopt;
}

std::optional<FoundUrl> found_in(ConfiguredUrl const& url, PrismaConfig const& config) {
    return url.text ? std::optional{FoundUrl{*url.text, origin_in(config)}} : std::nullopt;
}

/// True if prisma.config.ts says where the database is, though nobody may know what it says.
bool is_said(ConfiguredUrl const& url) {
    return url.text || !url.missing_variable.empty();
}

/// What is said first counts: the command line, cm-migrate.json, prisma.config.ts, the schema. A
/// place that names a variable which is not set does not hand on to the next one.
std::optional<FoundUrl> look_for_url(Project const& project,
                                     std::optional<dsl::Datasource> const& datasource) {
    if (project.options.url) {
        return FoundUrl{*project.options.url, "`--url`"};
    }
    if (project.configuration.url) {
        return found_in(*project.configuration.url, project);
    }
    // Migrations must not go through a pooler: directUrl is there for them.
    if (auto const& config = project.prisma_config) {
        if (auto direct = found_in(config->direct_url, *config)) {
            return direct;
        }
        if (is_said(config->url)) {
            return found_in(config->url, *config);
        }
    }
    if (datasource) {
        if (auto direct = found_in(datasource->direct_url, project)) {
            return direct;
        }
        if (datasource->url) {
            return found_in(datasource->url, project);
        }
    }
    auto const text = variable(project.environment, "DATABASE_URL");
    return text ? std::optional{FoundUrl{*text, variable_named(project, "DATABASE_URL")}}
                : std::nullopt;
}

std::optional<FoundUrl> look_for_shadow_url(Project const& project,
                                            std::optional<dsl::Datasource> const& datasource) {
    if (project.configuration.shadow_database_url) {
        return found_in(*project.configuration.shadow_database_url, project);
    }
    if (auto const& config = project.prisma_config;
        config && is_said(config->shadow_database_url)) {
        return found_in(config->shadow_database_url, *config);
    }
    return datasource ? found_in(datasource->shadow_database_url, project) : std::nullopt;
}

std::optional<pg::Url> parse_found(Project const& project, std::optional<FoundUrl> const& found) {
    return found ? std::optional{parse_from(project, found->text, found->origin)} : std::nullopt;
}

/// The variable that would have named the database.
std::string missing_variable(Project const& project,
                             std::optional<dsl::Datasource> const& datasource) {
    if (auto const& url = project.configuration.url; url && url->is_environment) {
        return url->text;
    }
    if (project.prisma_config && !project.prisma_config->url.missing_variable.empty()) {
        return project.prisma_config->url.missing_variable;
    }
    return datasource && datasource->url && datasource->url->is_environment ? datasource->url->text
                                                                            : "DATABASE_URL";
}

/// There is a URL, and nobody knows which: another database is not to be taken instead.
bool is_url_unclear(Project const& project) {
    return project.prisma_config && project.prisma_config->url.is_unclear;
}

}  // namespace

std::optional<pg::Url> find_url(Project const& project,
                                std::optional<dsl::Datasource> const& datasource) {
    return parse_found(project, look_for_url(project, datasource));
}

std::optional<pg::Url> find_usable_url(Project const& project,
                                       std::optional<dsl::Datasource> const& datasource) {
    auto const found = look_for_url(project, datasource);
    return found && pg::is_postgres_url(found->text) ? parse_found(project, found) : std::nullopt;
}

std::string schema_of_url(Project const& project,
                          std::optional<dsl::Datasource> const& datasource) {
    auto const found = look_for_url(project, datasource);
    return found ? pg::schema_in(found->text) : "public";
}

std::string private_database_name(Project const& project) {
    std::string name{};
    for (auto const c : project.root.filename().string()) {
        auto const lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        name += std::isalnum(static_cast<unsigned char>(lower)) != 0 ? lower : '_';
    }
    constexpr std::size_t longest = 63;
    return name.empty() ? "app" : name.substr(0, longest);
}

namespace {

/// None where a private server would have to be made, and may not be.
std::optional<Target> look_for_target(Project const& project,
                                      std::optional<dsl::Datasource> const& datasource,
                                      WithoutUrl without_url, bool may_make_server) {
    Target target{};
    target.shadow_url = connected_to_shadow(
        [&] { return parse_found(project, look_for_shadow_url(project, datasource)); });
    auto const given = project.options.local ? std::nullopt : find_url(project, datasource);
    if (given) {
        target.url = *given;
        log::set_database(pg::database_name(target.url));
        return target;
    }
    auto const server = local_server(project);
    auto const is_absent = pg::state(server) == pg::LocalServerState::absent;
    auto const is_refused = without_url == WithoutUrl::refuse || is_url_unclear(project) ||
                            (without_url == WithoutUrl::existing_only && is_absent);
    if (is_refused && is_url_unclear(project) && !project.options.local) {
        throw Failure(error("CM0040", "no database URL: the one in `{}` cannot be evaluated",
                            project.prisma_config->file)
                          .help("set it in cm-migrate.json (`\"url\": \"env(DATABASE_URL)\"`), set "
                                "DATABASE_URL, or pass `--url URL`"),
                      ExitCode::usage);
    }
    if (is_refused && !project.options.local) {
        throw Failure(error("CM0040", "no database URL: the environment variable `{}` is not set",
                            missing_variable(project, datasource))
                          .help("set it, pass `--url URL`, or pass `--local` to use the project's "
                                "private PostgreSQL server"),
                      ExitCode::usage);
    }
    if (is_absent && !may_make_server) return {};
    pg::start(server);
    target.url = pg::url(server, private_database_name(project));
    log::set_database(pg::database_name(target.url));
    target.is_private = true;
    target.is_fallback = !project.options.local;
    return target;
}

}  // namespace

Target find_target(Project const& project, std::optional<dsl::Datasource> const& datasource,
                   WithoutUrl without_url) {
    return look_for_target(project, datasource, without_url, true).value();
}

std::optional<Target> find_existing_target(Project const& project,
                                           std::optional<dsl::Datasource> const& datasource,
                                           WithoutUrl without_url) {
    return look_for_target(project, datasource, without_url, false);
}

namespace {

/// False if nobody answers.
bool is_reachable(pg::Url const& url) {
    try {
        pg::Connection const attempt(url);
        return true;
    } catch (Failure const& failed) {
        log::swallowed("asking whether the server can be reached", failed);
        return failed.diagnostics().front().code != "CM0402";
    }
}

}  // namespace

std::optional<Target> find_reachable_target(Project const& project,
                                            std::optional<dsl::Datasource> const& datasource) {
    auto url = find_usable_url(project, datasource);
    if (!url || !is_reachable(*url)) return {};
    return Target{.url = std::move(*url)};
}

std::vector<std::string> managed_schemas(Project const& project,
                                         std::optional<dsl::Datasource> const& datasource,
                                         pg::Url const& url) {
    if (!project.managed_schemas.empty()) return project.managed_schemas;
    if (project.is_sql && !url.schema_is_named) return schema::every_schema;
    if (datasource && !datasource->schemas.empty()) {
        return datasource->schemas;
    }
    return {url.schema};
}

history::MigrationsTable migrations_table_of(Project const& project, pg::Url const& url) {
    return {{url.schema, project.configuration.migrations_table}};
}

}  // namespace cm::engine

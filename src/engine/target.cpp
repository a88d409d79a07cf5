// See target.hpp.
#include "engine/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

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

/// A wrong URL is reported with where it comes from, but never shown: it may hold a password.
pg::Url parse_from(Project const& project, std::string const& text, std::string const& origin) {
    try {
        return with_files_found(pg::parse_url(text), project);
    } catch (Failure const& failure) {
        auto diagnostics = failure.diagnostics();
        diagnostics.front().note("the URL comes from {}", origin);
        throw Failure(std::move(diagnostics), failure.exit_code());
    }
}

std::string variable_named(std::string_view name) {
    return fmt::format("the environment variable `{}`", name);
}

std::optional<pg::Url> url_of(std::optional<dsl::StringOrEnvironment> const& source,
                              Project const& project) {
    auto const text = text_of(source, project.environment);
    if (!text) {
        return {};
    }
    return parse_from(project, *text,
                      source->is_environment ? variable_named(source->text)
                                             : "the datasource block of the schema");
}

std::string missing_variable(std::optional<dsl::Datasource> const& datasource) {
    return datasource && datasource->url && datasource->url->is_environment ? datasource->url->text
                                                                            : "DATABASE_URL";
}

}  // namespace

std::optional<pg::Url> find_url(Project const& project,
                                std::optional<dsl::Datasource> const& datasource) {
    if (project.options.url) {
        return parse_from(project, *project.options.url, "`--url`");
    }
    if (datasource) {
        // Migrations must not go through a pooler: directUrl is there for them.
        if (auto direct = url_of(datasource->direct_url, project)) {
            return direct;
        }
        if (datasource->url) {
            return url_of(datasource->url, project);
        }
    }
    auto const text = variable(project.environment, "DATABASE_URL");
    return text ? std::optional{parse_from(project, *text, variable_named("DATABASE_URL"))}
                : std::nullopt;
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

Target find_target(Project const& project, std::optional<dsl::Datasource> const& datasource,
                   WithoutUrl without_url) {
    Target target{};
    if (datasource) {
        target.shadow_url = url_of(datasource->shadow_database_url, project);
    }
    auto const given = project.options.local ? std::nullopt : find_url(project, datasource);
    if (given) {
        target.url = *given;
        return target;
    }
    auto const server = local_server(project);
    auto const is_refused =
        without_url == WithoutUrl::refuse || (without_url == WithoutUrl::use_what_is_there &&
                                              pg::state(server) == pg::LocalServerState::absent);
    if (is_refused && !project.options.local) {
        throw Failure(
            error("CM0040", "no database is given: the environment variable `{}` is not set",
                  missing_variable(datasource))
                .help("set it, pass `--url URL`, or pass `--local` for the project's private "
                      "PostgreSQL"),
            ExitCode::usage);
    }
    pg::start(server);
    target.url = pg::url(server, private_database_name(project));
    target.is_private = true;
    target.is_fallback = !project.options.local;
    return target;
}

std::vector<std::string> managed_schemas(std::optional<dsl::Datasource> const& datasource,
                                         pg::Url const& url) {
    if (datasource && !datasource->schemas.empty()) {
        return datasource->schemas;
    }
    return {url.schema};
}

history::Ledger ledger_of(Project const& project, pg::Url const& url) {
    return {{url.schema, project.configuration.migrations_table}};
}

}  // namespace cm::engine

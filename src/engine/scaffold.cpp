// See scaffold.hpp.
#include "engine/scaffold.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "history/directory.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view first_words =
    "// The database schema of this project. After a change here, run\n"
    "//   cm-migrate dev --name what_changed\n"
    "// to create a migration and apply it. Commit both to version control.\n"
    "\n";

constexpr std::string_view first_sql_words =
    R"(-- The database schema of this project. After a change here, run
--   cm-migrate dev --name what_changed
-- to create a migration and apply it. Commit both to version control.
--
-- CREATE TABLE users (
--     id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
--     email      text NOT NULL UNIQUE,
--     created_at timestamptz NOT NULL DEFAULT now()
-- );
--
-- Statements may stand in any order, and in several files of a folder. A database that is there
-- already is written here by
--   cm-migrate pull
)";

constexpr std::string_view first_settings =
    R"(  // Tables are plural and snake_case: model Post, field authorId → posts.author_id.
  "naming": "snake_case",
  // Every foreign key gets an index, unless a key or another index covers it.
  "foreignKeyIndexes": true
)";

/// `"$schema"` lets an editor complete and check the file, without a network.
std::string first_configuration(Project const& project, std::string_view settings) {
    auto const description = settings_description(std::filesystem::read_symlink("/proc/self/exe"));
    std::string text = "{\n";
    if (description) {
        auto const inside = description->lexically_relative(project.root);
        auto const is_inside = !inside.empty() && *inside.begin() != "..";
        text += fmt::format("  \"$schema\": \"{}\"{}\n",
                            is_inside ? "./" + inside.string() : description->string(),
                            settings.empty() ? "" : ",");
    }
    if (!description && settings.empty()) return "{}\n";
    return text + std::string(settings) + "}\n";
}

/// The variable that the project takes its URL from.
std::string url_variable(Project const& project) {
    auto const& config = project.prisma_config;
    return config && !config->url.missing_variable.empty() ? config->url.missing_variable
                                                           : "DATABASE_URL";
}

std::string dotenv(Project const& project, std::optional<std::string> const& url) {
    auto const name = url_variable(project);
    if (url) {
        return dotenv_line(name, *url);
    }
    return fmt::format(
        "# Without a URL, cm-migrate runs a private PostgreSQL for this project.\n"
        "# {}=\"postgresql://user:password@localhost:5432/database\"\n",
        name);
}

/// What stands for a variable in quotes that know variables.
std::string with_dollars_escaped(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        if (c == '$') result += '\\';
        result += c;
    }
    return result;
}

/// Quotes mean nothing in a URL but themselves.
std::string with_quotes_encoded(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        result += c == '"' ? "%22" : c == '\\' ? "%5C" : std::string(1, c);
    }
    return result;
}

void write_new(Project const& project, std::filesystem::path const& place, std::string_view text,
               FirstFiles& files) {
    auto const path = path_to_open(project, place);
    if (is_present(path)) {
        files.kept.push_back(display_path(project, place));
        return;
    }
    if (path.has_parent_path()) {
        make_directory(path.parent_path());
    }
    write_file(path, text);
    files.written.push_back(display_path(project, place));
}

/// `/.env` and `.cm-migrate` mean the same files as `.env` and `.cm-migrate/`.
std::string_view pattern_core(std::string_view line) {
    while (line.ends_with(' ') || line.ends_with('\r') || line.ends_with('/'))
        line.remove_suffix(1);
    return line.starts_with('/') ? line.substr(1) : line;
}

bool ignores(std::string_view text, std::string_view pattern) {
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        if (pattern_core(text.substr(0, end)) == pattern_core(pattern)) return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

/// .env holds a password and .cm-migrate the private server: neither belongs into version control.
void ignore_private_files(Project const& project, FirstFiles& files) {
    auto const path = path_to_open(project, project.root / ".gitignore");
    auto text = read_file_if_exists(path).value_or("");
    std::string added{};
    for (auto const* const line : {".env", ".cm-migrate/"}) {
        if (!ignores(text, line)) added += fmt::format("{}\n", line);
    }
    if (added.empty()) {
        return;
    }
    if (!text.empty() && !text.ends_with('\n')) {
        text += '\n';
    }
    write_file(path, text + added);
    files.written.emplace_back(".gitignore");
}

}  // namespace

std::string dotenv_line(std::string const& name, std::string const& url) {
    // Other readers of .env look for variables in single quotes, too: they come last.
    auto const escaped = with_dollars_escaped(url);
    for (auto const& value :
         {fmt::format("\"{}\"", escaped), fmt::format("`{}`", escaped), fmt::format("'{}'", url)}) {
        auto const line = fmt::format("{}={}\n", name, value);
        auto const variables = parse_dotenv(line, {});
        auto const found = variables.find(name);
        if (found != variables.end() && found->second == url && variables.size() == 1) return line;
    }
    return fmt::format("{}=\"{}\"\n", name, with_dollars_escaped(with_quotes_encoded(url)));
}

std::optional<std::filesystem::path> settings_description(std::filesystem::path const& program) {
    auto const folder = program.parent_path();
    for (auto const* const place : {"../share/cm-migrate", "."}) {
        auto const file = (folder / place / "cm-migrate.schema.json").lexically_normal();
        if (is_present(file)) return file;
    }
    return {};
}

std::string_view first_sql_schema() {
    return first_sql_words;
}

namespace {

/// What a project is begun with.
struct FirstSchema {
    std::optional<std::filesystem::path> place{};  ///< none: there is one
    std::string text{};
    std::string settings{};
};

FirstFiles write_first_files(Project const& project, std::optional<std::string> const& url,
                             FirstSchema const& schema) {
    auto const& place = schema.place;
    auto const settings = project.root / "cm-migrate.json";
    if (!place && is_present(path_to_open(project, settings))) {
        throw Failure(
            error("CM0060", "a schema already exists: `{}`", display_path(project, project.schema))
                .note("`cm-migrate.json` exists as well: nothing is left to create")
                .help("`cm-migrate status` shows the state of the database"));
    }
    FirstFiles files{.schema = display_path(project, place.value_or(project.schema)),
                     .had_schema = !place.has_value(),
                     .migrations_folder = display_path(project, project.migrations)};
    if (place) {
        write_new(project, *place, schema.text, files);
    } else {
        files.kept.push_back(files.schema);
        files.migrations =
            history::read_directory(path_to_open(project, project.migrations)).migrations.size();
    }
    if (place || url) write_new(project, project.root / ".env", dotenv(project, url), files);
    write_new(project, settings, first_configuration(project, schema.settings), files);
    ignore_private_files(project, files);
    return files;
}

}  // namespace

FirstFiles write_first_files(Project const& project, std::optional<std::string> const& url) {
    auto const place = place_of_first_schema(project);
    return write_first_files(project, url,
                             {.place = place,
                              .text = std::string(first_words) + first_datasource(project),
                              .settings = std::string(place ? first_settings : "")});
}

FirstFiles write_first_sql_files(Project const& project, std::optional<std::string> const& url) {
    auto const is_there = is_present(path_to_open(project, project.schema));
    auto const name = display_path(project, project.schema);
    return write_first_files(
        project, url,
        {.place = is_there ? std::nullopt : std::optional{project.schema},
         .text = std::string(first_sql_words),
         .settings = fmt::format("  \"schema\": \"{}\",\n  \"undeclared\": \"drop\"\n", name)});
}

}  // namespace cm::engine

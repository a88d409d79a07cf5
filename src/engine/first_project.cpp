// See first_project.hpp.
#include "engine/first_project.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "base/file.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view first_words =
    "// The database of this project. After a change here:\n"
    "//   cm-migrate dev --name what_changed\n"
    "// writes a migration, applies it, and keeps both for version control.\n\n";

constexpr std::string_view first_configuration = R"({
  // Tables are plural and snake_case: model Post, field authorId → posts.author_id.
  "naming": "snake_case",
  // Every foreign key gets an index, unless a key or another index covers it.
  "foreignKeyIndexes": true
}
)";

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
    auto const path = opened(project, place);
    if (is_present(path)) {
        files.kept.push_back(shown(project, place));
        return;
    }
    if (path.has_parent_path()) {
        make_directory(path.parent_path());
    }
    write_file(path, text);
    files.written.push_back(shown(project, place));
}

/// .env holds a password and .cm-migrate the private server: neither belongs into version control.
void ignore_private_files(Project const& project, FirstFiles& files) {
    auto const path = opened(project, project.root / ".gitignore");
    auto text = read_file_if_exists(path).value_or("");
    std::string added{};
    for (auto const* const line : {".env", ".cm-migrate/"}) {
        if (("\n" + text + "\n").find(fmt::format("\n{}\n", line)) == std::string::npos) {
            added += fmt::format("{}\n", line);
        }
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

FirstFiles write_first_files(Project const& project, std::optional<std::string> const& url) {
    auto const place = place_of_first_schema(project);
    if (!place) {
        throw Failure(
            error("CM0060", "there is a schema already: `{}`", shown(project, project.schema))
                .help("`cm-migrate dev` works with it as it is; `init` never overwrites"));
    }
    FirstFiles files{.schema = shown(project, *place)};
    write_new(project, *place, std::string(first_words) + first_datasource(project), files);
    write_new(project, project.root / ".env", dotenv(project, url), files);
    write_new(project, project.root / "cm-migrate.json", first_configuration, files);
    ignore_private_files(project, files);
    return files;
}

}  // namespace cm::engine

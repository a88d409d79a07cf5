// See first_project.hpp.
#include "engine/first_project.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "base/file.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view first_schema = R"(// The database of this project. After a change here:
//   cm-migrate dev --name what_changed
// writes a migration, applies it, and keeps both for version control.

datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
)";

constexpr std::string_view first_configuration = R"({
  // Tables are plural and snake_case: model Post, field authorId → posts.author_id.
  "naming": "snake_case",
  // Every foreign key gets an index, unless a key or another index covers it.
  "foreignKeyIndexes": true
}
)";

std::string dotenv(std::optional<std::string> const& url) {
    if (url) {
        return fmt::format("DATABASE_URL=\"{}\"\n", *url);
    }
    return "# Without a URL, cm-migrate runs a private PostgreSQL for this project.\n"
           "# DATABASE_URL=\"postgresql://user:password@localhost:5432/database\"\n";
}

void write_new(std::filesystem::path const& folder, std::string const& name, std::string_view text,
               FirstFiles& files) {
    auto const path = folder / name;
    if (is_present(path)) {
        files.kept.push_back(name);
        return;
    }
    if (path.has_parent_path()) {
        make_directory(path.parent_path());
    }
    write_file(path, text);
    files.written.push_back(name);
}

/// .env holds a password and .cm-migrate the private server: neither belongs into version control.
void ignore_private_files(std::filesystem::path const& folder, FirstFiles& files) {
    auto const path = folder / ".gitignore";
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

FirstFiles write_first_files(std::filesystem::path const& folder,
                             std::optional<std::string> const& url) {
    for (auto const* const schema : {"prisma/schema.prisma", "prisma/schema", "schema.prisma"}) {
        if (is_present(folder / schema)) {
            throw Failure(
                error("CM0060", "there is a schema already: `{}`", schema)
                    .help("`cm-migrate dev` works with it as it is; `init` never overwrites"));
        }
    }
    FirstFiles files{};
    write_new(folder, "prisma/schema.prisma", first_schema, files);
    write_new(folder, ".env", dotenv(url), files);
    write_new(folder, "cm-migrate.json", first_configuration, files);
    ignore_private_files(folder, files);
    return files;
}

}  // namespace cm::engine

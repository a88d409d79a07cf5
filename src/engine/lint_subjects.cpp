// Names become migrations where they lie in the project's folder: those have a schema before them.
#include "engine/lint_subjects.hpp"

#include <algorithm>
#include <map>

#include "base/file.hpp"
#include "base/text_encoding.hpp"
#include "engine/changed_files.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

/// PostgreSQL's parser would stop at a NUL byte.
std::string checked_text(std::string const& name, std::string_view text) {
    require_utf8(name, text);
    if (text.find('\0') != std::string_view::npos) {
        throw Failure(error("CM0071", "`{}` contains the character U+0000", name)
                          .help("is it a file of SQL?"));
    }
    return std::string{without_byte_order_mark(text)};
}

/// One name for a file, whatever links lead to it.
std::string real_path(std::string const& path) {
    std::error_code failed{};
    auto const real = fs::canonical(path, failed);
    return failed ? path : real.string();
}

Subjects named_subjects(history::Directory const& directory,
                        std::vector<std::string> const& given) {
    Subjects subjects{};
    std::map<std::string, std::string_view> names{};
    for (auto const& migration : directory.migrations) {
        names.emplace(real_path(migration.file), migration.name);
    }
    for (auto const& path : named_files(given)) {
        auto const found = path == standard_input ? names.end() : names.find(real_path(path));
        if (found != names.end()) {
            subjects.migrations.emplace(found->second);
        } else {
            subjects.files.push_back(path);
        }
    }
    return subjects;
}

Subjects changed_subjects(history::Directory const& directory, fs::path const& folder,
                          std::string const& revision) {
    Subjects subjects{};
    auto const changed = files_changed_since(folder, revision);
    for (auto const& migration : directory.migrations) {
        auto const file = migration.name + "/migration.sql";
        if (std::find(changed.begin(), changed.end(), file) != changed.end()) {
            subjects.migrations.insert(migration.name);
        }
    }
    return subjects;
}

/// All that the baseline does not cover and that are not applied, as far as that is known.
Subjects usual_subjects(history::Directory const& directory, lint::Settings const& settings,
                        std::optional<std::vector<std::string>> const& pending) {
    Subjects subjects{};
    for (auto const& migration : directory.migrations) {
        auto const is_covered = is_covered_by_baseline(settings, migration.name);
        auto const is_applied = pending && std::find(pending->begin(), pending->end(),
                                                     migration.name) == pending->end();
        if (!is_covered && !is_applied) subjects.migrations.insert(migration.name);
    }
    return subjects;
}

}  // namespace

bool is_covered_by_baseline(lint::Settings const& settings, std::string_view migration) {
    return settings.baseline && migration <= *settings.baseline;
}

FileId add_file(std::string const& path, SourceMap& sources) {
    if (path == standard_input) {
        return sources.add("stdin", checked_text("stdin", read_standard_input()));
    }
    return sources.add(path, checked_text(path, read_file(path)));
}

FileId add_file(history::Migration const& migration, SourceMap& sources) {
    return sources.add(migration.file, checked_text(migration.file, migration.script));
}

std::vector<std::string> named_files(std::vector<std::string> const& given) {
    std::vector<std::string> files{};
    for (auto const& path : given) {
        if (path == standard_input || !is_folder(path)) {
            files.push_back(path);
            continue;
        }
        for (auto const& file : files_ending(path, ".sql")) files.push_back(file.string());
    }
    return files;
}

std::vector<history::Migration> before_first(std::vector<history::Migration> const& all,
                                             Selection const& selected) {
    auto const first = std::find_if(all.begin(), all.end(), [&](history::Migration const& it) {
        return selected.contains(it.name);
    });
    return {all.begin(), first};
}

Subjects subjects_of(Project const& project, history::Directory const& directory,
                     LintRequest const& request,
                     std::optional<std::vector<std::string>> const& pending) {
    if (!request.files.empty()) return named_subjects(directory, request.files);
    if (request.since) {
        return changed_subjects(directory, project.migrations, *request.since);
    }
    return usual_subjects(directory, project.configuration.lint, pending);
}

}  // namespace cm::engine

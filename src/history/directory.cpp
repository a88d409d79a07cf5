// See directory.hpp. Names are in migration_name.cpp.
#include "history/directory.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "base/sha256.hpp"

namespace cm::history {
namespace {

namespace fs = std::filesystem;

constexpr auto script_name = "migration.sql";
constexpr auto lock_name = "migration_lock.toml";

/// The value of `provider = "…"`; other lines are of no interest.
std::string provider(std::string_view toml) {
    while (!toml.empty()) {
        auto const end = std::min(toml.find('\n'), toml.size());
        auto const line = toml.substr(0, end);
        toml.remove_prefix(std::min(end + 1, toml.size()));
        auto const key = line.find_first_not_of(" \t");
        if (key == std::string_view::npos || !line.substr(key).starts_with("provider")) {
            continue;
        }
        auto const open = line.find_first_of("\"'", key);
        if (open == std::string_view::npos) {
            continue;
        }
        auto const close = line.find(line[open], open + 1);
        return std::string(
            line.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
    }
    return {};
}

void check_provider(fs::path const& path) {
    auto const text = read_file_if_exists(path / lock_name);
    if (!text) {
        return;
    }
    auto const name = provider(*text);
    if (name.empty() || name == "postgresql" || name == "postgres") {
        return;
    }
    throw Failure(error("CM0502",
                        "the migrations in `{}` were created for `{}`, not for PostgreSQL",
                        path.string(), name)
                      .note("`{}` says so", (path / lock_name).string())
                      .help("move the old folder away and start a new history"));
}

Migration read_migration(std::string name, std::string file, std::string script) {
    auto checksum = sha256(script);
    return {std::move(name), std::move(file), std::move(script), std::move(checksum)};
}

[[noreturn]] void fail(fs::path const& path, std::error_code const& failed) {
    throw Failure(error("CM0501", "cannot read the migrations folder `{}`: {}", path.string(),
                        failed.message())
                      .help("check that it is a folder and that you may read it"));
}

/// Without taking its path apart, which costs more than all else with a folder of thousands.
std::string_view name_of(fs::directory_entry const& entry) {
    std::string_view const path{entry.path().native()};
    return path.substr(path.rfind('/') + 1);
}

/// What a migrations folder holds, by name.
struct Names {
    std::vector<std::string> folders{};
    std::vector<std::string> loose_scripts{};
};

Names names_in(fs::path const& path) {
    Names names{};
    std::error_code failed{};
    fs::directory_iterator entries(path, failed);
    if (failed) {
        fail(path, failed);
    }
    for (auto const end = fs::directory_iterator(); entries != end; entries.increment(failed)) {
        if (failed) {
            fail(path, failed);
        }
        auto const name = name_of(*entries);
        std::error_code unreadable{};
        if (name.starts_with('.')) {
            continue;
        }
        if (entries->is_directory(unreadable)) {
            names.folders.emplace_back(name);
        } else if (name.ends_with(".sql")) {
            names.loose_scripts.emplace_back(name);
        }
    }
    std::sort(names.folders.begin(), names.folders.end());
    std::sort(names.loose_scripts.begin(), names.loose_scripts.end());
    return names;
}

/// The same findings about the folder by the name that it was to get.
std::vector<Diagnostic> naming(std::vector<Diagnostic> findings, fs::path const& unfinished,
                               fs::path const& folder) {
    for (auto& finding : findings) {
        auto const at = finding.message.find(unfinished.string());
        if (at != std::string::npos) {
            finding.message.replace(at, unfinished.string().size(), folder.string());
        }
    }
    return findings;
}

/// A migration's folder gets its name only when its file is complete.
std::string unfinished_name(std::string const& name) {
    return fmt::format(".{}.{}", name.substr(0, 200), ::getpid());
}

/// The process that such a folder belongs to; 0 for any other name.
pid_t writer_of(std::string_view name) {
    auto const dot = name.rfind('.');
    if (!name.starts_with('.') || dot == 0 ||
        name.find_first_not_of("0123456789", dot + 1) != std::string_view::npos) {
        return 0;
    }
    return std::atoi(std::string(name.substr(dot + 1)).c_str());
}

/// What a process left that was killed while it wrote.
void remove_abandoned(fs::path const& path) {
    std::error_code failed{};
    std::vector<fs::path> abandoned{};
    for (auto const& entry : fs::directory_iterator(path, failed)) {
        auto const writer = writer_of(name_of(entry));
        if (writer > 0 && ::kill(writer, 0) != 0 && errno == ESRCH) {
            abandoned.push_back(entry.path());
        }
    }
    for (auto const& folder : abandoned) {
        fs::remove_all(folder, failed);
    }
}

constexpr std::string_view lock_text =
    "# Written by cm-migrate: the kind of database that these migrations are for.\n"
    "# Do not edit this file, and commit it to version control with the migrations.\n"
    "provider = \"postgresql\"\n";

}  // namespace

Directory read_directory(fs::path const& path) {
    Directory directory{.path = path};
    std::error_code failed{};
    auto const status = fs::status(path, failed);
    if (!fs::exists(status) && (!failed || failed == std::errc::no_such_file_or_directory)) {
        return directory;
    }
    if (failed) {
        fail(path, failed);
    }
    check_provider(path);
    auto names = names_in(path);
    directory.loose_scripts = std::move(names.loose_scripts);
    OpenFolder const folder{path};
    for (auto& name : names.folders) {
        auto file = fmt::format("{}/{}/{}", path.native(), name, script_name);
        if (auto script = folder.read_file_if_exists(file)) {
            directory.migrations.push_back(
                read_migration(std::move(name), std::move(file), std::move(*script)));
        } else if (fs::is_symlink(file)) {
            read_file(file);  // leads nowhere, and is not to be taken for an empty folder
        } else {
            directory.without_script.push_back(std::move(name));
        }
    }
    return directory;
}

Migration migration_of(fs::path const& path, std::string const& name, std::string_view script) {
    return read_migration(name, (path / name / script_name).string(), std::string(script));
}

void write_migration(fs::path const& path, Migration const& migration) {
    auto const& name = migration.name;
    auto const folder = path / name;
    if (fs::exists(folder)) {
        throw Failure(
            error("CM0508", "the migration `{}` already exists", name).help("choose another name"));
    }
    std::error_code unknown{};
    bool const lock_was_there = fs::exists(path / lock_name, unknown);
    RemovalGuard folder_guard(fs::exists(path, unknown) || unknown ? fs::path{} : path);
    make_directory(path);
    remove_abandoned(path);
    auto const unfinished = path / unfinished_name(name);
    RemovalGuard guard(unfinished);
    // The file for the provider is written in there, too: a killed process leaves nothing else.
    auto const lock = unfinished / lock_name;
    try {
        make_directory(unfinished);
        write_file(unfinished / script_name, migration.script);
        if (!lock_was_there) write_file(lock, lock_text);
    } catch (Failure const& failure) {
        throw Failure(naming(failure.diagnostics(), unfinished, folder), failure.exit_code());
    }
    RemovalGuard lock_guard(lock_was_there ? fs::path{} : path / lock_name);
    std::error_code failed{};
    if (!lock_was_there) fs::rename(lock, path / lock_name, failed);
    if (!failed) fs::rename(unfinished, folder, failed);
    if (failed) {
        throw Failure(error("CM0011", "cannot write `{}`: {}", folder.string(), failed.message()));
    }
    folder_guard.keep();
    guard.keep();
    lock_guard.keep();
}

}  // namespace cm::history

// Reading and writing files: with the path in every error, and never half a file.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm {

/// The whole file; throws Failure (CM0010) that names the path and the reason.
std::string read_file(std::filesystem::path const& path);

/// The whole file, or none if it does not exist.
std::optional<std::string> read_file_if_exists(std::filesystem::path const& path);

/// All that standard input holds.
std::string read_standard_input();

/// A folder that is open: of many files in it the path to the folder is walked once.
class OpenFolder {
  public:
    /// Throws Failure (CM0010).
    explicit OpenFolder(std::filesystem::path const& path);
    OpenFolder(OpenFolder const&) = delete;
    OpenFolder& operator=(OpenFolder const&) = delete;
    ~OpenFolder();

    /// As above; `path` begins with the folder's own and a slash.
    std::optional<std::string> read_file_if_exists(std::string const& path) const;

  private:
    std::string path_;
    int descriptor_;
};

/// Writes beside the target, flushes to disk and renames, so that a reader sees the old file or the
/// new one. Throws Failure (CM0011).
void write_file(std::filesystem::path const& path, std::string_view text);

/// Removes the file, if it is there, and folders above it that are empty then, as far as one in
/// which something is left. Throws Failure (CM0011).
void remove_file(std::filesystem::path const& path);

/// True if there is something at the path, readable or not (a link to nothing is nothing).
bool is_present(std::filesystem::path const& path);

/// True if there is a folder at the path; false if that cannot be told.
bool is_folder(std::filesystem::path const& path);

/// Makes a folder and its parents; throws Failure (CM0012).
void make_directory(std::filesystem::path const& path);

/// Makes a folder that version control does not see: it has a .gitignore of its own. Throws Failure
/// (CM0011, CM0012).
void make_gitignored_directory(std::filesystem::path const& path);

/// Removes what it was given, with all below it, when it goes out of scope unless `keep()` was
/// called.
class RemovalGuard {
  public:
    explicit RemovalGuard(std::filesystem::path path) : path_(std::move(path)) {}

    RemovalGuard(RemovalGuard const&) = delete;
    RemovalGuard& operator=(RemovalGuard const&) = delete;
    ~RemovalGuard();

    void keep() { path_.clear(); }

  private:
    std::filesystem::path path_{};
};

}  // namespace cm

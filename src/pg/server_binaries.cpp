// Where the installed PostgreSQL server's programs are; see find_server_binaries in
// local_server.hpp.
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "base/process.hpp"
#include "pg/local_server.hpp"

namespace cm::pg {
namespace {

namespace fs = std::filesystem;

bool holds_server(fs::path const& folder) {
    return ::access((folder / "initdb").c_str(), X_OK) == 0 &&
           ::access((folder / "postgres").c_str(), X_OK) == 0;
}

std::vector<fs::path> path_folders() {
    std::vector<fs::path> folders{};
    auto const* path = std::getenv("PATH");
    std::string rest = path == nullptr ? "" : path;
    while (!rest.empty()) {
        auto const colon = std::min(rest.find(':'), rest.size());
        if (colon > 0) {
            folders.emplace_back(rest.substr(0, colon));
        }
        rest.erase(0, colon + 1);
    }
    return folders;
}

std::string configured_folder() {
    auto result = run({"pg_config", "--bindir"});
    while (result.output.ends_with('\n')) {
        result.output.pop_back();
    }
    return result.status == 0 ? result.output : "";
}

/// Version folders below `parent`, the highest version first.
std::vector<fs::path> versions(fs::path const& parent, std::string_view prefix) {
    std::vector<std::pair<double, fs::path>> found{};
    std::error_code failed{};
    for (auto const& entry : fs::directory_iterator(parent, failed)) {
        auto const name = entry.path().filename().string();
        if (name.starts_with(prefix)) {
            found.emplace_back(std::strtod(name.c_str() + prefix.size(), nullptr),
                               entry.path() / "bin");
        }
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> folders{};
    for (auto& [version, folder] : found) {
        folders.push_back(std::move(folder));
    }
    return folders;
}

}  // namespace

std::optional<fs::path> find_server_binaries() {
    auto candidates = path_folders();
    candidates.emplace_back(configured_folder());
    for (auto const& [parent, prefix] :
         {std::pair{"/usr/lib/postgresql", ""}, std::pair{"/usr", "pgsql-"},
          std::pair{"/usr/local", "pgsql"}, std::pair{"/opt/homebrew/opt", "postgresql"}}) {
        auto const more = versions(parent, prefix);
        candidates.insert(candidates.end(), more.begin(), more.end());
    }
    for (auto const& folder : candidates) {
        if (!folder.empty() && holds_server(folder)) {
            return folder;
        }
    }
    return {};
}

}  // namespace cm::pg

// See state_cache.hpp. A file is named by the hash of all that has a part in the outcome, and
// begins with the hash of its own text: neither can be stale or damaged unseen.
#include "engine/state_cache.hpp"

#include <algorithm>

#include "base/diagnostic.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "base/sha256.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t length_of_hash = 64;
constexpr std::size_t most_files = 8;

/// With its length, so that no two lists of parts give the same text.
void add(std::string& text, std::string_view part) {
    text += std::to_string(part.size());
    text += ' ';
    text += part;
    text += '\n';
}

void remove_oldest(fs::path const& folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> files{};
    for (auto const& entry : fs::directory_iterator{folder}) {
        if (entry.path().filename().string().size() == length_of_hash) {
            files.emplace_back(entry.last_write_time(), entry.path());
        }
    }
    std::sort(files.rbegin(), files.rend());
    for (std::size_t i = most_files; i < files.size(); ++i) {
        fs::remove(files[i].second);
    }
}

std::optional<sql::ResultSets> missed(fs::path const& file, std::string_view reason) {
    log::write(log::Level::debug, "cache miss",
               {{"file", file.filename().string()}, {"reason", reason}});
    return {};
}

}  // namespace

StateCache::StateCache(fs::path folder, std::string conditions, std::string version)
    : folder_(std::move(folder)),
      conditions_(std::move(conditions)),
      version_(std::move(version)) {}

fs::path StateCache::file_for(std::vector<history::Migration> const& migrations) const {
    std::string parts{};
    add(parts, version_);
    add(parts, conditions_);
    for (auto const& migration : migrations) {
        add(parts, migration.name);
        add(parts, migration.checksum);
    }
    return folder_ / sha256(parts);
}

std::optional<sql::ResultSets> StateCache::find(
    std::vector<history::Migration> const& migrations) const {
    try {
        auto const file = file_for(migrations);
        auto const text = read_file_if_exists(file);
        if (!text) {
            return missed(file, "nothing is kept for these migrations under these conditions");
        }
        if (text->size() < length_of_hash) {
            return missed(file, "the file is damaged");
        }
        std::string_view const body = std::string_view{*text}.substr(length_of_hash);
        if (sha256(body) != std::string_view{*text}.substr(0, length_of_hash)) {
            return missed(file, "the file is damaged");
        }
        std::error_code ignored{};
        fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
        log::write(log::Level::debug, "cache hit", {{"file", file.filename().string()}});
        return sql::parse_result_sets(body);
    } catch (Failure const& unreadable) {
        log::swallowed("reading the state cache", unreadable);
        return {};
    }
}

void StateCache::keep(std::vector<history::Migration> const& migrations,
                      sql::ResultSets const& results) const {
    try {
        make_gitignored_directory(folder_);
        auto const body = to_text(results);
        write_file(file_for(migrations), sha256(body) + body);
        remove_oldest(folder_);
        log::write(log::Level::debug, "cache written",
                   {{"file", file_for(migrations).filename().string()}});
    } catch (Failure const& unwritable) {
        log::swallowed("writing the state cache", unwritable);
    } catch (fs::filesystem_error const& unwritable) {
        log::swallowed("writing the state cache", unwritable);
    }
}

}  // namespace cm::engine

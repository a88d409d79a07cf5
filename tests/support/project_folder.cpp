// Making, searching and removing the folders of a transcript.
#include "support/project_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace cm::test {

namespace {

namespace fs = std::filesystem;

constexpr auto pause = std::chrono::milliseconds(20);

fs::path make_root() {
    // Short, because a unix socket's path may have 107 bytes only.
    std::string pattern = "/tmp/cmXXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    return pattern;
}

/// Process ids of PostgreSQL servers whose data lies below `folder`.
std::vector<pid_t> running_servers(fs::path const& folder) {
    std::vector<pid_t> result{};
    auto const options = fs::directory_options::skip_permission_denied;
    for (auto const& entry : fs::recursive_directory_iterator(folder, options)) {
        if (entry.path().filename() != "postmaster.pid") continue;
        pid_t process = 0;
        std::ifstream(entry.path()) >> process;
        if (process > 0 && kill(process, 0) == 0) result.push_back(process);
    }
    return result;
}

}  // namespace

ProjectFolder::ProjectFolder() : root_(make_root()) {
    for (auto const& folder : {project(), home(), temporary(), programs()})
        fs::create_directory(folder);
    // Root's private servers run as another user, who must get in and may want temporary files too.
    chmod(root_.c_str(), 0755);
    chmod(temporary().c_str(), 01777);
    write_text(log(), "");
    chmod(log().c_str(), 0666);
}

ProjectFolder::~ProjectFolder() {
    EXPECT_EQ(left_behind(), "");
    for (auto const process : running_servers(root_)) {
        kill(process, SIGQUIT);
        for (int attempt = 0; attempt < 250 && kill(process, 0) == 0; ++attempt) {
            std::this_thread::sleep_for(pause);
        }
    }
    std::error_code ignored{};
    fs::remove_all(root_, ignored);
}

void ProjectFolder::add(Section const& file) const {
    auto const path = (project() / file.name).lexically_normal();
    if (path.string().rfind(project().string(), 0) != 0) {
        throw std::runtime_error("a section's file lies outside of the project: " + file.name);
    }
    write_text(path, file.text);
}

std::string ProjectFolder::find_left_behind() const {
    std::string result{};
    for (auto const& entry : fs::directory_iterator(temporary())) {
        result += fmt::format("temporary file {}\n", entry.path().filename().string());
    }
    for (auto const process : running_servers(root_)) {
        result += fmt::format("private server, process {}\n", process);
    }
    return result;
}

std::string ProjectFolder::left_behind(std::chrono::milliseconds patience) const {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto found = find_left_behind();
        if (found.empty() || std::chrono::steady_clock::now() > deadline) return found;
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace cm::test

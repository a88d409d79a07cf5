// A person's machine for the time of one transcript: a project folder, a home and a folder for
// temporary files, all private, so that what a command leaves lying about can be seen.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "support/case_file.hpp"

namespace cm::test {

class ProjectFolder {
  public:
    ProjectFolder();
    ProjectFolder(ProjectFolder const&) = delete;
    ProjectFolder& operator=(ProjectFolder const&) = delete;
    /// The test has failed if anything is left behind. Ends servers that still run in it, then
    /// removes everything.
    ~ProjectFolder();

    std::filesystem::path project() const { return root_ / "project"; }

    std::filesystem::path home() const { return root_ / "home"; }

    std::filesystem::path temporary() const { return root_ / "tmp"; }

    /// What cm-migrate logs, at whoever's command it runs.
    std::filesystem::path log() const { return root_ / "cm-migrate.log"; }

    /// Programs that only this person has, first in their PATH.
    std::filesystem::path programs() const { return root_ / "bin"; }

    void add(Section const& file) const;
    /// Files in temporary() and running private servers; waits a while for both to go.
    std::string left_behind(std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

  private:
    std::string find_left_behind() const;

    std::filesystem::path root_{};
};

}  // namespace cm::test

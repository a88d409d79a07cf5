// `pull`: the schema files as the database has it.
#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "engine/session.hpp"

namespace cm::engine {

struct PulledFile {
    std::filesystem::path path{};
    std::string text{};
    bool is_changed{};  ///< against what is on the disk
};

/// What has been read, ready to be printed or written.
struct Pulled {
    std::vector<PulledFile> files{};
    std::size_t models{};
    std::size_t enums{};
    std::vector<Diagnostic> findings{};  ///< what the schema cannot say, and what is wrong with it
    std::vector<std::filesystem::path> removed{};  ///< files of SQL whose objects are gone
    std::set<std::string> never_written{};  ///< kinds of objects that there are, but no SQL is for
    bool is_declared{};  ///< the schema in SQL declares what there is, in words of its own
};

enum class PullMode {
    keep,  ///< what the schema files say stays where the database agrees
    anew,  ///< models and enums of the files are forgotten
};

/// What a pull starts from: read before the database is asked for, so that a wrong schema is
/// reported first.
struct PullBase {
    std::vector<std::filesystem::path> paths{};
    std::vector<FileId> files{};
    dsl::Document document{};
    dsl::DataModel model{};
};

/// Reads the schema files; without any, a first one is made up. Throws Failure with their errors.
PullBase read_pull_base(Project const& project, PullMode mode, SourceMap& sources);

/// Reads the database and brings the files into line with it. Throws Failure CM0530 if the database
/// is empty.
Pulled pull(PullBase const& base, Session& session);

/// Writes what has changed, and removes what is to go.
void write(Pulled const& pulled);

}  // namespace cm::engine

// Asks git by its plumbing, in a form that no setting changes.
#include "engine/changed_files.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "base/process.hpp"

namespace cm::engine {
namespace {

constexpr int not_started = 127;

/// Nothing that a repository's configuration says is run.
SeparateResult git(std::filesystem::path const& folder, std::string const& arguments) {
    return run_shell_apart(fmt::format("git -C {} -c core.fsmonitor=false {}",
                                       quote_word(folder.string()), arguments));
}

/// Git says why: there is no repository, or it belongs to somebody else.
[[noreturn]] void throw_not_git(std::string const& reason) {
    throw Failure(error("CM0072", "`--since` needs a git repository")
                      .note("git: {}", reason.substr(0, reason.find('\n')))
                      .help("name the files instead: `cm-migrate lint FILES`"));
}

void require_revision(std::filesystem::path const& folder, std::string const& revision) {
    auto const found = git(folder, "rev-parse --is-inside-work-tree");
    if (found.status == not_started) {
        throw Failure(error("CM0072", "`--since` needs git, which is not installed")
                          .help("name the files instead: `cm-migrate lint FILES`"));
    }
    if (found.status != 0) throw_not_git(found.errors);
    auto const tree = revision + "^{tree}";
    auto const is_option = revision.empty() || revision.front() == '-';
    if (is_option ||
        git(folder, fmt::format("rev-parse --verify --quiet {}", quote_word(tree))).status != 0) {
        throw Failure(error("CM0072", "git knows no revision `{}`", revision)
                          .help("a shallow clone has only what it has fetched: `git fetch "
                                "--depth=1 origin main`, then `--since FETCH_HEAD`"),
                      ExitCode::usage);
    }
}

void add_paths(std::vector<std::string>& paths, std::string_view separated) {
    while (!separated.empty()) {
        auto const end = std::min(separated.find('\0'), separated.size());
        if (end > 0) paths.emplace_back(separated.substr(0, end));
        separated.remove_prefix(std::min(end + 1, separated.size()));
    }
}

}  // namespace

std::vector<std::string> files_changed_since(std::filesystem::path const& folder,
                                             std::string const& revision) {
    require_revision(folder, revision);
    std::vector<std::string> paths{};
    for (auto const& question :
         {fmt::format("diff --name-only -z --no-renames --no-ext-diff --diff-filter=AMT --relative "
                      "{} -- .",
                      quote_word(revision)),
          std::string{"ls-files --others --exclude-standard -z -- ."}}) {
        auto const answer = git(folder, question);
        if (answer.status != 0) {
            throw Failure(error("CM0072", "git could not compare with `{}`", revision)
                              .note("{}", answer.errors));
        }
        add_paths(paths, answer.output);
    }
    return paths;
}

}  // namespace cm::engine

// What may have been renamed is asked before it is dropped: on a terminal table by table; elsewhere
// the answer is a flag.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "command/command.hpp"
#include "command/json_report.hpp"
#include "engine/declaration.hpp"
#include "engine/development.hpp"

namespace cm::command {

/// --rename, --no-renames.
struct RenameOptions {
    std::vector<std::string> renames{};
    bool none = false;
};

void add_rename_options(CLI::App& app, RenameOptions& options);

/// As the command line has them. Throws Failure CM0001.
std::vector<schema::RenameFlag> rename_flags(RenameOptions const& options);

/// How settle_renames asks.
struct RenameQuestion {
    RenameOptions const& options;
    std::string bare{};              ///< the schema that unqualified names mean
    pg::Connection& connection;      ///< to the rows that would be lost
    bool accepts_loss = false;       ///< nothing is asked: standard error says what could have been
    bool passes_over_empty = false;  ///< tables without rows are no question
    bool is_dry_run = false;         ///< on a terminal: says only that it would ask
    std::string_view done{};         ///< what the command has done so far
};

/// The change with all renames that are wanted. `next` computes it for a declaration with some of
/// them (engine::Declaration::renames), which is left in `declaration`. Throws Failure CM0333 with
/// the very flags where there is nobody to ask.
engine::Change settle_renames(Context& context, RenameQuestion const& question,
                              engine::Declaration& declaration,
                              std::function<engine::Change()> const& next);

/// For `diff`, which assumes nothing: on standard error.
void report_candidates(Context& context, std::vector<schema::RenameCandidate> const& candidates,
                       std::string_view bare);

/// `{"kind": "column", "table": "users", "from": "name", …}`
std::vector<JsonObject> to_json(std::vector<schema::RenameCandidate> const& candidates);

}  // namespace cm::command

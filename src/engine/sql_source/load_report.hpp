// Why statements of a schema that is written in SQL could not be run.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/sql_source/source_text.hpp"
#include "pg/connection.hpp"

namespace cm::engine {

enum class LoadState { pending, done, failed };

/// One statement of a source on its way into the scratch database.
struct LoadTask {
    SourceItem const& item;
    LoadState state = LoadState::pending;
    std::optional<pg::ServerMessage> error{};  ///< of the last attempt
    std::vector<std::size_t> waits_for{};      ///< tasks that make something of the same name
};

/// Which tasks make something, by its name without a schema.
using Makers = std::map<std::string, std::vector<std::size_t>>;

/// Is something that it waits for still to come?
bool is_waiting(std::span<LoadTask const> tasks, LoadTask const& task);

/// What was to be run, and where.
struct Loaded {
    SourceText const& text;
    std::span<LoadTask const> tasks{};
    Makers const& makers;
    SourceMap const& sources;
    pg::Connection& connection;
};

/// Throws Failure CM0341 with each task that is not done, but for those that only follow from
/// another's failure: these are counted. Nothing where all are done.
void report_failures(Loaded const& loaded);

}  // namespace cm::engine

// A script that is ready to run: cut into statements, and refused if no server can take it.
#pragma once
#include <string>
#include <string_view>

#include "base/source.hpp"
#include "history/directory.hpp"
#include "history/failure_diagnostic.hpp"
#include "history/run_script.hpp"
#include "sql/split.hpp"

namespace cm::history {

struct Prepared {
    Subject subject{};
    std::string_view text{};  ///< without a byte order mark; belongs to the sources
    sql::Script script{};
};

/// Adds the text to `sources`, so that errors can show it. Throws Failure CM0507.
Prepared prepare(std::string_view code, std::string title, std::string file_name,
                 std::string_view text, SourceMap& sources);
Prepared prepare(std::string_view code, Migration const& migration, SourceMap& sources);

/// Throws Failure if the connection was lost.
void throw_if_lost(ScriptFailure const& failure, Subject const& subject);

}  // namespace cm::history

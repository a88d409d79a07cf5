// Turns a failed script into what the user reads: the line, the reason, what was undone, what to do
// next.
#pragma once
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "history/run_script.hpp"
#include "sql/split.hpp"

namespace cm::history {

/// How a script is spoken of.
struct Subject {
    std::string_view code{};  ///< CM0504 …
    std::string title{};      ///< "migration `x`"
    FileId file{};            ///< its text, without a byte order mark
    std::string migration{};  ///< its name; empty for other scripts
    /// Made by comparing (`push`): the same command compares anew, and never runs the same again.
    bool is_derived{};
    bool is_schema{};  ///< a statement of a schema in SQL, in an empty scratch database

    bool is_migration() const { return !migration.empty(); }
};

/// The statement and the reason. What was undone and what to do next depend on who ran the script.
/// The connection, on which everything has been rolled back, tells what may help.
Diagnostic failure_diagnostic(ScriptFailure const& failure, Subject const& subject,
                              sql::Script const& script, SourceMap const& sources,
                              pg::Connection& connection);

/// Throws Failure CM0507 if the text holds what no server can be sent: a NUL byte, broken UTF-8,
/// psql's commands, COPY … FROM STDIN without its data.
void refuse_unsendable_bytes(Subject const& subject, SourceMap const& sources);
void refuse_unsendable_statements(Subject const& subject, sql::Script const& script);

}  // namespace cm::history

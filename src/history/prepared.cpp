// See prepared.hpp.
#include "history/prepared.hpp"

#include <fmt/format.h>

#include "history/directives.hpp"
#include "history/script_text.hpp"

namespace cm::history {
namespace {

Prepared prepare(Subject subject, std::string file_name, std::string_view text,
                 SourceMap& sources) {
    auto const file = sources.add(std::move(file_name), std::string(without_bom(text)));
    subject.file = file;
    Prepared prepared{std::move(subject), sources.text(file), {}};
    refuse_unsendable_bytes(prepared.subject, sources);
    check_directives(file, sources);
    prepared.script = sql::split(prepared.text);
    refuse_unsendable_statements(prepared.subject, prepared.script);
    return prepared;
}

}  // namespace

Prepared prepare(std::string_view code, std::string title, std::string file_name,
                 std::string_view text, SourceMap& sources) {
    return prepare({code, std::move(title), {}}, std::move(file_name), text, sources);
}

Prepared prepare(std::string_view code, Migration const& migration, SourceMap& sources) {
    Subject subject{code, fmt::format("migration `{}`", migration.name), {}};
    subject.migration = migration.name;
    return prepare(std::move(subject), migration.file, migration.script, sources);
}

void throw_if_lost(ScriptFailure const& failure, Subject const& subject) {
    if (failure.connection_lost()) {
        pg::throw_failure(pg::SqlError(failure.server), fmt::format("running {}", subject.title));
    }
}

}  // namespace cm::history

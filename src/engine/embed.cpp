// The public interface: the use cases of `deploy` and `status` for programs, without a terminal.
#include <cstdlib>
#include <utility>

#include "base/diagnostic_printer.hpp"
#include "cm_migrate/diagnostic.hpp"
#include "cm_migrate/engine.hpp"
#include "engine/apply_pending.hpp"
#include "engine/development.hpp"
#include "engine/session.hpp"
#include "sql/split.hpp"

namespace cm_migrate {
namespace {

/// The SQL of the statement that a finding is about; empty if it names none, or no file.
std::string statement_of(cm::Diagnostic const& diagnostic, cm::SourceMap const& sources) {
    if (!diagnostic.primary || !diagnostic.facts || diagnostic.facts->statement == 0) return {};
    auto const text = sources.text(diagnostic.primary->span.file);
    auto const script = cm::sql::split(text);
    if (diagnostic.facts->statement > script.statements.size()) return {};
    auto const& statement = script.statements[diagnostic.facts->statement - 1];
    return std::string(text.substr(statement.begin, statement.end - statement.begin));
}

Diagnostic to_public(cm::Diagnostic const& diagnostic, cm::SourceMap const& sources) {
    Diagnostic result{.code = std::string(diagnostic.code),
                      .message = diagnostic.message,
                      .location = {},
                      .notes = diagnostic.notes,
                      .helps = diagnostic.helps,
                      .sqlstate = diagnostic.facts ? diagnostic.facts->sqlstate : std::string(),
                      .statement = statement_of(diagnostic, sources)};
    if (diagnostic.primary) {
        auto const span = diagnostic.primary->span;
        auto const position = sources.position(span.file, span.begin);
        result.location =
            Location{std::string(sources.name(span.file)), position.line, position.column};
    }
    return result;
}

[[noreturn]] void throw_error(cm::Failure const& failure, cm::SourceMap const& sources) {
    std::vector<Diagnostic> diagnostics{};
    for (auto const& diagnostic : failure.diagnostics()) {
        diagnostics.push_back(to_public(diagnostic, sources));
    }
    throw Error(cm::render(failure.diagnostics(), sources, cm::Color::never),
                std::move(diagnostics), static_cast<int>(failure.exit_code()));
}

/// The folder that a program names is there; a wrong path must not look like "nothing to do".
void require_folder(std::filesystem::path const& folder) {
    if (std::filesystem::is_directory(folder)) return;
    throw cm::Failure(
        cm::error("CM0050", "the migrations folder `{}` does not exist", folder.string())
            .help("pass the path of the folder that contains `<name>/migration.sql`")
            .note("the working directory is `{}`", std::filesystem::current_path().string()));
}

/// A project without a schema: migrations and a database are all that is needed to apply them.
cm::engine::Project make_project(DeployOptions const& options) {
    require_folder(options.migrations);
    cm::engine::Project project{};
    project.root = std::filesystem::current_path();
    project.environment.working_directory = project.root;
    if (auto const* url = std::getenv("DATABASE_URL")) {
        project.environment.variables["DATABASE_URL"] = url;
    }
    if (!options.database_url.empty()) project.options.url = options.database_url;
    project.configuration.migrations_table = options.migrations_table;
    project.migrations = options.migrations;
    return project;
}

/// Opens a session, does something with it, and turns what stops it into an Error.
template <class Action>
auto with_session(DeployOptions const& options, Action action) {
    cm::SourceMap sources{};
    try {
        try {
            auto const project = make_project(options);
            auto target = find_target(project, {}, cm::engine::WithoutUrl::refuse);
            auto session = open_session(project, sources, std::move(target), {}, {});
            return action(session);
        } catch (cm::pg::SqlError const& error) {
            cm::pg::throw_failure(error, "applying migrations");
        }
    } catch (cm::Failure const& failure) {
        throw_error(failure, sources);
    }
}

}  // namespace

Report deploy(DeployOptions const& options) {
    return with_session(options, [&](cm::engine::Session& session) {
        cm::engine::take_lock(session, {});
        auto applied = cm::engine::apply_pending(
            session, {}, {.applying = [&](cm::history::Migration const& migration) {
                if (options.on_apply) options.on_apply(migration.name);
            }});
        return Report{.found = session.directory.migrations.size(), .applied = std::move(applied)};
    });
}

Status status(DeployOptions const& options) {
    return with_session(options, [](cm::engine::Session& session) {
        auto comparison = cm::engine::compare(session);
        return Status{.applied = std::move(comparison.applied),
                      .pending = std::move(comparison.pending),
                      .failed = std::move(comparison.failed),
                      .edited = std::move(comparison.edited),
                      .missing = std::move(comparison.missing)};
    });
}

}  // namespace cm_migrate

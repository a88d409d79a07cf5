// Puts together which files are looked at, what is known before them, and the rules.
#include "engine/lint.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "base/file.hpp"
#include "base/run_in_parallel.hpp"
#include "engine/key_use.sql.hpp"
#include "engine/lint_baseline.hpp"
#include "engine/lint_subjects.hpp"
#include "engine/replay.hpp"
#include "engine/table_sizes.sql.hpp"
#include "history/directory.hpp"
#include "lint/lint.hpp"
#include "lint/registry.hpp"

namespace cm::engine {
namespace {

/// Reading a table of that size takes less time than one notices.
constexpr std::int64_t small_table = 8 * 1024 * 1024;

void require_rule(std::string const& name, lint::Levels const& levels) {
    if (lint::find_rule(name) != nullptr || levels.knows(name)) return;
    throw Failure(error("CM0070", "there is no rule `{}`", name)
                      .help("{}", lint::help_for_unknown_rule(name)),
                  ExitCode::usage);
}

/// By its name, also where its code was given.
std::string rule_name(std::string const& given) {
    auto const* const rule = lint::find_rule(given);
    return rule == nullptr ? given : std::string{rule->name};
}

/// Looks at one file after the other, and knows what those before have made.
class LintRun {
  public:
    LintRun(lint::Settings const& settings, LintRequest const& request, SourceMap& sources)
        : settings_(settings),
          sources_(sources),
          levels_(lint_levels(settings, request)),
          conditions_{.server = settings.server} {}

    /// What the database tells, as far as the configuration says nothing.
    void know_server(pg::Connection const& connection) {
        if (!conditions_.server)
            conditions_.server = pg::major_version(connection.server_version());
    }

    void know_sizes(std::map<sql::QualifiedName, lint::TableSize> sizes) {
        conditions_.sizes = std::move(sizes);
    }

    void know_keys(std::vector<lint::KeyUse> keys) { conditions_.keys = std::move(keys); }

    void start_from(lint::Catalog catalog) { catalog_ = std::move(catalog); }

    void look_at(FileId file, lint::Transactions transactions) {
        lint::Script const script(file, sources_, transactions, conditions_.server);
        auto findings = lint::lint(script, conditions_, levels_, catalog_, settings_.custom);
        report_.findings.insert(report_.findings.end(), std::make_move_iterator(findings.begin()),
                                std::make_move_iterator(findings.end()));
        ++report_.files;
    }

    void look_at(history::Migration const& migration) {
        look_at(add_file(migration, sources_), lint::Transactions::by_migration);
    }

    /// Only what it makes counts.
    void pass_over(history::Migration const& migration) {
        lint::Script const script(add_file(migration, sources_), sources_,
                                  lint::Transactions::by_migration);
        for (auto const& statement : script.statements()) catalog_.follow(statement);
    }

    LintReport take() { return std::move(report_); }

  private:
    lint::Settings const& settings_;
    SourceMap& sources_;
    lint::Levels levels_;
    lint::Conditions conditions_;
    lint::Catalog catalog_{};
    LintReport report_{};
};

/// A file that is looked at by its text alone.
struct TextSubject {
    FileId file{};
    lint::Transactions transactions{};
};

/// Two at once: hundreds of files are looked at in each commit of a large project. Whoever is done
/// with one takes the next, since some are a hundred times as long as others.
LintReport look_at_texts(lint::Settings const& settings, LintRequest const& request,
                         SourceMap& sources, std::vector<TextSubject> const& subjects) {
    std::vector<LintReport> reports(subjects.size());
    std::atomic<std::size_t> next = 0;
    auto const look = [&] {
        for (auto i = next++; i < subjects.size(); i = next++) {
            LintRun run(settings, request, sources);
            run.look_at(subjects[i].file, subjects[i].transactions);
            reports[i] = run.take();
        }
    };
    if (subjects.size() > 1) {
        run_in_parallel(look, look);
    } else {
        look();
    }
    LintReport all{};
    for (auto& report : reports) {
        all.files += report.files;
        all.findings.insert(all.findings.end(), std::make_move_iterator(report.findings.begin()),
                            std::make_move_iterator(report.findings.end()));
    }
    return all;
}

std::map<sql::QualifiedName, lint::TableSize> table_sizes(pg::Connection& connection) {
    std::map<sql::QualifiedName, lint::TableSize> sizes{};
    auto const rows = connection.fetch(sql_text::engine_table_sizes);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const bytes = rows[i].integer("bytes");
        sizes[{rows[i].text("schema"), rows[i].text("name")}] = bytes == 0 ? lint::TableSize::empty
                                                                : bytes <= small_table
                                                                    ? lint::TableSize::small
                                                                    : lint::TableSize::large;
    }
    return sizes;
}

std::vector<lint::KeyUse> key_use(pg::Connection& connection) {
    std::vector<lint::KeyUse> keys{};
    auto const rows = connection.fetch(sql_text::engine_key_use);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].is_null("last")) continue;
        keys.push_back({.table = {rows[i].text("schema"), rows[i].text("name")},
                        .column = rows[i].text("column"),
                        .type = rows[i].text("type"),
                        .last = rows[i].integer("last"),
                        .most = rows[i].integer("most")});
    }
    return keys;
}

lint::Catalog catalog_before(Replay& replay, std::vector<history::Migration> const& before,
                             std::string const& bare) {
    if (before.empty()) return {schema::Schema{}, bare};
    return {replay.complete_state_after(before).schema, bare};
}

void look_at_all(LintRun& run, std::vector<history::Migration> const& all,
                 std::vector<history::Migration> const& before, Subjects const& subjects,
                 SourceMap& sources) {
    for (auto i = before.size(); i < all.size(); ++i) {
        if (subjects.migrations.contains(all[i].name)) {
            run.look_at(all[i]);
        } else {
            run.pass_over(all[i]);
        }
    }
    for (auto const& file : subjects.files) {
        run.look_at(add_file(file, sources), lint::Transactions::as_written);
    }
}

/// The session that knows which migrations are pending; none if no server answers, or the database
/// is not there yet.
std::optional<Session> open_for_lint(Project const& project, SourceMap& sources,
                                     std::optional<dsl::Datasource> const& datasource,
                                     Progress const& progress) {
    auto const target = find_reachable_target(project, datasource);
    if (!target) return {};
    try {
        return open_session(project, sources, *target, datasource, progress);
    } catch (Failure const& failure) {
        if (failure.diagnostics().front().code != "CM0404") throw;
        return {};
    }
}

std::vector<TextSubject> text_subjects(Project const& project, history::Directory const& directory,
                                       LintRequest const& request, SourceMap& sources) {
    std::vector<TextSubject> all{};
    auto const subjects = subjects_of(project, directory, request, {});
    for (auto const& migration : directory.migrations) {
        if (!subjects.migrations.contains(migration.name)) continue;
        all.push_back({add_file(migration, sources), lint::Transactions::by_migration});
    }
    for (auto const& file : subjects.files) {
        all.push_back({add_file(file, sources), lint::Transactions::as_written});
    }
    return all;
}

LintReport look_after_replay(Project const& project, history::Directory const& directory,
                             LintRequest const& request, SourceMap& sources,
                             std::optional<dsl::Datasource> const& datasource,
                             Progress const& progress, std::optional<Session>& session,
                             Subjects const& subjects) {
    LintRun run(project.configuration.lint, request, sources);
    if (session) run.know_server(*session->connection);
    if (session && project.options.url) {
        run.know_sizes(table_sizes(*session->connection));
        run.know_keys(key_use(*session->connection));
    }
    auto const& all = directory.migrations;
    auto const before = subjects.migrations.empty() ? all : before_first(all, subjects.migrations);
    std::optional<Replay> replay{};
    if (session) {
        replay.emplace(*session);
    } else {
        replay.emplace(project, sources, std::nullopt, datasource, progress);
    }
    run.start_from(catalog_before(*replay, before,
                                  session ? session->target.url.schema : std::string{"public"}));
    look_at_all(run, all, before, subjects, sources);
    return run.take();
}

[[noreturn]] void throw_without_replay(Failure const& failure) {
    auto diagnostics = failure.diagnostics();
    diagnostics.front().help(
        "`cm-migrate lint --no-replay` looks at the files without the schema before them");
    throw Failure(std::move(diagnostics), failure.exit_code());
}

}  // namespace

lint::Levels lint_levels(lint::Settings const& settings, LintRequest const& request) {
    lint::Levels levels{};
    for (auto const& rule : settings.custom) levels.add_custom(rule.name);
    for (auto const& [rule, level] : settings.rules) levels.set(rule_name(rule), level);
    for (auto const& [rule, level] : request.levels) {
        require_rule(rule, levels);
        levels.set(rule_name(rule), level);
    }
    for (auto const& rule : request.only) {
        require_rule(rule, levels);
        levels.only(rule_name(rule));
    }
    return levels;
}

LintReport lint_files(lint::Settings const& settings, LintRequest const& request,
                      SourceMap& sources) {
    std::vector<TextSubject> subjects{};
    for (auto const& path : named_files(request.files)) {
        subjects.push_back({add_file(path, sources), lint::Transactions::as_written});
    }
    return look_at_texts(settings, request, sources, subjects);
}

LintReport lint_project(Project const& project, LintRequest const& request, SourceMap& sources,
                        Progress const& progress) {
    auto const directory = history::read_directory(path_to_open(project, project.migrations));
    if (!request.replay) {
        return look_at_texts(project.configuration.lint, request, sources,
                             text_subjects(project, directory, request, sources));
    }
    auto const datasource = read_datasource(project, sources);
    auto session = open_for_lint(project, sources, datasource, progress);
    std::optional<std::vector<std::string>> pending{};
    if (session) pending = compare(*session).pending;
    auto const subjects = subjects_of(project, directory, request, pending);
    if (subjects.migrations.empty() && subjects.files.empty()) return {};
    try {
        return look_after_replay(project, directory, request, sources, datasource, progress,
                                 session, subjects);
    } catch (Failure const& failure) {
        throw_without_replay(failure);
    }
}

LintReport lint_pending(Session& session, std::vector<std::string> const& pending) {
    auto const& settings = session.project.configuration.lint;
    LintRun run(settings, {}, session.sources);
    run.know_server(*session.connection);
    Subjects subjects{};
    for (auto const& name : pending) {
        if (!is_covered_by_baseline(settings, name)) subjects.migrations.insert(name);
    }
    if (subjects.migrations.empty()) return {};
    auto const& all = session.directory.migrations;
    auto const before = before_first(all, subjects.migrations);
    Replay replay(session);
    run.start_from(catalog_before(replay, before, session.target.url.schema));
    look_at_all(run, all, before, subjects, session.sources);
    return run.take();
}

LintReport lint_new_migration(Session& session, Replay& replay,
                              history::Migration const& migration) {
    LintRun run(session.project.configuration.lint, {}, session.sources);
    run.know_server(*session.connection);
    run.start_from(catalog_before(replay, session.directory.migrations, session.target.url.schema));
    run.look_at(migration);
    return run.take();
}

LintReport lint_texts(Session& session, std::vector<std::string> const& names) {
    LintRun run(session.project.configuration.lint, {}, session.sources);
    run.know_server(*session.connection);
    for (auto const& migration : migrations_named(session.directory, names)) {
        run.start_from({});
        run.look_at(migration);
    }
    return run.take();
}

std::string write_lint_baseline(Project const& project) {
    auto const directory = history::read_directory(path_to_open(project, project.migrations));
    if (directory.migrations.empty()) {
        throw Failure(error("CM0073", "there is no migration that could be the baseline")
                          .help("without one all migrations are looked at, which is right for a "
                                "new project"));
    }
    auto const path = project.root / project.options.configuration.value_or("cm-migrate.json");
    auto const file = path_to_open(project, path);
    auto const& name = directory.migrations.back().name;
    write_file(file, with_lint_baseline(read_file_if_exists(file).value_or(""), name));
    return name;
}

}  // namespace cm::engine

#include "engine/lint.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "base/file.hpp"
#include "base/text_encoding.hpp"
#include "history/directory.hpp"
#include "lint/lint.hpp"
#include "lint/registry.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

void require_rule(std::string const& name, lint::Levels const& levels) {
    if (lint::find_rule(name) != nullptr || levels.knows(name)) return;
    auto diagnostic = error("CM0070", "there is no rule `{}`", name);
    if (auto const meant = lint::nearest_rule(name)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("`cm-migrate lint --list` shows all rules");
    }
    throw Failure(std::move(diagnostic), ExitCode::usage);
}

/// By its name, also where its code was given.
std::string rule_name(std::string const& given) {
    auto const* const rule = lint::find_rule(given);
    return rule == nullptr ? given : std::string{rule->name};
}

std::string read_standard_input() {
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

/// PostgreSQL's parser would stop at a NUL byte.
std::string checked_text(std::string const& name, std::string text) {
    require_utf8(name, text);
    if (text.find('\0') != std::string::npos) {
        throw Failure(error("CM0071", "`{}` contains the character U+0000", name)
                          .help("is it a file of SQL?"));
    }
    return std::string{without_byte_order_mark(text)};
}

FileId add_file(std::string const& path, SourceMap& sources) {
    if (path == standard_input) {
        return sources.add("stdin", checked_text("stdin", read_standard_input()));
    }
    return sources.add(path, checked_text(path, read_file(path)));
}

/// A folder stands for the .sql files in it.
std::vector<std::string> named_files(std::vector<std::string> const& given) {
    std::vector<std::string> files{};
    for (auto const& path : given) {
        if (path == standard_input || !is_folder(path)) {
            files.push_back(path);
            continue;
        }
        for (auto const& file : files_ending(path, ".sql")) files.push_back(file.string());
    }
    return files;
}

void add(LintReport& report, std::vector<lint::Finding> findings) {
    report.findings.insert(report.findings.end(), std::make_move_iterator(findings.begin()),
                           std::make_move_iterator(findings.end()));
    ++report.files;
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
    auto const levels = lint_levels(settings, request);
    LintReport report{};
    for (auto const& path : named_files(request.files)) {
        lint::Script const script(add_file(path, sources), sources,
                                  lint::Transactions::as_written);
        add(report, lint::lint(script, {.server = settings.server}, levels, settings.custom));
    }
    return report;
}

LintReport lint_migrations(Project const& project, LintRequest const& request,
                           SourceMap& sources) {
    auto const& settings = project.configuration.lint;
    auto const levels = lint_levels(settings, request);
    LintReport report{};
    for (auto const& migration : history::read_directory(path_to_open(project, project.migrations)).migrations) {
        if (settings.baseline && migration.name <= *settings.baseline) continue;
        auto const file = sources.add(migration.file, checked_text(migration.file, migration.script));
        lint::Script const script(file, sources, lint::Transactions::by_migration);
        add(report, lint::lint(script, {.server = settings.server}, levels, settings.custom));
    }
    return report;
}

}  // namespace cm::engine

// See history_report.hpp.
#include "command/history_report.hpp"

#include <fmt/format.h>

namespace cm::command {
namespace {

Diagnostic warning(std::string_view code, std::string message) {
    return {.severity = Severity::warning, .code = code, .message = std::move(message)};
}

std::vector<Diagnostic> oddities(history::Comparison const& comparison, bool acceptable) {
    std::vector<Diagnostic> warnings{};
    for (auto const& name : comparison.edited) {
        auto edited = warning("CM0511", fmt::format("the migration `{}` was edited after it had "
                                                    "been applied",
                                                    name))
                          .help(
                              "put the file back as it was; a change belongs into a new "
                              "migration");
        if (acceptable) {
            edited.help("to keep it as it is now: `cm-migrate resolve --accept-edited {}`", name);
        }
        warnings.push_back(std::move(edited));
    }
    for (auto const& name : comparison.missing) {
        warnings.push_back(
            warning("CM0512",
                    fmt::format("the migration `{}` is applied, but is not in the folder", name))
                .help("bring the folder back from version control")
                .help("if it is gone for good: `cm-migrate resolve --forget {}`", name));
    }
    for (auto const& name : comparison.out_of_order) {
        warnings.push_back(
            warning("CM0513",
                    fmt::format("the migration `{}` is pending, but later ones are applied", name))
                .note("it will be applied after them: check that it does not rely on the order"));
    }
    return warnings;
}

}  // namespace

std::vector<Diagnostic> folder_warnings(history::Directory const& directory,
                                        std::string_view folder) {
    std::vector<Diagnostic> warnings{};
    for (auto const& name : directory.without_script) {
        warnings.push_back(
            warning("CM0556",
                    fmt::format("`{}/{}` has no migration.sql and is left out", folder, name))
                .help("bring the file back from version control, or remove the folder"));
    }
    if (auto const& files = directory.loose_scripts; !files.empty()) {
        warnings.push_back(warning("CM0556", fmt::format("{} {} directly in `{}` and {} left out",
                                                         quoted_list({files.begin(), files.end()}),
                                                         files.size() == 1 ? "lies" : "lie", folder,
                                                         files.size() == 1 ? "is" : "are"))
                               .help("a migration is a folder that holds a `migration.sql`: "
                                     "`{}/<time stamp>_<name>/migration.sql`",
                                     folder));
    }
    std::vector<std::string_view> unstamped{};
    for (auto const& migration : directory.migrations) {
        if (!history::has_timestamp(migration.name)) unstamped.emplace_back(migration.name);
    }
    if (!unstamped.empty()) {
        warnings.push_back(
            warning("CM0557", fmt::format("{} {} no time stamp in front", quoted_list(unstamped),
                                          unstamped.size() == 1 ? "has" : "have"))
                .note("migrations are applied in the order of their folders' names"));
    }
    return warnings;
}

std::string name_list(std::vector<std::string> const& names) {
    std::string text{};
    for (auto const& name : names) {
        text += name + "\n";
    }
    return text;
}

void tell_never_compared(Terminal& terminal, std::vector<std::string> const& kinds) {
    if (kinds.empty()) return;
    terminal.line(fmt::format("Never compared, though there: {}.", fmt::join(kinds, ", ")));
}

void refuse_oddities(history::Comparison const& comparison) {
    auto findings = oddities(comparison, true);
    if (findings.empty()) {
        return;
    }
    findings.push_back(error("CM0519", "the history is not in order, and `--strict` was given")
                           .note("nothing was applied")
                           .help("put it in order, or run the command without `--strict`"));
    throw Failure(std::move(findings), ExitCode::drift);
}

void report_oddities(Context& context, history::Comparison const& comparison, bool acceptable) {
    auto const warnings = oddities(comparison, acceptable);
    if (!warnings.empty()) {
        context.terminal.report(warnings, context.sources);
        context.terminal.remark({});
    }
}

void refuse_missing(engine::Session const& session, history::Comparison const& comparison) {
    auto const& missing = comparison.missing;
    if (missing.empty()) return;
    auto const folder = engine::shown(session.project, session.project.migrations);
    auto const has_none = comparison.applied.empty();
    auto diagnostic =
        missing.size() == 1
            ? error("CM0512", "the migration `{}` is applied, but is not in the folder",
                    missing.front())
            : error("CM0512", "{} migrations are applied, but are not in the folder",
                    missing.size());
    if (missing.size() > 1) {
        constexpr std::size_t shown = 5;
        for (std::size_t i = 0; i < std::min(shown, missing.size()); ++i) {
            diagnostic.note("`{}`", missing[i]);
        }
        if (missing.size() > shown) diagnostic.note("and {} more", missing.size() - shown);
    }
    if (has_none) {
        diagnostic.note("`{}` holds none of the migrations that are applied", folder);
        diagnostic.help(
            "is it the folder of this database? `--schema`, or `migrations` in cm-migrate.json, "
            "says where it is");
    }
    diagnostic.note("nothing was written or applied");
    throw Failure(
        std::move(diagnostic)
            .help("bring the {} back from version control, or switch to the branch that "
                  "has {}",
                  missing.size() == 1 ? "file" : "files", missing.size() == 1 ? "it" : "them")
            .help("if {} gone for good: `cm-migrate resolve --forget {}`",
                  missing.size() == 1 ? "it is" : "they are",
                  missing.size() == 1 ? missing.front() : "NAME"),
        ExitCode::drift);
}

}  // namespace cm::command

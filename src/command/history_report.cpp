// See history_report.hpp.
#include "command/history_report.hpp"

#include <fmt/format.h>

namespace cm::command {
namespace {

Diagnostic warning(std::string_view code, std::string message) {
    return {.severity = Severity::warning, .code = code, .message = std::move(message)};
}

std::vector<Diagnostic> history_warnings(history::Comparison const& comparison, bool acceptable) {
    std::vector<Diagnostic> warnings{};
    for (auto const& name : comparison.edited) {
        auto edited =
            warning("CM0511",
                    fmt::format("the migration `{}` was edited after it was applied", name))
                .about({.migration = name})
                .help("restore the original file, and put changes into a new migration");
        if (acceptable) {
            edited.help("to keep the edited file: `cm-migrate resolve --accept-edited {}`", name);
        }
        warnings.push_back(std::move(edited));
    }
    for (auto const& name : comparison.missing) {
        warnings.push_back(
            warning(
                "CM0512",
                fmt::format("the migration `{}` is applied, but missing from the migrations folder",
                            name))
                .about({.migration = name})
                .help("restore the folder from version control")
                .help("if it was deleted on purpose: `cm-migrate resolve --forget {}`", name));
    }
    for (auto const& name : comparison.out_of_order) {
        warnings.push_back(
            warning("CM0513",
                    fmt::format("the migration `{}` is pending, but later ones are applied", name))
                .about({.migration = name})
                .note("it will be applied after them: check that it does not depend on the order"));
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
                    fmt::format("`{}/{}` has no migration.sql and is ignored", folder, name))
                .about({.migration = name})
                .help("restore the file from version control, or remove the folder"));
    }
    if (auto const& files = directory.loose_scripts; !files.empty()) {
        warnings.push_back(warning("CM0556", fmt::format("{} {} directly in `{}` and {} ignored",
                                                         quoted_list({files.begin(), files.end()}),
                                                         files.size() == 1 ? "is" : "are", folder,
                                                         files.size() == 1 ? "is" : "are"))
                               .help("a migration is a folder that contains a `migration.sql`: "
                                     "`{}/<timestamp>_<name>/migration.sql`",
                                     folder));
    }
    std::vector<std::string_view> unstamped{};
    for (auto const& migration : directory.migrations) {
        if (!history::has_timestamp(migration.name)) unstamped.emplace_back(migration.name);
    }
    if (!unstamped.empty()) {
        warnings.push_back(
            warning("CM0557", fmt::format("{} {} no timestamp prefix", quoted_list(unstamped),
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
    terminal.line(fmt::format("Present, but never compared: {}.", fmt::join(kinds, ", ")));
}

void refuse_oddities(history::Comparison const& comparison, history::Directory const& directory) {
    auto findings = history_warnings(comparison, true);
    if (findings.empty() && directory.without_script.empty()) {
        return;
    }
    findings.push_back(
        error("CM0519", "the migration history has problems, and `--strict` was given")
            .note("nothing was applied")
            .help("resolve the warnings above, or run the command without `--strict`"));
    throw Failure(std::move(findings), ExitCode::drift);
}

void report_oddities(Context& context, history::Comparison const& comparison, bool acceptable) {
    auto const warnings = history_warnings(comparison, acceptable);
    if (!warnings.empty()) {
        context.terminal.report(warnings, context.sources);
        context.terminal.remark({});
    }
}

void refuse_missing(engine::Session const& session, history::Comparison const& comparison) {
    auto const& missing = comparison.missing;
    if (missing.empty()) return;
    auto const folder = engine::display_path(session.project, session.project.migrations);
    auto const has_none = comparison.applied.empty();
    auto diagnostic =
        missing.size() == 1
            ? error("CM0512",
                    "the migration `{}` is applied, but missing from the migrations folder",
                    missing.front())
            : error("CM0512", "{} migrations are applied, but missing from the migrations folder",
                    missing.size());
    diagnostic.about({.migration = missing.front()});
    if (missing.size() > 1) {
        constexpr std::size_t shown = 5;
        for (std::size_t i = 0; i < std::min(shown, missing.size()); ++i) {
            diagnostic.note("`{}`", missing[i]);
        }
        if (missing.size() > shown) diagnostic.note("and {} more", missing.size() - shown);
    }
    if (has_none) {
        diagnostic.note("`{}` contains none of the applied migrations", folder);
        diagnostic.help(
            "is this the right migrations folder? set it with `--schema`, or with `migrations` in "
            "cm-migrate.json");
    }
    diagnostic.note("nothing was written or applied");
    throw Failure(
        std::move(diagnostic)
            .help("restore the {} from version control, or switch to the branch that has {}",
                  missing.size() == 1 ? "file" : "files", missing.size() == 1 ? "it" : "them")
            .help("if {} deleted on purpose: `cm-migrate resolve --forget {}`",
                  missing.size() == 1 ? "it was" : "they were",
                  missing.size() == 1 ? missing.front() : "NAME"),
        ExitCode::drift);
}

}  // namespace cm::command

// `cm-migrate explain CODE`: the page on a message.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.hpp"
#include "command/command.hpp"
#include "command/error_index.hpp"
#include "command/exit_codes.hpp"
#include "command/json_output.hpp"
#include "lint/registry.hpp"

namespace cm::command {
namespace {

struct Options {
    std::vector<std::string> words{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("CODE", o.words,
                   "An error code such as CM0214, a rule of `lint`, an exit code, a Prisma error "
                   "code, an SQLSTATE, or search words (default: list all codes)")
        ->type_name("CODE");
}

[[noreturn]] void throw_unknown(std::string const& wanted) {
    auto diagnostic = error("CM0034", "no error page matches `{}`", wanted);
    std::vector<std::string_view> codes{};
    for (auto const& page : error_pages) {
        codes.push_back(page.code);
    }
    for (auto const* const rule : lint::all_rules()) codes.push_back(rule->name);
    if (auto const meant = did_you_mean(wanted, codes)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic
            .help("a code is `CM` followed by four digits; it is shown in brackets after `error`")
            .help("`cm-migrate explain` lists all codes");
    }
    throw Failure(std::move(diagnostic), ExitCode::usage);
}

void list(Context& context, std::vector<ErrorPage const*> const& pages) {
    for (auto const* const page : pages) {
        context.terminal.result(fmt::format("{}  {}\n", page->code, title_of(*page)));
    }
}

std::vector<ErrorPage const*> all_pages() {
    std::vector<ErrorPage const*> pages{};
    for (auto const& page : error_pages) {
        pages.push_back(&page);
    }
    return pages;
}

/// In a list a page's title is enough.
JsonObject to_json(ErrorPage const& page, bool is_alone) {
    return {{"code", std::string(page.code)},
            {"title", std::string(title_of(page))},
            null_unless("text", is_alone ? std::optional{std::string(page.text)} : std::nullopt)};
}

ExitCode show(Context& context, std::vector<ErrorPage const*> const& pages) {
    auto const is_alone = pages.size() == 1;
    if (is_alone) {
        context.terminal.result(pages.front()->text);
    } else {
        list(context, pages);
    }
    std::vector<JsonObject> all{};
    for (auto const* const page : pages) all.push_back(to_json(*page, is_alone));
    return tell_result(context, {{"pages", all}});
}

ExitCode run(Options const& o, Context& context) {
    auto const wanted = fmt::format("{}", fmt::join(o.words, " "));
    if (wanted.empty()) return show(context, all_pages());
    if (auto const exit_code = explain_exit_code(wanted); !exit_code.empty()) {
        context.terminal.result(exit_code);
        JsonObject const page{
            {"code", wanted}, {"title", "Exit code " + wanted}, {"text", exit_code}};
        return tell_result(context, {{"pages", std::vector<JsonObject>{page}}});
    }
    auto const* const rule = lint::find_rule(wanted);
    auto const pages = find_pages(rule == nullptr ? wanted : std::string{rule->code});
    if (pages.empty()) {
        throw_unknown(wanted);
    }
    return show(context, pages);
}

}  // namespace

extern Command const explain;
constinit Command const explain{
    .name = "explain",
    .group = CommandGroup::inspect,
    .prisma = "",
    .summary = "Explain an error or warning and what to do about it",
    .description =
        "Every message has a code, such as `error[CM0214]`. This command prints the page for a "
        "code: what it means, an example, and what to do. For an exit code it prints the meaning. "
        "A Prisma error code (`P3009`), an SQLSTATE (`42501`) or words find the matching pages; "
        "without an argument all codes are listed.",
    .example =
        "cm-migrate explain CM0214\ncm-migrate explain ban-drop-column\ncm-migrate explain "
        "7\ncm-migrate explain P3009\n"
        "cm-migrate explain shadow database",
    .json = "Print one JSON object: `pages`, each with `code`, `title` and `text`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command

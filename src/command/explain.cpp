// `cm-migrate explain CODE`: the page on a message.
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.hpp"
#include "command/command.hpp"
#include "command/error_index.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

struct Options {
    std::vector<std::string> words{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("CODE", o.words,
                   "The code of a message, such as CM0214; an exit code; a code of Prisma or "
                   "PostgreSQL; or words (default: list all codes)")
        ->type_name("CODE");
}

[[noreturn]] void throw_unknown(std::string const& wanted) {
    auto diagnostic = error("CM0034", "there is no page on `{}`", wanted);
    std::vector<std::string_view> codes{};
    for (auto const& page : error_pages) {
        codes.push_back(page.code);
    }
    if (auto const meant = did_you_mean(wanted, codes)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("a code is `CM` and four digits; it stands in brackets after `error`")
            .help("`cm-migrate explain` lists all codes");
    }
    throw Failure(std::move(diagnostic), ExitCode::usage);
}

void list(Context& context, std::vector<ErrorPage const*> const& pages) {
    for (auto const* const page : pages) {
        context.terminal.line(fmt::format("{}  {}", page->code, title_of(*page)));
    }
}

std::vector<ErrorPage const*> all_pages() {
    std::vector<ErrorPage const*> pages{};
    for (auto const& page : error_pages) {
        pages.push_back(&page);
    }
    return pages;
}

ExitCode run(Options const& o, Context& context) {
    auto const wanted = fmt::format("{}", fmt::join(o.words, " "));
    if (wanted.empty()) {
        list(context, all_pages());
        return ExitCode::ok;
    }
    if (auto const exit_code = explain_exit_code(wanted); !exit_code.empty()) {
        context.terminal.text(exit_code);
        return ExitCode::ok;
    }
    auto const pages = find_pages(wanted);
    if (pages.empty()) {
        throw_unknown(wanted);
    }
    if (pages.size() == 1) {
        context.terminal.text(pages.front()->text);
    } else {
        list(context, pages);
    }
    return ExitCode::ok;
}

}  // namespace

extern Command const explain;
constinit Command const explain{
    .name = "explain",
    .group = CommandGroup::inspect,
    .prisma = "",
    .summary = "Show what an error or warning means and what to do about it",
    .description =
        "Every message has a code, such as `error[CM0214]`. This prints the page on a code: what "
        "it means, an example and what to do. With an exit code it says what that means. A code of "
        "Prisma (`P3009`), an SQLSTATE (`42501`) or words lead to the pages that fit; without an "
        "argument all codes are listed.",
    .example =
        "cm-migrate explain CM0214\ncm-migrate explain 7\ncm-migrate explain P3009\n"
        "cm-migrate explain shadow database",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command

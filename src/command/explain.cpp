// `cm-migrate explain CODE`: the page on a diagnostic's code.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.hpp"
#include "command/command.hpp"
#include "command/error_pages.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

struct Options {
    std::string code{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("CODE", o.code, "The code of a message, such as CM0214, or an exit code")
        ->required()
        ->type_name("CODE");
}

[[noreturn]] void throw_unknown(std::string const& code) {
    auto diagnostic = error("CM0034", "there is no message with the code `{}`", code);
    std::vector<std::string_view> codes{};
    for (auto const& page : error_pages) {
        codes.push_back(page.code);
    }
    if (auto const meant = did_you_mean(code, codes)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("a code is `CM` and four digits; it stands in brackets after `error`");
    }
    throw Failure(std::move(diagnostic), ExitCode::usage);
}

ExitCode run(Options const& o, Context& context) {
    auto const wanted = to_lower(o.code);
    auto const* const page =
        std::find_if(std::begin(error_pages), std::end(error_pages),
                     [&](ErrorPage const& one) { return to_lower(one.code) == wanted; });
    if (auto const exit_code = explain_exit_code(o.code); !exit_code.empty()) {
        context.terminal.text(exit_code);
        return ExitCode::ok;
    }
    if (page == std::end(error_pages)) {
        throw_unknown(o.code);
    }
    context.terminal.text(page->text);
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
        "it means, an example and what to do. With a number it says what that exit code means.",
    .example = "cm-migrate explain CM0214\ncm-migrate explain 7",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command

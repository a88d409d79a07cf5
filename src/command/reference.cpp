// Pages of docs/reference as Markdown, from the tables that --help and `explain` print.
#include <fmt/ranges.h>

#include <map>

#include "base/text.hpp"
#include "command/arguments.hpp"
#include "command/description.hpp"
#include "command/error_index.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

constexpr std::string_view opening = R"(# Which commands and options are there?

`cm-migrate help COMMAND` prints the same text. This page is generated from the command table; a test keeps it up to date.

Prisma's names for the same commands work, too: `cm-migrate migrate deploy` is `cm-migrate deploy`.
)";

constexpr std::string_view exit_code_opening = R"(# What does an exit code mean?

    $ cm-migrate status; echo $?
    …
    3

`cm-migrate explain 3` prints a line of this table. Where `status` finds several things, 3, 4 and 5 win over 8.

| code | meaning | what a pipeline does |
|---|---|---|
)";

constexpr std::string_view error_opening = R"(# Which page explains a message?

Every message has a code in brackets, such as `error[CM0504]`. `cm-migrate explain CM0504` prints its page, and
`cm-migrate explain WORDS` finds pages by their words, by a code of Prisma (`P3009`) or by an SQLSTATE (`42501`).

`CM00…`: arguments, files and configuration. `CM01…`: syntax of the schema. `CM02…`: rules of the schema. `CM03…`: what a change does to
data. `CM04…`: connections and servers. `CM05…`: migrations and their history. `CM06…`: rules of `lint`, which `dev` and `push` name as well.

| message | page |
|---|---|
)";

/// `a column is dropped` stands under c, `` `@updatedAt` … `` under u.
std::string sort_key(std::string_view title) {
    auto key = to_lower(title);
    for (std::string_view const article : {"a ", "an ", "the "}) {
        if (key.starts_with(article)) {
            key.erase(0, article.size());
            break;
        }
    }
    std::erase_if(key, [](char c) { return c == '`' || c == '@'; });
    return key;
}

/// In a table `\|` is a stroke.
std::string cell(std::string_view text) {
    std::string escaped{};
    for (auto const c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string option_row(OptionDescription const& option) {
    auto name = fmt::format("{}", fmt::join(option.names, ","));
    // An argument without choices is called by its name alone.
    if (!option.takes.empty() && (!option.is_argument || !option.choices.empty())) {
        name += (option.is_argument ? ": " : " ") + option.takes;
    }
    return fmt::format("| `{}` | {} |\n", cell(name), cell(option.text));
}

std::string options_table(CommandDescription const& command) {
    std::string rows{};
    auto const add = [&](OptionGroup const& group) {
        for (auto const& option : group.options) {
            if (option.names.back() != "--help") rows += option_row(option);
        }
    };
    add(command.groups.back());  // its own
    for (auto group = command.groups.begin(); std::next(group) != command.groups.end(); ++group) {
        add(*group);
    }
    return rows.empty() ? rows : "| option | meaning |\n|---|---|\n" + rows;
}

std::string section(CommandDescription const& command) {
    auto text = fmt::format("\n## {}\n\n{}.", command.name, command.summary);
    if (!command.prisma.empty()) {
        text += fmt::format(" In Prisma: `{}`.", command.prisma);
    }
    text += fmt::format("\n\n{}\n\n{}\n", command.text, options_table(command));
    std::string example = "    ";
    for (auto const c : command.example) {
        example += c == '\n' ? std::string{"\n    "} : std::string{c};
    }
    return text + example + "\n";
}

}  // namespace

std::string reference() {
    auto const program = describe_program();
    std::string text{opening};
    text += "\n| option | meaning |\n|---|---|\n";
    for (auto const& option : program.options) text += option_row(option);
    for (auto const& command : program.commands) text += section(command);
    return text;
}

std::string exit_code_reference() {
    std::string text{exit_code_opening};
    for (auto const& one : exit_codes()) {
        text += fmt::format("| {} | {} | {} |\n", static_cast<int>(one.code), one.meaning,
                            one.in_a_pipeline);
    }
    return text;
}

std::string error_reference() {
    std::multimap<std::string, ErrorPage const*> sorted{};
    for (auto const& page : error_pages) sorted.emplace(sort_key(title_of(page)), &page);
    std::string text{error_opening};
    for (auto const& [key, page] : sorted) {
        text +=
            fmt::format("| {} | [{}]({}.md) |\n", cell(title_of(*page)), page->code, page->code);
    }
    return text;
}

}  // namespace cm::command

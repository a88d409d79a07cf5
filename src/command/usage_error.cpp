// Wrong command lines, explained. See arguments.hpp.
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.hpp"
#include "command/arguments.hpp"
#include "command/familiar_words.hpp"

namespace cm::command {
namespace {

/// Values are cut off: `--url=postgresql://ada:secret@…` and bare URLs hold passwords.
std::string without_value(std::string word) {
    word = word.substr(0, word.find('='));
    // The rest of a URL that a blank or the shell has cut in two.
    if (word.find('@') != std::string::npos && word.find("://") == std::string::npos) {
        return "…";
    }
    auto const scheme = word.find("://");
    return scheme == std::string::npos ? word : word.substr(0, scheme + 3) + "…";
}

std::vector<std::string> option_names(CLI::App const& app) {
    std::vector<std::string> names{};
    auto const collect = [&](CLI::App const& part) {
        for (auto const* const option : part.get_options()) {
            for (auto const& name : option->get_lnames()) {
                names.push_back("--" + name);
            }
        }
    };
    collect(app);
    auto const is_group = [](CLI::App const* sub) { return sub->get_name().empty(); };
    for (auto const* const group : app.get_subcommands(is_group)) {
        collect(*group);
    }
    return names;
}

std::optional<std::string> meant(std::string const& word, std::vector<std::string> const& names) {
    return did_you_mean(word, {names.begin(), names.end()});
}

Diagnostic explain_unexpected(CLI::App const& command, std::vector<std::string> const& unexpected) {
    auto const option = std::find_if(unexpected.begin(), unexpected.end(),
                                     [](std::string const& word) { return word.starts_with('-'); });
    if (option == unexpected.end()) {
        return error("CM0001", "`{}` takes no argument `{}`", command.get_name(),
                     without_value(unexpected.front()));
    }
    auto const name = without_value(*option);
    auto const names = option_names(command);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
        return error("CM0001", "`{}` is placed before the command", name)
            .help("write it after the command: `cm-migrate {} {}`", command.get_name(), name);
    }
    auto diagnostic = error("CM0001", "`{}` has no option `{}`", command.get_name(), name);
    if (auto const near = meant(name, names)) {
        diagnostic.help("did you mean `{}`?", *near);
    }
    return diagnostic;
}

/// «--to-url: 1 required URL missing» → `--to-url`.
std::string subject(std::string const& text) {
    return text.substr(0, text.find(':'));
}

/// «Exactly 1 option from [--a,--b] is required and 2 were given».
Diagnostic explain_choice(std::string const& text) {
    auto const open = text.find('[');
    auto const names = text.substr(open + 1, text.find(']') - open - 1);
    std::vector<std::string_view> choices{};
    for (std::size_t at = 0; at < names.size();) {
        auto const end = std::min(names.find(',', at), names.size());
        choices.push_back(std::string_view{names}.substr(at, end - at));
        at = end + 1;
    }
    auto const several = text.find("were given") != std::string::npos;
    return error("CM0001", "{} of {} {}", several ? "only one" : "one", quoted_list(choices, "and"),
                 several ? "can be given" : "is needed");
}

/// CLI11's words, as ours begin.
std::string lower_first(std::string text) {
    auto const is_plain = text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a';
    if (is_plain) {
        text[0] = static_cast<char>(text[0] + ('a' - 'A'));
    }
    return text;
}

Diagnostic diagnose(CLI::App const& command, std::vector<std::string> const& unexpected,
                    CLI::Error const& wrong) {
    std::string const text = wrong.what();
    if (dynamic_cast<CLI::ExtrasError const*>(&wrong) != nullptr && !unexpected.empty()) {
        return explain_unexpected(command, unexpected);
    }
    if (dynamic_cast<CLI::ArgumentMismatch const*>(&wrong) != nullptr) {
        auto const is_repeated = text.find("At Most 1") != std::string::npos;
        return error("CM0001", "`{}` {}", subject(text),
                     is_repeated ? "is given more than once" : "requires a value");
    }
    if (text.find("1 option from [") != std::string::npos) {
        return explain_choice(text);
    }
    return error("CM0001", "{}", lower_first(text));
}

std::vector<std::string> command_names() {
    std::vector<std::string> names{};
    for (auto const* const command : commands()) {
        names.emplace_back(command->name);
        if (command->prisma.find(' ') != std::string_view::npos) {
            names.emplace_back(command->prisma);
        }
    }
    return names;
}

}  // namespace

void refuse_unknown_command(std::vector<std::string> const& words) {
    if (words.empty() || words.front().starts_with('-')) {
        return;
    }
    auto word = without_value(words.front());
    auto const names = command_names();
    if (std::find(names.begin(), names.end(), word) != names.end()) {
        return;
    }
    // Prisma's commands are two words.
    if ((word == "migrate" || word == "db") && words.size() > 1 && !words[1].starts_with('-')) {
        word += " " + without_value(words[1]);
    }
    auto diagnostic = error("CM0001", "unknown command `{}`", word);
    // `migrate up`, `db:rollback`: the second word says what is wanted.
    auto const second = word.substr(std::min(word.find_first_of(" :") + 1, word.size()));
    auto const is_two = second.size() < word.size();
    auto answer = is_two ? answer_to_familiar_word(second) : answer_to_familiar_word(word);
    if (answer.empty() && is_two) answer = answer_to_familiar_word(word);
    if (!answer.empty()) {
        diagnostic.help("{}", answer);
    } else if (auto const near = meant(word, names)) {
        diagnostic.help("did you mean `{}`?", *near);
    }
    throw Failure(std::move(diagnostic).help("`cm-migrate --help` lists the commands"),
                  ExitCode::usage);
}

Diagnostic diagnose(CLI::App const& app, CLI::Error const& wrong) {
    auto const selected = app.get_subcommands();
    if (selected.empty()) {
        return error("CM0001", "{}", lower_first(wrong.what()))
            .help("run `cm-migrate --help` for usage");
    }
    auto const& command = *selected.front();
    return diagnose(command, app.remaining(true), wrong)
        .help("run `cm-migrate {} --help` for usage", command.get_name());
}

void take_one_of(CLI::Option& option, std::vector<std::string> allowed) {
    option.type_name(fmt::format("{}", fmt::join(allowed, "|")));
    option.check(CLI::Validator(
        [allowed](std::string const& given) -> std::string {
            if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) {
                return {};
            }
            auto const near = meant(given, allowed);
            return fmt::format("`{}` is not one of {}{}", without_value(given),
                               quoted_list({allowed.begin(), allowed.end()}, "and"),
                               near ? fmt::format("; did you mean `{}`?", *near) : "");
        },
        ""));
}

}  // namespace cm::command

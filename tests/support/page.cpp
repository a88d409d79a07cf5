// Reading pages line by line, and writing them back.
#include "support/page.hpp"

#include <fmt/format.h>

#include <regex>
#include <stdexcept>

namespace cm::test {

namespace {

constexpr std::string_view fence = "```";
constexpr std::string_view setup = "<!-- setup";

std::string_view take_line(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

PagePartKind kind_of(std::string_view opening) {
    if (opening == setup) return PagePartKind::setup;
    if (!opening.starts_with(fence)) return PagePartKind::prose;
    auto const info = opening.substr(fence.size());
    if (info == "console" || info.starts_with("console ")) return PagePartKind::console;
    return info.find(" title=\"") != std::string_view::npos ? PagePartKind::file
                                                            : PagePartKind::prose;
}

std::string_view closing_of(PagePartKind kind) {
    return kind == PagePartKind::setup ? "-->" : fence;
}

void add_prose(std::vector<PagePart>& page, std::string_view line) {
    if (page.empty() || page.back().kind != PagePartKind::prose) page.emplace_back();
    page.back().text += line;
    page.back().text += '\n';
}

}  // namespace

std::vector<PagePart> parse_page(std::string_view text) {
    std::vector<PagePart> page{};
    bool is_in_other_fence = false;
    while (!text.empty()) {
        auto const line = take_line(text);
        auto const kind = is_in_other_fence ? PagePartKind::prose : kind_of(line);
        if (kind == PagePartKind::prose) {
            if (line.starts_with(fence)) is_in_other_fence = !is_in_other_fence;
            add_prose(page, line);
            continue;
        }
        PagePart part{.kind = kind, .opening = std::string(line), .text = {}};
        for (auto inner = take_line(text); inner != closing_of(kind); inner = take_line(text)) {
            part.text += fmt::format("{}\n", inner);
            if (text.empty()) throw std::runtime_error(fmt::format("`{}` is not closed", line));
        }
        page.push_back(std::move(part));
    }
    return page;
}

std::string to_text(std::vector<PagePart> const& page) {
    std::string text{};
    for (auto const& part : page) {
        if (part.kind == PagePartKind::prose) {
            text += part.text;
        } else {
            text += fmt::format("{}\n{}{}\n", part.opening, part.text, closing_of(part.kind));
        }
    }
    return text;
}

std::string attribute(PagePart const& part, std::string_view name) {
    std::regex const pattern(fmt::format(" {}=\"([^\"]*)\"", name));
    std::smatch found{};
    return std::regex_search(part.opening, found, pattern) ? found[1].str() : std::string{};
}

std::vector<TranscriptCommand> commands_of(PagePart const& part) {
    auto commands = parse_transcript(part.text);
    if (commands.empty()) throw std::runtime_error("a console block without a command");
    auto const answers = attribute(part, "answers");
    if (answers.empty()) {
        auto const on_terminal = part.opening.find(" terminal") != std::string::npos;
        for (auto& command : commands) command.on_terminal = on_terminal;
        return commands;
    }
    if (commands.size() > 1) throw std::runtime_error("answers to more than one command");
    commands.front().on_terminal = true;
    commands.front().answers.clear();
    for (std::string_view rest = answers; !rest.empty();) {
        auto const end = rest.find(',');
        commands.front().answers.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return commands;
}

std::string as_shown(std::string transcript) {
    transcript = std::regex_replace(transcript, std::regex(R"(\n< (.*))"), " $1");
    return std::regex_replace(transcript, std::regex(R"((^|\n)\$ tty: )"), "$1$$ ");
}

}  // namespace cm::test

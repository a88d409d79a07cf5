// What an option takes decides what is offered for it.
#include "command/completion_offer.hpp"

namespace cm::command {

Offer offer_of(OptionDescription const& option) {
    if (!option.choices.empty()) return Offer::words;
    if (option.takes == "PATH" || option.takes == "FILE") return Offer::files;
    if (option.takes == "DIR") return Offer::folders;
    if (option.takes == "MIGRATION") return Offer::migrations;
    if (option.takes == "CODE") return Offer::codes;
    return Offer::nothing;
}

std::map<std::string, std::vector<PrismaWord>> prisma_words(ProgramDescription const& program) {
    std::map<std::string, std::vector<PrismaWord>> words{};
    for (auto const& command : program.commands) {
        auto const blank = command.prisma.find(' ');
        if (blank == std::string_view::npos) continue;
        words[std::string{command.prisma.substr(0, blank)}].push_back(
            {std::string{command.prisma.substr(blank + 1)}, command.name});
    }
    return words;
}

std::vector<std::string> second_words(std::vector<PrismaWord> const& words) {
    std::vector<std::string> seconds{};
    for (auto const& word : words) seconds.push_back(word.second);
    return seconds;
}

std::string with_replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string result{};
    while (true) {
        auto const at = text.find(what);
        result += text.substr(0, at);
        if (at == std::string_view::npos) return result;
        result += by;
        text.remove_prefix(at + what.size());
    }
}

}  // namespace cm::command

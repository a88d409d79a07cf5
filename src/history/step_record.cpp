// See step_record.hpp.
#include "history/step_record.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/hidden_passwords.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "history/script_text.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

constexpr std::string_view mark = "cm-migrate: ";
constexpr std::string_view of = " of ";
constexpr std::string_view carried_out = " statements carried out, sha256 ";
constexpr std::string_view next_begun = ", the next one begun";

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

bool take(std::string_view& text, std::size_t& number) {
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{}) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

}  // namespace

std::string describe(StepRecord const& record) {
    return record.in_flight
               ? fmt::format("stopped during statement {} of {}", record.done + 1, record.total)
               : fmt::format("stopped after statement {} of {}", record.done, record.total);
}

std::string to_text(StepRecord const& record) {
    return fmt::format("{}{}{}{}{}{}{}", mark, record.done, of, record.total, carried_out,
                       record.digest, record.in_flight ? next_begun : std::string_view{});
}

std::optional<StepRecord> parse_step_record(std::string_view logs) {
    auto line = first_line(logs);
    StepRecord record{};
    if (!take(line, mark) || !take(line, record.done) || !take(line, of) ||
        !take(line, record.total) || !take(line, carried_out)) {
        return {};
    }
    auto const comma = line.find(',');
    record.digest = line.substr(0, comma);
    record.in_flight = comma != std::string_view::npos && line.substr(comma) == next_begun;
    return record;
}

std::string_view without_step_record(std::string_view logs) {
    if (!parse_step_record(logs)) {
        return logs;
    }
    auto const end = logs.find('\n');
    return end == std::string_view::npos ? std::string_view{} : logs.substr(end + 1);
}

std::string digest_of(std::string_view text, sql::Script const& script, std::size_t done) {
    std::string all{};
    for (std::size_t i = 0; i < done && i < script.statements.size(); ++i) {
        auto const& statement = script.statements[i];
        all += with_line_feeds(text.substr(statement.begin, statement.end - statement.begin));
        all += ";\n";
        all += with_line_feeds(
            text.substr(statement.data_begin, statement.data_end - statement.data_begin));
    }
    return sha256(all);
}

std::string first_words(std::string_view text, sql::Script const& script, std::size_t statement) {
    constexpr std::size_t longest = 70;
    auto const& found = script.statements.at(statement);
    auto const shown = with_passwords_hidden(text.substr(found.begin, found.end - found.begin));
    std::string_view const whole = shown;
    std::string words{};
    for (auto token = sql::next_token(whole, 0); token.kind != sql::TokenKind::end;
         token = sql::next_token(whole, token.end)) {
        auto const is_blank = token.kind == sql::TokenKind::blank;
        words += is_blank ? " " : whole.substr(token.begin, token.end - token.begin);
        if (words.size() > longest) {
            words.resize(utf8::cut(words, longest).size());
            return words + "…";
        }
    }
    return words;
}

}  // namespace cm::history

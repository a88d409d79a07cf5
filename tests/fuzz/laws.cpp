// See laws.hpp: a table of laws, each a function from a text to what is wrong with it.
#include "fuzz/laws.hpp"

#include <fmt/format.h>

#include "base/diagnostic_printer.hpp"
#include "base/utf8.hpp"
#include "dsl/characters.hpp"
#include "dsl/dsl.hpp"
#include "dsl/format/format.hpp"
#include "dsl/lexer.hpp"
#include "dsl/string_literal.hpp"
#include "schema/from_dsl.hpp"

namespace cm::test {

namespace {

using Finding = std::optional<std::string>;

struct Reading {
    SourceMap sources{};
    FileId file{};
    Diagnostics diagnostics{};
    dsl::DataModel model{};
};

Reading read(std::string_view text) {
    Reading reading{};
    reading.file = reading.sources.add("schema.prisma", std::string(text));
    reading.model = dsl::read(reading.sources, {reading.file}, {}, reading.diagnostics);
    return reading;
}

bool parses(std::string_view text) {
    SourceMap sources{};
    auto const file = sources.add("schema.prisma", std::string(text));
    Diagnostics diagnostics{};
    dsl::parse(sources, {file}, diagnostics);
    return !diagnostics.has_errors();
}

std::string formatted(std::string_view text) {
    SourceMap sources{};
    auto const file = sources.add("schema.prisma", std::string(text));
    return dsl::format_schema(sources, {file}).front();
}

bool is_white_space(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::size_t at = 0; at < text.size();) {
        auto const character = utf8::decode(text, at);
        if (character.length == 0 || !dsl::is_space(character.code)) return false;
        at += character.length;
    }
    return true;
}

Finding tokens_cover_the_text(std::string_view text) {
    SourceMap sources{};
    auto const file = sources.add("schema.prisma", std::string(text));
    Diagnostics diagnostics{};
    std::size_t done = 0;
    auto const tokens = dsl::tokenize(sources, file, diagnostics);
    for (auto const& token : tokens) {
        if (token.span.begin < done) return fmt::format("a token overlaps at {}", done);
        if (!is_white_space(text.substr(done, token.span.begin - done)))
            return fmt::format("text is lost at {}", done);
        if (token.text != sources.text(token.span)) return fmt::format("wrong text at {}", done);
        if (token.text.empty() != (token.kind == dsl::TokenKind::end))
            return fmt::format("an empty token at {}", done);
        done = token.span.end;
    }
    if (done != text.size()) return fmt::format("the tokens end at {}", done);
    return std::nullopt;
}

Finding findings_lie_in_the_text(std::string_view text) {
    auto const reading = read(text);
    auto const is_inside = [&](Label const& label) {
        return label.span.begin <= label.span.end && label.span.end <= text.size();
    };
    for (auto const& finding : reading.diagnostics.all()) {
        if (finding.code.empty() || finding.message.empty()) return "a finding without words";
        if (finding.primary && !is_inside(*finding.primary)) return finding.message;
        for (auto const& label : finding.secondary) {
            if (!is_inside(label)) return finding.message;
        }
    }
    return std::nullopt;
}

Finding findings_can_be_shown(std::string_view text) {
    auto reading = read(text);
    reading.diagnostics.sort();
    std::size_t shown = 0;
    for (auto const& finding : reading.diagnostics.all()) {
        if (render(finding, reading.sources, Color::never).empty()) return finding.message;
        if (++shown == 20) break;
    }
    return std::nullopt;
}

Finding formatting_twice_is_formatting_once(std::string_view text) {
    if (!parses(text)) return std::nullopt;
    // The first round may leave a comment behind `}` as Prisma does, which the second then moves.
    auto const once = formatted(formatted(text));
    if (!parses(once)) return fmt::format("does not parse any more:\n{}", once);
    auto const twice = formatted(once);
    return once == twice ? std::nullopt : Finding(fmt::format("{}\nbecomes\n{}", once, twice));
}

Finding formatting_keeps_the_meaning(std::string_view text) {
    auto const before = read(text);
    if (before.diagnostics.has_errors()) return std::nullopt;
    auto const layout = formatted(text);
    auto const after = read(layout);
    for (auto const& finding : after.diagnostics.all()) {
        if (finding.severity == Severity::error)
            return fmt::format("is refused ({}):\n{}", finding.message, layout);
    }
    auto const is_same =
        schema::from_dsl(before.model, "public") == schema::from_dsl(after.model, "public");
    return is_same ? std::nullopt : Finding(fmt::format("means something else:\n{}", layout));
}

Finding line_ends_do_not_matter(std::string_view text) {
    if (text.find('\r') != std::string_view::npos) return std::nullopt;
    std::string windows{};
    for (auto const c : text) {
        if (c == '\n') windows += '\r';
        windows += c;
    }
    auto const is_accepted = !read(text).diagnostics.has_errors();
    auto const is_accepted_there = !read(windows).diagnostics.has_errors();
    return is_accepted == is_accepted_there
               ? std::nullopt
               : Finding(is_accepted ? "refused with CRLF" : "accepted with CRLF only");
}

Finding literals_are_read_as_written(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        auto const character = utf8::decode(text, at);
        if (character.length == 0) return std::nullopt;
        at += character.length;
    }
    Diagnostics diagnostics{};
    auto const literal = dsl::escape(text);
    auto const meaning = dsl::unescape(literal, {}, diagnostics);
    // No text of PostgreSQL holds the character 0: there is nothing that it could be read as.
    auto const is_possible = text.find('\0') == std::string_view::npos;
    if (diagnostics.has_errors() == is_possible || (is_possible && meaning != text))
        return fmt::format("{} is read as something else", literal);
    return std::nullopt;
}

struct Law {
    std::string_view name{};
    Finding (*holds)(std::string_view){};
};

constexpr Law laws[] = {
    {"tokens cover the text", tokens_cover_the_text},
    {"findings lie in the text", findings_lie_in_the_text},
    {"findings can be shown", findings_can_be_shown},
    {"formatting twice is formatting once", formatting_twice_is_formatting_once},
    {"formatting keeps the meaning", formatting_keeps_the_meaning},
    {"line ends do not matter", line_ends_do_not_matter},
    {"literals are read as written", literals_are_read_as_written},
};

}  // namespace

std::optional<std::string> broken_law(std::string_view text) {
    for (auto const& law : laws) {
        if (auto const finding = law.holds(text)) return fmt::format("{}: {}", law.name, *finding);
    }
    return std::nullopt;
}

}  // namespace cm::test

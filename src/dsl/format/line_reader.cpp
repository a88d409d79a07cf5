// See line_reader.hpp.
#include "dsl/format/line_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cm::dsl {

bool LineReader::take_if(TokenKind kind) {
    if (!sees(kind)) return false;
    ++at_;
    return true;
}

/// No space stands before the current token.
bool LineReader::touches_previous() const {
    return at_ > 0 && at_ < tokens_.size() && tokens_[at_ - 1].span.end == tokens_[at_].span.begin;
}

std::optional<std::string> LineReader::identifier() {
    if (!sees(TokenKind::identifier) || tokens_[at_].text.starts_with('_')) return std::nullopt;
    return std::string(tokens_[at_++].text);
}

std::optional<std::string> LineReader::path() {
    auto name = identifier();
    while (name && sees(TokenKind::dot)) {
        if (!touches_previous()) return std::nullopt;
        ++at_;
        if (!touches_previous()) return std::nullopt;
        auto const part = identifier();
        if (!part) return std::nullopt;
        *name += fmt::format(".{}", *part);
    }
    return name;
}

/// `Unsupported("…")`, whose inside stays as it is.
std::optional<std::string> LineReader::unsupported() {
    auto const first = at_++;
    if (!sees(TokenKind::open_parenthesis) || !touches_previous()) return std::nullopt;
    ++at_;
    if (!take_if(TokenKind::string) || !take_if(TokenKind::close_parenthesis)) return std::nullopt;
    auto const* const begin = tokens_[first].text.data();
    auto const& last = tokens_[at_ - 1].text;
    return std::string(begin, last.data() + last.size());
}

std::optional<std::string> LineReader::type_name() {
    if (!sees(TokenKind::identifier)) return std::nullopt;
    auto const is_call =
        at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == TokenKind::open_parenthesis;
    if (is_call) return tokens_[at_].text == "Unsupported" ? unsupported() : std::nullopt;
    return identifier();
}

std::optional<std::string> LineReader::type() {
    if (take_if(TokenKind::open_bracket)) {
        auto const name = type_name();
        if (!name || !take_if(TokenKind::close_bracket)) return std::nullopt;
        return *name + "[]";
    }
    auto name = type_name();
    if (!name) return std::nullopt;
    if (take_if(TokenKind::exclamation)) return name;
    if (take_if(TokenKind::open_bracket)) {
        if (!touches_previous() || !take_if(TokenKind::close_bracket)) return std::nullopt;
        *name += "[]";
    }
    if (take_if(TokenKind::question)) *name += "?";
    return name;
}

std::optional<std::string> LineReader::value() {
    if (sees(TokenKind::string) || sees(TokenKind::number)) return std::string(tokens_[at_++].text);
    if (take_if(TokenKind::open_bracket)) return list();
    if (take_if(TokenKind::open_brace)) {
        auto const members = arguments(TokenKind::close_brace);
        return members ? std::optional(fmt::format("{{ {} }}", *members)) : std::nullopt;
    }
    auto name = path();
    if (!name || !take_if(TokenKind::open_parenthesis)) return name;
    auto const inner = arguments(TokenKind::close_parenthesis);
    return inner ? std::optional(fmt::format("{}({})", *name, *inner)) : std::nullopt;
}

std::optional<std::string> LineReader::list() {
    std::vector<std::string> items{};
    if (take_if(TokenKind::close_bracket)) return "[]";
    while (true) {
        auto item = value();
        if (!item) return std::nullopt;
        items.push_back(std::move(*item));
        if (take_if(TokenKind::close_bracket)) break;
        if (!take_if(TokenKind::comma)) return std::nullopt;
    }
    return fmt::format("[{}]", fmt::join(items, ", "));
}

std::optional<std::string> LineReader::argument() {
    auto const is_named = sees(TokenKind::identifier) && at_ + 1 < tokens_.size() &&
                          tokens_[at_ + 1].kind == TokenKind::colon;
    if (!is_named) return value();
    auto const name = identifier();
    ++at_;
    auto const written = value();
    return name && written ? std::optional(fmt::format("{}: {}", *name, *written)) : std::nullopt;
}

/// What stands between the parentheses or braces; a last comma is left out.
std::optional<std::string> LineReader::arguments(TokenKind close) {
    std::vector<std::string> written{};
    if (take_if(TokenKind::comma))
        return take_if(close) ? std::optional<std::string>("") : std::nullopt;
    while (!take_if(close)) {
        auto one = argument();
        if (!one) return std::nullopt;
        written.push_back(std::move(*one));
        if (!sees(close) && !take_if(TokenKind::comma)) return std::nullopt;
    }
    return fmt::format("{}", fmt::join(written, ", "));
}

std::optional<WrittenAttribute> LineReader::attribute(TokenKind at) {
    if (!take_if(at)) return std::nullopt;
    auto const name = path();
    if (!name) return std::nullopt;
    WrittenAttribute written{*name, fmt::format("{}{}", at == TokenKind::at ? "@" : "@@", *name)};
    if (take_if(TokenKind::open_parenthesis)) {
        auto const inner = arguments(TokenKind::close_parenthesis);
        if (!inner) return std::nullopt;
        written.text += fmt::format("({})", *inner);
    }
    return written;
}

std::optional<std::vector<WrittenAttribute>> LineReader::attributes() {
    std::vector<WrittenAttribute> all{};
    while (sees(TokenKind::at)) {
        auto one = attribute(TokenKind::at);
        if (!one) return std::nullopt;
        all.push_back(std::move(*one));
    }
    return all;
}

std::optional<std::string> LineReader::end() {
    if (at_ == tokens_.size()) return "";
    auto const& token = tokens_[at_];
    auto const is_comment = token.kind == TokenKind::comment ||
                            token.kind == TokenKind::documentation ||
                            token.kind == TokenKind::block_comment;
    if (!is_comment || at_ + 1 < tokens_.size()) return std::nullopt;
    return std::string(token.text);
}

}  // namespace cm::dsl

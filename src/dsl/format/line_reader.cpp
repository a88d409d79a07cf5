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

/// `db.VarChar`; the names behind dots may be missing.
std::optional<std::string> LineReader::path() {
    auto name = identifier();
    while (name && sees(TokenKind::dot)) {
        if (!touches_previous()) return std::nullopt;
        ++at_;
        *name += '.';
        if (!sees(TokenKind::identifier) || !touches_previous()) continue;
        auto const part = identifier();
        if (!part) return std::nullopt;
        *name += *part;
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
    constexpr std::size_t deepest = 64;  // as in the parser
    if (depth_ == deepest) return std::nullopt;
    ++depth_;
    auto written = nested_value();
    --depth_;
    return written;
}

std::optional<std::string> LineReader::nested_value() {
    if (sees(TokenKind::string) || sees(TokenKind::number)) return std::string(tokens_[at_++].text);
    if (take_if(TokenKind::open_bracket)) return list();
    if (take_if(TokenKind::open_brace)) return object();
    auto const is_number = starts_like_number();
    auto name = path();
    if (!name || !sees(TokenKind::open_parenthesis)) return is_number ? std::nullopt : name;
    ++at_;
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

/// `{ a: 1, b: [2] }`
std::optional<std::string> LineReader::object() {
    std::vector<std::string> members{};
    if (take_if(TokenKind::close_brace)) return "{  }";
    while (true) {
        auto member = sees_argument_name() ? argument() : std::nullopt;
        if (!member) return std::nullopt;
        members.push_back(std::move(*member));
        if (take_if(TokenKind::close_brace)) break;
        if (!take_if(TokenKind::comma)) return std::nullopt;
    }
    return fmt::format("{{ {} }}", fmt::join(members, ", "));
}

/// `1e5` is a word to the lexer, and neither a number nor a name here.
bool LineReader::starts_like_number() const {
    if (!sees(TokenKind::identifier)) return false;
    auto const first = tokens_[at_].text.front();
    return first == '-' || (first >= '0' && first <= '9');
}

bool LineReader::sees_argument_name() const {
    return sees(TokenKind::identifier) && at_ + 1 < tokens_.size() &&
           tokens_[at_ + 1].kind == TokenKind::colon;
}

/// A value, or `name: value`, where the value may be missing.
std::optional<std::string> LineReader::argument() {
    if (!sees_argument_name()) return value();
    auto const name = identifier();
    ++at_;
    auto const is_empty = sees(TokenKind::comma) || sees(TokenKind::close_parenthesis);
    auto const written = is_empty ? std::optional<std::string>("") : value();
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
    auto const is_open = token.kind == TokenKind::block_comment && !is_closed_block_comment(token);
    if (!is_comment(token.kind) || is_open || at_ + 1 < tokens_.size()) return std::nullopt;
    return std::string(token.text);
}

}  // namespace cm::dsl

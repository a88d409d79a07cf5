// Reads one line by the grammar and gives its parts back as they are to be written. Stricter than
// the parser: what it does not know is left alone, not reported.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/format/line.hpp"

namespace cm::dsl {

/// `@name(…)` as it is to be written.
struct WrittenAttribute {
    std::string name{};  ///< without `@`
    std::string text{};
};

class LineReader {
  public:
    explicit LineReader(Line const& line) : tokens_(line.tokens) {}

    bool sees(TokenKind kind) const { return at_ < tokens_.size() && tokens_[at_].kind == kind; }

    bool take_if(TokenKind kind);
    std::optional<std::string> identifier();
    std::optional<std::string> type();
    std::optional<std::string> value();
    /// One attribute after `@` or `@@`.
    std::optional<WrittenAttribute> attribute(TokenKind at);
    /// All attributes that stand here.
    std::optional<std::vector<WrittenAttribute>> attributes();
    /// The comment that ends the line, empty if there is none; none if something else stands there.
    std::optional<std::string> end();

  private:
    bool touches_previous() const;
    std::optional<std::string> nested_value();
    std::optional<std::string> path();
    std::optional<std::string> type_name();
    std::optional<std::string> unsupported();
    std::optional<std::string> list();
    std::optional<std::string> object();
    bool starts_like_number() const;
    bool sees_argument_name() const;
    std::optional<std::string> argument();
    std::optional<std::string> arguments(TokenKind close);

    std::span<Token const> tokens_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace cm::dsl

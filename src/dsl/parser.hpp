// Tokens of one file to blocks. Recursive descent; private to the parser's files, dsl.hpp has the
// front door.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "dsl/ast.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// The language is made of lines: a member ends with its line, and after an error the next line is
/// read afresh.
class Parser {
  public:
    Parser(Tokens tokens, OwnTexts& texts, Diagnostics& diagnostics);
    std::vector<Block> run();

  private:
    // Cursor (parser.cpp). There are no comments.
    Token const& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }

    bool sees(TokenKind kind) const { return peek().kind == kind; }

    Token const& take();
    bool take_if(TokenKind kind);
    void skip_lines();
    /// Stops reading if there is more than memory should be spent on.
    bool limit(std::size_t count, std::size_t maximum, std::string_view what);
    void skip_to_line_end();
    /// Reports what stands there instead of `wanted`, unless the lexer has done so.
    Diagnostic* unexpected(std::string_view wanted, std::string_view code = "CM0106");
    std::optional<Identifier> identifier(std::string_view what);
    void check_letters(Token const& token, std::string_view what);
    bool end_of_member(std::string_view what);

    // Blocks (parser.cpp).
    std::optional<Block> block();
    void unknown_keyword();
    void skip_block();
    void rest_of_header(Block& block);
    void members(Block& block, Token const& open);
    bool starts_block() const;
    void member(Block& block);

    // The end of a block (parser_block_end.cpp).
    void close_on_line(Block& block, std::uint32_t line);
    bool closes_block(std::size_t token) const;
    std::size_t find_last_close() const;

    /// Whether a line that follows begins with `}`.
    bool closes_below() const { return last_close_ >= at_; }

    bool block_goes_on() const;
    bool has_other_key(Block const& block, std::uint32_t end) const;
    void report_unclosed(Block const& block, Token const& open);
    std::size_t next_line(std::size_t next) const;
    void report_unread(Block const& block, Token const& first, std::string_view help);

    // Members (parser_members.cpp).
    void field(Block& block);
    bool field_type(TypeReference& type);
    bool type_argument(TypeReference& type);
    bool type_arity(TypeReference& type);
    void enum_value(Block& block);
    void property(Block& block);

    // Attributes and values (parser_values.cpp).
    bool attributes(std::vector<Attribute>& into);
    bool attribute(std::vector<Attribute>& into);
    void skip_arguments(std::size_t first);
    bool arguments(std::vector<Argument>& into, TokenKind close);
    bool argument(Argument& into);
    bool value(Value& into);
    bool nested_value(Value& into);
    std::string_view string_text(Token const& token);
    bool name_or_call(Value& into);
    bool list(Value& into);
    bool dotted_name(Identifier& into, std::string_view what);
    std::string joined(std::size_t begin, std::size_t end) const;
    bool attribute_name(Identifier& into);

    Tokens tokens_{};
    std::size_t at_ = 0;
    std::size_t last_close_ = 0;  ///< the last `}` that begins a line, or 0
    std::size_t depth_ = 0;
    std::size_t member_count_ = 0;
    bool block_is_closed_ = false;
    bool has_strict_names_ =
        true;      ///< what becomes a name in a client has letters only clients can use
    Span last_{};  ///< of the token taken last
    OwnTexts& texts_;
    Diagnostics& diagnostics_;
};

/// What a block's keyword allows inside.
enum class Members { fields, values, properties };

/// The members of a block, by its keyword; none for an unknown keyword.
std::optional<Members> members_of(std::string_view keyword);

}  // namespace cm::dsl

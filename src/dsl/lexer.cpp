// A hand-written lexer: one function per sort of token, all working on a cursor into the file's
// text.
#include "dsl/lexer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "dsl/characters.hpp"
#include "dsl/parser.hpp"

namespace cm::dsl {

namespace {

struct Punctuation {
    char character{};
    TokenKind kind{};
};

constexpr Punctuation punctuation[] = {
    {'(', TokenKind::open_parenthesis},
    {')', TokenKind::close_parenthesis},
    {'[', TokenKind::open_bracket},
    {']', TokenKind::close_bracket},
    {'{', TokenKind::open_brace},
    {'}', TokenKind::close_brace},
    {',', TokenKind::comma},
    {':', TokenKind::colon},
    {'=', TokenKind::equals},
    {'?', TokenKind::question},
    {'!', TokenKind::exclamation},
    {'.', TokenKind::dot},
};

// Schemas of several megabytes have fewer; nonsense of more would take up the memory.
constexpr std::size_t maximum_tokens = 1'400'000;

}  // namespace

// A name of its own: LineLexer::State, which is no part of the anonymous namespace, has one.
namespace lexing {

class Lexer {
  public:
    Lexer(std::string_view text, FileId file, Diagnostics& diagnostics)
        : text_(text), file_(file), diagnostics_(diagnostics) {}

    Tokens run() {
        // What is not used of it takes up no memory; growing would, for all that was read so far.
        tokens_.reserve(std::min(text_.size(), maximum_tokens) + 2);
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark says nothing in UTF-8
        while (at_ < text_.size() && tokens_.size() < maximum_tokens) next();
        if (at_ < text_.size()) too_long();
        start_ = at_;
        add(TokenKind::end);
        return std::move(tokens_);
    }

    /// The tokens from a place to the end of its line. What stands behind a block comment that
    /// opens the line is the next line, even if it is only white space.
    Tokens line(std::size_t at) {
        tokens_.clear();
        header_end_ = 0;
        is_of_lines_ = true;
        reported_encoding_ = true;
        for (at_ = at; at_ < text_.size();) {
            next();
            if (tokens_.empty()) continue;
            auto const last = tokens_.back().kind;
            if (last == TokenKind::newline) return tokens_;
            auto const is_comment = tokens_.size() == 1 && last == TokenKind::block_comment;
            if (is_comment && peek() != '\n' && peek() != '\r') break;
        }
        start_ = at_;
        add(TokenKind::end);
        return tokens_;
    }

  private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    bool sees(std::string_view prefix) const { return text_.substr(at_).starts_with(prefix); }

    Span span() const {
        return {file_, static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(at_)};
    }

    void add(TokenKind kind) {
        tokens_.push_back({kind, span(), {text_.data() + start_, at_ - start_}});
    }

    void too_long() {
        auto const at = static_cast<std::uint32_t>(at_);
        diagnostics_
            .error("CM0113", {file_, at, at}, "this file is too long: {} tokens or more",
                   grouped(maximum_tokens))
            .help("is it a schema? if so, split it: a schema may be a folder of files");
        at_ = text_.size();
    }

    /// On the line of a block's `{`, behind it: what stands there is not read.
    bool is_in_header() const { return start_ < header_end_; }

    /// The tokens that stand last are the head of a block.
    bool opens_block() const {
        auto const count = tokens_.size();
        auto const is_kind = [&](std::size_t back, TokenKind kind) {
            return tokens_[count - back].kind == kind;
        };
        if (count < 3 || !is_kind(2, TokenKind::identifier) || !is_kind(3, TokenKind::identifier) ||
            !members_of(tokens_[count - 3].text))
            return false;
        return count == 3 || is_kind(4, TokenKind::newline) || is_kind(4, TokenKind::block_comment);
    }

    void next() {
        start_ = at_;
        auto const character = utf8::decode(text_, at_);
        if (character.length > 0 && is_name(character.code) && !is_digit(character.code)) {
            identifier();
        } else if (is_space(character.code)) {
            at_ += character.length;
            while (peek() == ' ') ++at_;
        } else if (character.code == '\n' || character.code == '\r') {
            newline();
        } else if (character.code == '/' && (peek(1) == '/' || peek(1) == '*')) {
            comment();
        } else if (character.code == '"') {
            string();
        } else if (is_digit(character.code) ||
                   (peek() == '-' && is_digit(static_cast<unsigned char>(peek(1))))) {
            number();
        } else {
            symbol(character);
        }
    }

    void newline() {
        at_ += sees("\r\n") ? 2 : 1;
        add(TokenKind::newline);
    }

    void comment() {
        if (sees("/*")) return block_comment();
        auto const is_documentation = sees("///");
        while (at_ < text_.size() && peek() != '\n' && peek() != '\r') advance();
        add(is_documentation ? TokenKind::documentation : TokenKind::comment);
    }

    void block_comment() {
        at_ += 2;
        auto const end = comment_end();
        if (is_in_header() && end >= header_end_) {
            at_ = header_end_;
            return add(TokenKind::comment);
        }
        if (end == std::string_view::npos) return open_comment();
        while (at_ < end && !reported_encoding_) advance();
        at_ = end + 2;
        add(TokenKind::block_comment);
    }

    /// As with Prisma, it ends with its line, so that what follows is read. For the formatter,
    /// which leaves such a line as it is, it has no end.
    void open_comment() {
        at_ = is_of_lines_ ? text_.size() : line_end();
        if (!reported_open_comment_) {
            reported_open_comment_ = true;
            diagnostics_
                .error("CM0103", {file_, span().begin, span().begin + 2}, "unterminated comment")
                .help("add `*/` where the comment ends");
        }
        add(TokenKind::block_comment);
    }

    std::size_t line_end() const {
        return std::min(text_.find_first_of("\r\n", at_), text_.size());
    }

    /// The next `*/`. Remembered: a file may have as many `/*` as lines, and only one `*/`.
    std::size_t comment_end() {
        auto const is_known = comment_searched_ && *comment_searched_ <= at_ && at_ <= comment_end_;
        if (!is_known) {
            comment_end_ = text_.find("*/", at_);
            comment_searched_ = at_;
        }
        return comment_end_;
    }

    void string() {
        ++at_;
        while (at_ < text_.size() && peek() != '"' && peek() != '\n' && peek() != '\r') {
            if (peek() == '\\' && at_ + 1 < text_.size() && peek(1) != '\n' && peek(1) != '\r')
                ++at_;
            advance();
        }
        if (peek() == '"') {
            ++at_;
            return has_control_character() ? add(TokenKind::invalid) : add(TokenKind::string);
        }
        if (!is_in_header()) {
            diagnostics_.error("CM0104", span(), "unterminated string")
                .help("add `\"` at its end; a line break inside a string is written `\\n`");
        }
        add(TokenKind::invalid);
    }

    /// Of the string that has been read.
    bool has_control_character() {
        auto const text = text_.substr(start_, at_ - start_);
        auto const control = std::find_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (control == text.end() || is_in_header()) return false;
        auto const code = static_cast<unsigned>(static_cast<unsigned char>(*control));
        auto const at = static_cast<std::uint32_t>(start_ + std::size_t(control - text.begin()));
        auto& diagnostic =
            diagnostics_.error("CM0101", {file_, at, at + 1},
                               "the control character U+{:04X} is not allowed in a string", code);
        if (*control == '\t') {
            diagnostic.help("write `\\t`");
        } else if (code == 0) {
            diagnostic.help("remove it: PostgreSQL text cannot contain it");
        } else {
            diagnostic.help("write `\\u{:04x}`", code);
        }
        return true;
    }

    void number() {
        if (peek() == '-') ++at_;
        digits();
        if (peek() == '.' && is_digit(static_cast<unsigned char>(peek(1)))) {
            ++at_;
            digits();
        }
        if (at_ < text_.size() && is_name(utf8::decode(text_, at_).code)) return identifier();
        add(TokenKind::number);
    }

    void digits() {
        while (is_digit(static_cast<unsigned char>(peek()))) ++at_;
    }

    void identifier() {
        auto at = at_;
        while (at < text_.size()) {
            auto const character = utf8::decode(text_, at);
            if (character.length == 0 || (!is_name(character.code) && character.code != '-')) break;
            at += character.length;
        }
        at_ = at;
        add(TokenKind::identifier);
    }

    void symbol(utf8::Character character) {
        if (peek() == '@') {
            at_ += sees("@@") ? 2 : 1;
            return add(at_ - start_ == 2 ? TokenKind::double_at : TokenKind::at);
        }
        for (auto const& entry : punctuation) {
            if (peek() != entry.character) continue;
            ++at_;
            add(entry.kind);
            if (entry.kind == TokenKind::open_brace && opens_block()) header_end_ = line_end();
            return;
        }
        unexpected(character);
    }

    void unexpected(utf8::Character character) {
        auto const is_visible = character.code > 0x20 && character.code != 0x7F;
        advance();
        // A file that was cut off by a crash may end in thousands of the same.
        while (character.length == 1 && !is_visible && at_ < text_.size() &&
               peek() == text_[start_])
            ++at_;
        add(TokenKind::invalid);
        if (character.length == 0 || is_in_header())
            return;  // `advance` has said so, or nobody asks
        if (character.code == 0 && std::exchange(reported_zero_, true)) return;
        auto& diagnostic =
            is_visible
                ? diagnostics_.error("CM0101", span(), "unexpected character `{}`",
                                     text_.substr(start_, at_ - start_))
                : diagnostics_.error("CM0101", span(), "unexpected control character U+{:04X}",
                                     character.code);
        help_for(character.code, diagnostic);
    }

    static void help_for(std::uint32_t code, Diagnostic& diagnostic) {
        auto const is_quote = code == '\'' || code == '`' || (code >= 0x2018 && code <= 0x201F);
        if (is_quote) {
            diagnostic.help("write strings in straight double quotes: \"text\"");
        } else if (code == ';') {
            diagnostic.help("lines do not end with `;`");
        } else if (code == 0) {
            diagnostic.help("remove it and any others; or is this file binary or damaged?");
        } else {
            diagnostic.help("remove it");
        }
    }

    /// One character on; wrong bytes are reported once a file, because one wrong encoding makes
    /// many.
    void advance() {
        auto const character = utf8::decode(text_, at_);
        if (character.length == 0 && !reported_encoding_) {
            reported_encoding_ = true;
            auto const begin = static_cast<std::uint32_t>(at_);
            diagnostics_
                .error("CM0102", {file_, begin, begin + 1},
                       "this file is not valid UTF-8: unexpected byte 0x{:02X}",
                       static_cast<unsigned char>(text_[at_]))
                .help("save the file as UTF-8");
        }
        at_ += character.length == 0 ? 1 : character.length;
    }

    std::string_view text_{};
    FileId file_{};
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;
    std::size_t header_end_ = 0;
    bool is_of_lines_ = false;
    bool reported_encoding_ = false;
    bool reported_zero_ = false;
    bool reported_open_comment_ = false;
    std::optional<std::size_t> comment_searched_{};
    std::size_t comment_end_ = 0;
    Tokens tokens_{};
};

}  // namespace lexing

using lexing::Lexer;

Tokens tokenize(SourceMap const& sources, FileId file, Diagnostics& diagnostics) {
    return Lexer(sources.text(file), file, diagnostics).run();
}

class LineLexer::State {
  public:
    State(std::string_view text, FileId file) : lexer_(text, file, findings_) {}

    Tokens line(std::size_t at) {
        auto tokens = lexer_.line(at);
        findings_ = {};
        return tokens;
    }

  private:
    Diagnostics findings_{};
    Lexer lexer_;
};

LineLexer::LineLexer(SourceMap const& sources, FileId file)
    : state_(std::make_unique<State>(sources.text(file), file)) {}

LineLexer::~LineLexer() = default;

Tokens LineLexer::line(std::size_t at) {
    return state_->line(at);
}

}  // namespace cm::dsl

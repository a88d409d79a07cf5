// The cursor, and blocks: `keyword Name {`, members line by line, `}`.
#include "dsl/parser.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "dsl/dsl.hpp"
#include "dsl/lexer.hpp"
#include "dsl/rename_comments.hpp"

namespace cm::dsl {

namespace {

struct Keyword {
    std::string_view name{};
    Members members{};
};

constexpr Keyword keywords[] = {
    {"datasource", Members::properties}, {"generator", Members::properties},
    {"model", Members::fields},          {"view", Members::fields},
    {"type", Members::fields},           {"enum", Members::values},
};

// More than any database has; a file of nonsense would take up the memory.
constexpr std::size_t maximum_blocks = 50'000;
constexpr std::size_t maximum_members = 180'000;

/// Behind these a line has visibly not ended.
bool is_unfinished(TokenKind kind) {
    return kind == TokenKind::comma || kind == TokenKind::open_parenthesis ||
           kind == TokenKind::open_bracket;
}

/// True behind the `{` of a block, where Prisma reads nothing, and behind its `}`.
bool may_stand_behind(Tokens const& tokens, std::size_t first, std::size_t comment) {
    auto const is_header = first + 2 < comment && tokens[first + 2].kind == TokenKind::open_brace &&
                           members_of(tokens[first].text);
    return is_header || (tokens[first].kind == TokenKind::close_brace && first + 1 == comment);
}

/// Reports block comments with something of the same line on both sides: Prisma does not read them.
void refuse_inner_comments(Tokens const& tokens, Diagnostics& diagnostics) {
    auto const none = tokens.size();
    auto first = none;  // of the line, leading comments aside
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (ends_line(tokens[i].kind)) {
            first = none;
        } else if (tokens[i].kind != TokenKind::block_comment) {
            if (first == none) first = i;
        } else if (first != none && !ends_line(tokens[i + 1].kind) &&
                   !may_stand_behind(tokens, first, i)) {
            diagnostics
                .error("CM0106", tokens[i].span, "a comment is not allowed in the middle of a line")
                .help("move it to the end of the line, or above it");
        }
    }
}

}  // namespace

std::optional<Members> members_of(std::string_view keyword) {
    for (auto const& entry : keywords) {
        if (entry.name == keyword) return entry.members;
    }
    return std::nullopt;
}

Parser::Parser(Tokens tokens, OwnTexts& texts, Diagnostics& diagnostics)
    : tokens_(std::move(tokens)), texts_(texts), diagnostics_(diagnostics) {
    auto const is_any_comment = [](Token const& token) { return is_comment(token.kind); };
    auto const first = std::find_if(tokens_.begin(), tokens_.end(), is_any_comment);
    if (first != tokens_.end()) {
        refuse_inner_comments(tokens_, diagnostics_);
        tokens_.erase(std::remove_if(first, tokens_.end(), is_any_comment), tokens_.end());
    }
    last_close_ = find_last_close();
}

std::vector<Block> Parser::run() {
    std::vector<Block> blocks{};
    for (skip_lines(); !sees(TokenKind::end); skip_lines()) {
        if (auto parsed = block()) blocks.push_back(std::move(*parsed));
        limit(blocks.size(), maximum_blocks, "blocks");
    }
    return blocks;
}

bool Parser::limit(std::size_t count, std::size_t maximum, std::string_view what) {
    if (count < maximum || sees(TokenKind::end)) return false;
    diagnostics_
        .error("CM0113", peek().span, "this file is too long: {} {} or more",
               grouped(static_cast<std::int64_t>(maximum)), what)
        .help("split it: a schema may be a folder of files");
    at_ = tokens_.size() - 1;
    return true;
}

Token const& Parser::take() {
    auto const& token = peek();
    if (token.kind != TokenKind::end) ++at_;
    if (token.kind != TokenKind::newline) last_ = token.span;
    return token;
}

bool Parser::take_if(TokenKind kind) {
    if (!sees(kind)) return false;
    take();
    return true;
}

void Parser::skip_lines() {
    while (sees(TokenKind::newline)) take();
}

void Parser::skip_to_line_end() {
    while (!sees(TokenKind::newline) && !sees(TokenKind::end)) {
        auto const after = peek(1).kind;
        auto const is_last = after == TokenKind::newline || after == TokenKind::end;
        if (sees(TokenKind::close_brace) && is_last) return;  // it closes the block
        take();
    }
}

Diagnostic* Parser::unexpected(std::string_view wanted, std::string_view code) {
    auto const& token = peek();
    if (token.kind == TokenKind::invalid) return nullptr;
    if (token.kind == TokenKind::newline) {
        auto& diagnostic = diagnostics_.error(code, {token.span.file, last_.end, last_.end},
                                              "expected {} before the end of the line", wanted);
        if (is_unfinished(tokens_[at_ - 1].kind))
            diagnostic.help("a line cannot continue on the next one; join them");
        return &diagnostic;
    }
    if (token.kind == TokenKind::end) {
        return &diagnostics_.error(code, token.span, "expected {} before the end of the file",
                                   wanted);
    }
    return &diagnostics_.error(code, token.span, "expected {}, found `{}`", wanted, token.text);
}

std::optional<Identifier> Parser::identifier(std::string_view what) {
    if (!sees(TokenKind::identifier)) {
        if (sees(TokenKind::number)) {
            diagnostics_.error("CM0107", peek().span, "{} must not start with a digit", what);
        } else {
            unexpected(what);
        }
        return std::nullopt;
    }
    auto const& token = take();
    check_letters(token, what);
    return Identifier{token.text, token.span};
}

void Parser::check_letters(Token const& token, std::string_view what) {
    auto const first = token.text.front();
    auto const dash = token.text.find('-');
    auto const is_digit = first >= '0' && first <= '9';
    if ((is_digit && has_strict_names_) || first == '_') {
        diagnostics_
            .error("CM0107", token.span, "{} must start with a letter, not with `{}`", what, first)
            .help("rename it; `@map` and `@@map` give it any name in the database");
    } else if (dash != std::string_view::npos && has_strict_names_) {
        auto const at = token.span.begin + static_cast<std::uint32_t>(dash);
        diagnostics_.error("CM0107", {token.span.file, at, at + 1}, "{} must not contain `-`", what)
            .help("write `_` instead; `@map` and `@@map` give it any name in the database");
    }
}

bool Parser::end_of_member(std::string_view what) {
    if (sees(TokenKind::newline) || sees(TokenKind::end)) return true;
    if (sees(TokenKind::close_brace)) return true;  // `member` reports it
    if (auto* const diagnostic = unexpected("the end of the line", "CM0108")) {
        diagnostic->help("each {} must be on its own line", what);
    }
    skip_to_line_end();
    return false;
}

std::optional<Block> Parser::block() {
    Block block{};
    auto const& begin = peek();
    if (!starts_block()) {
        unknown_keyword();
        return std::nullopt;
    }
    take();
    has_strict_names_ = *members_of(begin.text) != Members::properties;
    block.keyword = {begin.text, begin.span};
    block.name = *identifier(fmt::format("the name of {}", with_article(begin.text)));
    auto const& open = take();
    members(block, open);
    block.span = join(begin.span, last_);
    return block;
}

bool Parser::starts_block() const {
    return sees(TokenKind::identifier) && members_of(peek().text) &&
           peek(1).kind == TokenKind::identifier && peek(2).kind == TokenKind::open_brace;
}

void Parser::unknown_keyword() {
    auto const word = peek();
    if (word.kind == TokenKind::identifier && members_of(word.text)) {
        take();
        if (peek().kind != TokenKind::identifier) {
            unexpected(fmt::format("the name of {}", with_article(word.text)));
        } else {
            take();
            if (auto* const diagnostic = unexpected("`{`")) {
                diagnostic->help("write `{} Name {{` on one line", word.text);
            }
        }
        return skip_block();
    }
    std::vector<std::string_view> names{};
    for (auto const& keyword : keywords) names.push_back(keyword.name);
    if (word.kind == TokenKind::identifier) {
        auto& diagnostic =
            diagnostics_.error("CM0109", word.span, "`{}` does not start a block", word.text);
        if (auto const meant = did_you_mean(word.text, names)) {
            diagnostic.help("did you mean `{}`?", *meant);
        } else {
            diagnostic.help(
                "a block starts with `model`, `enum`, `view`, `datasource` or `generator`");
        }
    } else {
        unexpected("`model`, `enum`, `view`, `datasource` or `generator`", "CM0109");
    }
    skip_block();
}

/// Over the rest of the line and, if it opens braces, over all that is inside.
void Parser::skip_block() {
    std::size_t depth = 0;
    while (!sees(TokenKind::end)) {
        if (sees(TokenKind::newline) && depth == 0) {
            // The brace may stand on the next line.
            if (peek(1).kind != TokenKind::open_brace) return;
        }
        if (sees(TokenKind::open_brace)) ++depth;
        if (sees(TokenKind::close_brace) && depth > 0 && --depth == 0) {
            take();
            return;
        }
        take();
        if (depth > 0 && sees(TokenKind::newline)) {
            take();
            if (starts_block()) return;
        }
    }
}

/// Prisma reads over what stands behind `{`. So do we, unless the block ends there: then it was
/// meant to count.
void Parser::rest_of_header(Block& block) {
    if (sees(TokenKind::newline) || sees(TokenKind::end)) return;
    auto const first = peek();
    skip_to_line_end();
    if (sees(TokenKind::close_brace) && block_goes_on()) take();
    auto const help =
        fmt::format("the first line of {} ends with `{{`", with_article(block.keyword.text));
    if (!sees(TokenKind::close_brace)) {
        diagnostics_.warning("CM0108", join(first.span, last_), "anything after `{{` is ignored")
            .help("{}", help);
        return;
    }
    block.has_errors = true;
    if (closes_below() && members_of(block.keyword.text) == Members::fields) {
        return report_unread(block, first, help);
    }
    diagnostics_.error("CM0108", first.span, "expected the end of the line, found `{}`", first.text)
        .help("{}", help);
}

void Parser::members(Block& block, Token const& open) {
    block_is_closed_ = false;
    rest_of_header(block);
    while (!block_is_closed_) {
        skip_lines();
        if (take_if(TokenKind::close_brace)) return;
        if (sees(TokenKind::end) || starts_block()) {
            report_unclosed(block, open);
            block.has_errors = block.is_open = true;
            return;
        }
        member(block);
        if (limit(++member_count_, maximum_members, "lines")) {
            block.has_errors = true;
            return;
        }
    }
}

void Parser::member(Block& block) {
    auto const findings = diagnostics_.count();
    auto const first = at_;
    if (sees(TokenKind::double_at)) {
        if (attribute(block.attributes) && !end_of_member("block attribute"))
            block.attributes.pop_back();
    } else {
        switch (*members_of(block.keyword.text)) {
            case Members::fields:
                field(block);
                break;
            case Members::values:
                enum_value(block);
                break;
            case Members::properties:
                property(block);
                break;
        }
    }
    if (sees(TokenKind::close_brace)) close_on_line(block, tokens_[first].span.begin);
    // Bytes that the lexer has refused stand in front of all other findings; they too make lines
    // unreadable.
    auto const is_unreadable =
        std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(first),
                    tokens_.begin() + static_cast<std::ptrdiff_t>(at_),
                    [](Token const& token) { return token.kind == TokenKind::invalid; });
    block.has_errors = block.has_errors || is_unreadable || diagnostics_.count() > findings;
}

Document parse(SourceMap const& sources, std::vector<FileId> const& files,
               Diagnostics& diagnostics) {
    Document document{};
    for (auto const file : files) {
        auto tokens = tokenize(sources, file, diagnostics);
        auto const comments = read_rename_comments(tokens, diagnostics);
        auto blocks = Parser(std::move(tokens), *document.texts, diagnostics).run();
        attach(comments, blocks, diagnostics);
        std::move(blocks.begin(), blocks.end(), std::back_inserter(document.blocks));
    }
    return document;
}

}  // namespace cm::dsl

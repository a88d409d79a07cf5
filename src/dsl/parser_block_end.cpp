// Where a block ends, and what is to blame if it does not.
#include "base/text.hpp"
#include "dsl/parser.hpp"

namespace cm::dsl {

namespace {

template <class Member>
void forget_from(std::uint32_t line, std::vector<Member>& members) {
    if (!members.empty() && members.back().span.begin >= line) members.pop_back();
}

}  // namespace

/// Whether the lines behind a `}` read as if they belonged to the block, and are closed themselves.
bool Parser::block_goes_on() const {
    auto next = at_ + 1;
    while (next < tokens_.size() && tokens_[next].kind == TokenKind::newline) ++next;
    auto const starts_other = next + 2 < tokens_.size() && members_of(tokens_[next].text) &&
                              tokens_[next + 2].kind == TokenKind::open_brace;
    return !starts_other && tokens_[next].kind != TokenKind::end && closes_below();
}

bool Parser::closes_block(std::size_t token) const {
    return tokens_[token].kind == TokenKind::close_brace &&
           tokens_[token - 1].kind == TokenKind::newline;
}

std::size_t Parser::find_last_close() const {
    auto last = tokens_.size() - 1;
    while (last > 0 && !closes_block(last)) --last;
    return last;
}

/// Prisma takes the lines below a block that is not closed for lines of it, and blames it for two
/// primary keys if it has one in front of `end` and they bring one more.
bool Parser::has_other_key(Block const& block, std::uint32_t end) const {
    auto const has_key = [end](std::vector<Attribute> const& attributes) {
        return std::any_of(attributes.begin(), attributes.end(), [end](Attribute const& it) {
            return it.name.text == "id" && it.span.begin < end;
        });
    };
    auto const has_one =
        has_key(block.attributes) ||
        std::any_of(block.fields.begin(), block.fields.end(),
                    [&](FieldDeclaration const& field) { return has_key(field.attributes); });
    if (!has_one) return false;
    for (auto i = at_ + 1; i < tokens_.size() && !closes_block(i); ++i) {
        auto const is_attribute =
            tokens_[i - 1].kind == TokenKind::at || tokens_[i - 1].kind == TokenKind::double_at;
        if (is_attribute && tokens_[i].text == "id") return true;
    }
    return false;
}

/// Where a later line closes the block, its first foreign line is to blame, else the block itself.
void Parser::report_unclosed(Block const& block, Token const& open) {
    auto const next = peek().span;
    auto const next_is_blamed = closes_below() && !has_other_key(block, next.begin);
    auto const missing = Span{next.file, next.begin, next.begin};
    diagnostics_
        .error("CM0110", next_is_blamed ? missing : open.span, "the {} `{}` is not closed",
               block.keyword.text, block.name.text)
        .label(next_is_blamed ? open.span : missing,
               next_is_blamed ? "opened here" : "it should be closed before this")
        .help("add `}}` on its own line");
}

/// The first token from there on that is no line end.
std::size_t Parser::next_line(std::size_t next) const {
    while (tokens_[next].kind == TokenKind::newline) ++next;
    return next;
}

/// A model on one line: what stands behind `{`, the `}` as well, Prisma does not read, and so it
/// blames the line below.
void Parser::report_unread(Block const& block, Token const& first, std::string_view help) {
    diagnostics_
        .error("CM0110", tokens_[next_line(at_ + 1)].span, "the {} `{}` is still open here",
               block.keyword.text, block.name.text)
        .label(first.span, "anything after `{` is ignored")
        .help("{}", help);
}

/// `}` behind a member, which begins at `line`. The block is taken as closed: that is what was
/// meant. A value on that line counts for as little as with Prisma, and a property unless the next
/// block, which Prisma takes for a part of this one, has it too.
void Parser::close_on_line(Block& block, std::uint32_t line) {
    auto const brace = take();
    auto const brace_is_blamed = closes_below() && !has_other_key(block, line);
    auto& diagnostic =
        diagnostics_.error("CM0108", brace_is_blamed ? brace.span : block.keyword.span,
                           "`}}` must be on its own line");
    if (!brace_is_blamed) diagnostic.label(brace.span, "this one does not close anything");
    diagnostic.help("each member of {} must be on its own line", with_article(block.keyword.text));
    if (members_of(tokens_[next_line(at_)].text) != Members::properties)
        forget_from(line, block.properties);
    forget_from(line, block.values);
    block_is_closed_ = true;
}

}  // namespace cm::dsl

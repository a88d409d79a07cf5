// See rename_comments.hpp. Formatters keep a comment at the end of a member's line, and one in a
// line of its own directly above a member or a block; nowhere else is one taken.
#include "dsl/rename_comments.hpp"

#include <algorithm>
#include <map>

namespace cm::dsl {
namespace {

constexpr std::string_view right_places =
    "write it above the block, at the end of the line of a field or value, or directly above that "
    "line";

/// Without slashes, and without the signs that close it.
std::string_view words_of(Token const& token) {
    auto text = token.text;
    auto const slashes = token.kind == TokenKind::documentation ? 3 : 2;
    text.remove_prefix(std::min<std::size_t>(slashes, text.size()));
    if (token.kind == TokenKind::block_comment && text.ends_with("*/")) text.remove_suffix(2);
    auto const end = text.find_last_not_of(" \t");
    return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

std::optional<FormerNames> read_comment(Token const& token, Diagnostics& diagnostics) {
    auto read = read_rename_comment(words_of(token));
    if (!read) return {};
    if (token.kind != TokenKind::comment) {
        diagnostics.error("CM0114", token.span, "a rename is said in a comment with two slashes")
            .help("write `// @renamed from NAME`: what has three slashes becomes documentation");
        return {};
    }
    if (!read->problem.empty()) {
        diagnostics.error("CM0114", token.span, "this comment cannot be read: {}", read->problem)
            .help(
                "write `// @renamed from NAME`; names in quotes may hold any character, older "
                "names follow after commas");
        return {};
    }
    return FormerNames{std::move(read->names), token.span};
}

/// The first word of the line below, if no blank line is between; other comments may be.
std::optional<std::size_t> word_below(Tokens const& tokens, std::size_t comment) {
    auto line_ends = 0;
    for (auto i = comment + 1; i < tokens.size(); ++i) {
        if (tokens[i].kind == TokenKind::end) return {};
        if (tokens[i].kind == TokenKind::newline) {
            if (++line_ends > 1) return {};
        } else if (is_comment(tokens[i].kind)) {
            line_ends = 0;
        } else {
            return i;
        }
    }
    return {};
}

/// The first and the last word before the comment on its line; none if it has the line to itself.
struct WordsBefore {
    std::size_t first{}, last{};
};

std::optional<WordsBefore> words_before(Tokens const& tokens, std::size_t comment) {
    std::optional<WordsBefore> found{};
    for (auto i = comment; i-- > 0 && !ends_line(tokens[i].kind);) {
        if (is_comment(tokens[i].kind)) continue;
        if (!found) found = WordsBefore{i, i};
        found->first = i;
    }
    return found;
}

bool is_brace(Token const& token) {
    return token.kind == TokenKind::open_brace || token.kind == TokenKind::close_brace;
}

/// What the comments are about, by the beginning of its line.
class Owners {
  public:
    explicit Owners(std::vector<Block>& blocks) {
        for (auto& block : blocks) {
            if (!can_be_renamed(block)) continue;
            add(block.keyword.span, block.former_names, true);
            for (auto& field : block.fields) add(field.name.span, field.former_names, false);
            for (auto& value : block.values) add(value.name.span, value.former_names, false);
        }
    }

    Boxed<FormerNames>* find(PlacedRename const& comment) {
        auto const found = owners_.find(comment.line_begin);
        if (found == owners_.end() || (found->second.is_block && comment.is_behind)) return nullptr;
        return found->second.names;
    }

  private:
    struct Owner {
        Boxed<FormerNames>* names{};
        bool is_block{};
    };

    static bool can_be_renamed(Block const& block) {
        auto const& keyword = block.keyword.text;
        // The file does not say what a view is, so that the migration that makes it renames it.
        return keyword == "model" || keyword == "enum";
    }

    void add(Span span, Boxed<FormerNames>& names, bool is_block) {
        owners_.emplace(span.begin, Owner{&names, is_block});
    }

    std::map<std::uint32_t, Owner> owners_{};
};

}  // namespace

std::vector<PlacedRename> read_rename_comments(Tokens const& tokens, Diagnostics& diagnostics) {
    std::vector<PlacedRename> placed{};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!is_comment(tokens[i].kind)) continue;
        auto former = read_comment(tokens[i], diagnostics);
        if (!former) continue;
        auto const before = words_before(tokens, i);
        if (before && is_brace(tokens[before->last])) {
            diagnostics
                .error("CM0114", tokens[i].span, "a rename cannot be said behind `{}`",
                       tokens[before->last].text)
                .help("{}: formatters move or delete what stands here", right_places);
            continue;
        }
        auto const word = before ? std::optional{before->first} : word_below(tokens, i);
        if (!word || is_brace(tokens[*word])) {
            diagnostics
                .error("CM0114", tokens[i].span, "this comment stands above nothing that it names")
                .help("{}", right_places);
            continue;
        }
        placed.push_back({std::move(*former), tokens[*word].span.begin, before.has_value()});
    }
    return placed;
}

void attach(std::vector<PlacedRename> const& comments, std::vector<Block>& blocks,
            Diagnostics& diagnostics) {
    if (comments.empty()) return;
    Owners owners{blocks};
    for (auto const& comment : comments) {
        auto* const names = owners.find(comment);
        if (names == nullptr) {
            diagnostics
                .error("CM0114", comment.former.span,
                       "this comment stands beside nothing that can be renamed")
                .help("{}", right_places);
        } else if (*names) {
            diagnostics.error("CM0114", comment.former.span, "this was given a former name already")
                .label((*names)->span, "here")
                .help("write one comment, with the older names after commas");
        } else {
            *names = comment.former;
        }
    }
}

}  // namespace cm::dsl

// See canonical_definition.hpp.
#include "sql/canonical_definition.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "sql/token.hpp"

namespace cm::sql {
namespace {

using Text = std::string_view;

struct Piece {
    Text text{};
    TokenKind kind{};
    bool follows_blank{};
    std::size_t partner{};  ///< of a bracket: where the other one stands; else where this one does
};

std::vector<Piece> pieces_of(Text script) {
    std::vector<Piece> pieces{};
    std::vector<std::size_t> open{};
    bool follows_blank = false;
    for (auto token = next_token(script, 0); token.kind != TokenKind::end;
         token = next_token(script, token.end)) {
        if (token.kind == TokenKind::blank) {
            follows_blank = true;
            continue;
        }
        auto const at = pieces.size();
        auto const text = script.substr(token.begin, token.end - token.begin);
        pieces.push_back({text, token.kind, follows_blank, at});
        follows_blank = false;
        if (token.kind != TokenKind::symbol) continue;
        if (text == "(" || text == "[") {
            open.push_back(at);
        } else if ((text == ")" || text == "]") && !open.empty()) {
            pieces[at].partner = open.back();
            pieces[open.back()].partner = at;
            open.pop_back();
        }
    }
    if (!pieces.empty() && pieces.back().text == ";") pieces.pop_back();
    return pieces;
}

/// A part of the definition, from `begin` up to `end`.
struct Range {
    std::size_t begin{};
    std::size_t end{};
};

class Canonical {
  public:
    explicit Canonical(Text script) : pieces_(pieces_of(script)) {}

    std::string text() {
        write({0, pieces_.size()});
        return std::move(text_);
    }

  private:
    bool is(std::size_t at, Text text) const {
        return at < pieces_.size() && pieces_[at].text == text &&
               pieces_[at].kind != TokenKind::name;
    }

    /// Behind the piece, or behind its closing bracket.
    std::size_t behind(std::size_t at) const { return std::max(pieces_[at].partner, at) + 1; }

    void write(Range range) {
        for (auto at = range.begin; at < range.end;) at = write_piece(at);
    }

    /// Writes the piece, with more where they belong together; returns where to go on.
    std::size_t write_piece(std::size_t at) {
        if (auto const cast = cast_array(at)) {
            if (pieces_[at].follows_blank) add_blank();
            write_cast(cast->array, cast->type);
            return cast->end;
        }
        add(at);
        auto const group = grouped_first_operand(at);
        if (!group) return at + 1;
        auto innermost = *group;
        while (auto const deeper = grouped_first_operand(innermost)) innermost = *deeper;
        write({innermost + 1, pieces_[innermost].partner});
        for (auto inner = innermost; inner != *group; --inner) {
            write({pieces_[inner].partner + 1, pieces_[inner - 1].partner});
        }
        return pieces_[*group].partner + 1;
    }

    void add(std::size_t at) {
        if (pieces_[at].follows_blank) add_blank();
        text_ += pieces_[at].text;
    }

    void add_blank() {
        if (!text_.empty()) text_ += ' ';
    }

    struct CastArray {
        Range array{};  ///< ARRAY[…]
        Range type{};   ///< that of an element
        std::size_t end{};
    };

    /// `(ARRAY[…])::type[]`, if it begins there.
    std::optional<CastArray> cast_array(std::size_t at) const {
        if (!is(at, "(") || !is(at + 1, "ARRAY") || !is(at + 2, "[")) return {};
        auto const end = pieces_[at].partner;
        if (pieces_[at + 2].partner + 1 != end || !is(end + 1, ":") || !is(end + 2, ":")) return {};
        auto const type = end + 3;
        for (auto last = type; last < pieces_.size(); last = behind(last)) {
            if (is(last, "[") && is(last + 1, "]")) {
                return CastArray{{at + 1, end}, {type, last}, last + 2};
            }
            auto const kind = pieces_[last].kind;
            auto const is_of_type = (kind == TokenKind::word && !is(last, "ARRAY")) ||
                                    kind == TokenKind::name || is(last, ".") || is(last, "(");
            if (!is_of_type) break;
        }
        return {};
    }

    /// Each element under the cast; those of a list in a list, for they are cast as it is.
    void write_cast(Range array, Range type) {
        text_ += "ARRAY[";
        auto const end = array.end - 1;
        for (auto at = array.begin + 2; at < end;) {
            auto element = Range{at, at};
            while (element.end < end && !is(element.end, ",")) element.end = behind(element.end);
            pieces_[at].follows_blank = false;
            if (is(at, "ARRAY") && is(at + 1, "[") && behind(at + 1) == element.end) {
                write_cast(element, type);
            } else {
                text_ += '(';
                write(element);
                text_ += ")::";
                write(type);
            }
            at = element.end + 1;
            if (element.end < end) text_ += ", ";
        }
        text_ += ']';
    }

    /// `((… AND …) AND …)`: where the inner group begins, if there is one of the same kind.
    std::optional<std::size_t> grouped_first_operand(std::size_t at) const {
        if (!is(at, "(") || !is(at + 1, "(")) return {};
        auto const behind_inner = pieces_[at + 1].partner + 1;
        for (auto const* const logical : {"AND", "OR"}) {
            if (is(behind_inner, logical) && is_joined_by(at + 1, logical)) return at + 1;
        }
        return {};
    }

    /// True if the group is operands with this between them. PostgreSQL puts each operand that has
    /// several parts in parentheses, but for CASE, whose own parts have them.
    bool is_joined_by(std::size_t group, Text logical) const {
        if (is(group + 1, "SELECT") || is(group + 1, "WITH") || is(group + 1, "VALUES")) {
            return false;
        }
        auto const end = pieces_[group].partner;
        for (auto at = group + 1; at < end; at = behind(at)) {
            if (is(at, logical)) return true;
        }
        return false;
    }

    std::vector<Piece> pieces_{};
    std::string text_{};
};

}  // namespace

std::string canonical_definition(Text printed) {
    return Canonical{printed}.text();
}

bool are_same_definitions(std::string_view a, std::string_view b) {
    return a == b || canonical_definition(a) == canonical_definition(b);
}

}  // namespace cm::sql

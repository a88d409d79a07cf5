// See block.hpp.
#include "dsl/format/block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "dsl/format/member.hpp"
#include "dsl/parser.hpp"

namespace cm::dsl {

namespace {

constexpr std::string_view indentation = "  ";

struct Blank {};

/// A line that stays between the rows: a comment, or what could not be read.
struct Between {
    std::string text{};
    std::optional<Comment> comment{};
};

using Item = std::variant<Blank, Between, Row, BlockAttributeLine>;

bool is_attribute(Item const& item) {
    return std::holds_alternative<BlockAttributeLine>(item);
}

/// Comments right above an attribute of the block go where it goes.
void take_comments(std::vector<Item>& items, BlockAttributeLine& attribute) {
    auto const is_comment = [&] {
        auto const* const between = items.empty() ? nullptr : std::get_if<Between>(&items.back());
        return between != nullptr && between->comment;
    };
    while (is_comment()) {
        attribute.comments.insert(attribute.comments.begin(),
                                  *std::get<Between>(items.back()).comment);
        items.pop_back();
    }
}

void add_attribute(std::vector<Item>& items, BlockAttributeLine attribute) {
    take_comments(items, attribute);
    if (!items.empty() && std::holds_alternative<Blank>(items.back())) items.pop_back();
    items.emplace_back(std::move(attribute));
}

/// An empty line that opens the block goes, but not one under attributes that are moved to the end:
/// Prisma removes that the next time.
void add_blank(std::vector<Item>& items) {
    if (!items.empty() && !std::holds_alternative<Blank>(items.back())) items.emplace_back(Blank{});
}

void add_comment(std::vector<Item>& items, Line const& line) {
    auto const* const above = items.empty() ? nullptr : std::get_if<Between>(&items.back());
    auto const comment = comment_of(line, above != nullptr && above->comment);
    items.emplace_back(Between{comment_text(comment, indentation), comment});
}

std::string unread_text(std::string_view text) {
    return fmt::format("{}{}{}", indentation, text, text.ends_with('\n') ? "" : "\n");
}

/// Reads to the line that closes the block; false if there is none.
bool read_items(std::string_view keyword, LineCursor& cursor, std::vector<Item>& items) {
    auto const has_attributes = *members_of(keyword) != Members::properties;
    while (!cursor.at_end()) {
        auto const line = cursor.line();
        if (line.closes_block()) return true;
        auto const start = cursor.place();
        cursor.pass(line);
        if (line.is_blank()) {
            add_blank(items);
        } else if (line.is_comment()) {
            add_comment(items, line);
        } else if (auto attribute = block_attribute(line); attribute && has_attributes) {
            add_attribute(items, std::move(*attribute));
        } else if (auto row = member_row(keyword, line)) {
            items.emplace_back(std::move(*row));
        } else {
            cursor.go_to(start);
            items.emplace_back(Between{unread_text(cursor.take_unread(line)), std::nullopt});
        }
    }
    return false;
}

std::vector<BlockAttributeLine> take_attributes(std::vector<Item>& items) {
    std::vector<BlockAttributeLine> attributes{};
    for (auto& item : items) {
        if (auto* const attribute = std::get_if<BlockAttributeLine>(&item)) {
            attributes.push_back(std::move(*attribute));
        }
    }
    std::erase_if(items, is_attribute);
    std::stable_sort(attributes.begin(), attributes.end(),
                     [](auto const& a, auto const& b) { return a.rank < b.rank; });
    return attributes;
}

void write_members(std::string& text, std::vector<Item>& items) {
    Table table{};
    for (auto& item : items) {
        if (auto* const row = std::get_if<Row>(&item)) {
            table.add(std::move(*row));
        } else if (auto* const between = std::get_if<Between>(&item)) {
            table.add(std::move(between->text));
        } else {
            table.flush(text, indentation);
            text += "\n";
        }
    }
    table.flush(text, indentation);
}

void write_attributes(std::string& text, std::vector<BlockAttributeLine> const& attributes) {
    if (!attributes.empty()) text += "\n";
    for (auto const& attribute : attributes) {
        for (auto const& comment : attribute.comments) text += comment_text(comment, indentation);
        text += fmt::format("{}{}\n", indentation, row_text(attribute.row, {}));
    }
}

}  // namespace

bool is_block_header(Line const& line) {
    auto const& tokens = line.tokens;
    return tokens.size() >= 3 && tokens[0].kind == TokenKind::identifier &&
           members_of(tokens[0].text) && tokens[1].kind == TokenKind::identifier &&
           !tokens[1].text.starts_with('_') && tokens[2].kind == TokenKind::open_brace;
}

bool is_foreign_header(Line const& line) {
    auto const& tokens = line.tokens;
    auto const is_word =
        tokens[0].kind == TokenKind::identifier || tokens[0].kind == TokenKind::number;
    return tokens.size() >= 2 && is_word && !tokens[0].text.starts_with('_') &&
           tokens[1].kind == TokenKind::open_brace;
}

std::optional<std::string> take_block(LineCursor& cursor, Line const& header) {
    if (cursor.is_behind_last_brace()) return std::nullopt;
    auto const start = cursor.place();
    auto const keyword = header.tokens[0].text;
    // What stands behind `{` is lost: Prisma does so, and the text is to be the same.
    auto text = fmt::format("{} {} {{\n", keyword, header.tokens[1].text);
    cursor.take_unread(header);
    std::vector<Item> items{};
    if (!read_items(keyword, cursor, items)) {
        cursor.go_to(start);
        return std::nullopt;
    }
    while (!items.empty() && std::holds_alternative<Blank>(items.back())) items.pop_back();
    auto const attributes = take_attributes(items);
    write_members(text, items);
    write_attributes(text, attributes);
    return text + "}\n";
}

}  // namespace cm::dsl

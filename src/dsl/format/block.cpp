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
    std::optional<Token> comment{};
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

std::vector<Item> read_items(std::string_view keyword, std::span<Line const> lines) {
    std::vector<Item> items{};
    auto const has_attributes = *members_of(keyword) != Members::properties;
    for (auto const& line : lines) {
        if (line.is_blank()) {
            // Prisma keeps an empty line at the start if attributes stood above it, and removes it
            // the next time; here it goes at once.
            auto const is_first = std::all_of(items.begin(), items.end(), is_attribute);
            if (!is_first && !std::holds_alternative<Blank>(items.back()))
                items.emplace_back(Blank{});
        } else if (line.is_comment()) {
            auto const& comment = line.tokens.front();
            items.emplace_back(Between{comment_text(comment, indentation), comment});
        } else if (auto attribute = block_attribute(line); attribute && has_attributes) {
            add_attribute(items, std::move(*attribute));
        } else if (auto row = member_row(keyword, line)) {
            items.emplace_back(std::move(*row));
        } else {
            items.emplace_back(Between{unread_text(line, indentation), std::nullopt});
        }
    }
    while (!items.empty() && std::holds_alternative<Blank>(items.back())) items.pop_back();
    return items;
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
    auto const is_header = tokens.size() >= 3 && tokens[0].kind == TokenKind::identifier &&
                           members_of(tokens[0].text) && tokens[1].kind == TokenKind::identifier &&
                           !tokens[1].text.starts_with('_') &&
                           tokens[2].kind == TokenKind::open_brace;
    if (!is_header || tokens.size() == 3) return is_header;
    return tokens.size() == 4 &&
           (tokens[3].kind == TokenKind::comment || tokens[3].kind == TokenKind::documentation);
}

std::string block_text(Line const& header, std::span<Line const> members) {
    auto const keyword = header.tokens[0].text;
    // A comment behind `{` is lost: Prisma does so, and the text is to be the same.
    auto text = fmt::format("{} {} {{\n", keyword, header.tokens[1].text);
    auto items = read_items(keyword, members);
    auto const attributes = take_attributes(items);
    write_members(text, items);
    write_attributes(text, attributes);
    return text + "}\n";
}

}  // namespace cm::dsl

// See member.hpp.
#include "dsl/format/member.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "dsl/format/line_reader.hpp"
#include "dsl/parser.hpp"

namespace cm::dsl {

namespace {

// Prisma's order, of fields and blocks alike; what is not named here follows in the order of the
// text.
constexpr std::array<std::string_view, 9> order{
    "id", "unique", "default", "updatedAt", "index", "fulltext", "map", "relation", "ignore"};

std::size_t rank_of(std::string_view name) {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), name) - order.begin());
}

bool stands_before(WrittenAttribute const& first, WrittenAttribute const& second) {
    return rank_of(first.name) < rank_of(second.name);
}

std::vector<std::string> texts(std::vector<WrittenAttribute> const& attributes) {
    std::vector<std::string> all{};
    for (auto const& attribute : attributes) all.push_back(attribute.text);
    return all;
}

std::optional<Row> field_row(LineReader reader) {
    auto const name = reader.identifier();
    if (!name) return std::nullopt;
    reader.take_if(TokenKind::colon);
    Row row{{*name}, {}};
    if (reader.sees(TokenKind::identifier) || reader.sees(TokenKind::open_bracket)) {
        auto type = reader.type();
        if (!type) return std::nullopt;
        row.columns.push_back(std::move(*type));
    }
    auto attributes = reader.attributes();
    auto const comment = reader.end();
    if (!attributes || !comment) return std::nullopt;
    std::stable_sort(attributes->begin(), attributes->end(), stands_before);
    if (!attributes->empty()) {
        row.columns.resize(2);  // the type may be missing
        row.columns.push_back(fmt::format("{}", fmt::join(texts(*attributes), " ")));
    }
    row.comment = *comment;
    return row;
}

std::optional<Row> value_row(LineReader reader) {
    auto const name = reader.identifier();
    if (!name) return std::nullopt;
    auto const attributes = reader.attributes();
    auto const comment = reader.end();
    if (!attributes || !comment) return std::nullopt;
    Row row{{*name}, *comment};
    // Prisma puts no space between the attributes of an enum's value.
    if (!attributes->empty()) {
        row.columns.push_back(fmt::format("{}", fmt::join(texts(*attributes), "")));
    }
    return row;
}

std::optional<Row> property_row(LineReader reader) {
    auto const name = reader.identifier();
    if (!name) return std::nullopt;
    Row row{{*name}, {}};
    if (!reader.take_if(TokenKind::equals)) return std::nullopt;
    if (!reader.end()) {
        auto const value = reader.value();
        if (!value) return std::nullopt;
        row.columns.push_back(fmt::format("= {}", *value));
    }
    auto const comment = reader.end();
    if (!comment) return std::nullopt;
    row.comment = *comment;
    return row;
}

}  // namespace

std::optional<Row> member_row(std::string_view keyword, Line const& line) {
    switch (*members_of(keyword)) {
        case Members::fields:
            return field_row(LineReader(line));
        case Members::values:
            return value_row(LineReader(line));
        case Members::properties:
            return property_row(LineReader(line));
    }
    return std::nullopt;
}

std::optional<BlockAttributeLine> block_attribute(Line const& line) {
    LineReader reader(line);
    auto attribute = reader.attribute(TokenKind::double_at);
    auto const comment = reader.end();
    if (!attribute || !comment) return std::nullopt;
    return BlockAttributeLine{{}, {{attribute->text}, *comment}, rank_of(attribute->name)};
}

}  // namespace cm::dsl

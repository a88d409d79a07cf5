// Without recursion: each level of a tree would take stack.
#include "sql/tree_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/assert.hpp"

namespace cm::sql {
namespace {

using Json = nlohmann::json;

class TreeReader {
  public:
    explicit TreeReader(std::string_view text) : text_(text) {}

    Json read() {
        Json tree{};
        begin_value(tree);
        while (!open_.empty()) {
            if (text_[at_] == ',') ++at_;
            auto& parent = *open_.back();
            if (parent.is_object()) {
                next_member(parent);
            } else {
                next_element(parent);
            }
        }
        return tree;
    }

  private:
    char peek() const {
        CM_ASSERT(at_ < text_.size());
        return text_[at_];
    }

    void expect(char c) {
        CM_ASSERT(peek() == c);
        ++at_;
    }

    void next_member(Json& parent) {
        if (peek() == '}') return close();
        auto key = string();
        expect(':');
        auto& members = parent.get_ref<Json::object_t&>();
        begin_value(members.emplace(std::move(key), Json{}).first->second);
    }

    void next_element(Json& parent) {
        if (peek() == ']') return close();
        auto& elements = parent.get_ref<Json::array_t&>();
        elements.emplace_back();
        begin_value(elements.back());
    }

    void close() {
        ++at_;
        open_.pop_back();
    }

    /// A whole scalar, or the bracket of a list or object, which is then the one that is open.
    void begin_value(Json& into) {
        switch (peek()) {
            case '{':
                ++at_;
                into = Json::object();
                open_.push_back(&into);
                return;
            case '[':
                ++at_;
                into = Json::array();
                open_.push_back(&into);
                return;
            case '"':
                into = string();
                return;
            case 't':
                return word("true", into, true);
            case 'f':
                return word("false", into, false);
            case 'n':
                return word("null", into, nullptr);
            default:
                number(into);
        }
    }

    void word(std::string_view expected, Json& into, Json value) {
        CM_ASSERT(text_.substr(at_, expected.size()) == expected);
        at_ += expected.size();
        into = std::move(value);
    }

    void number(Json& into) {
        auto const end = std::min(text_.find_first_of(",}]", at_), text_.size());
        auto const digits = text_.substr(at_, end - at_);
        std::int64_t value{};
        auto const [rest, failed] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        auto const is_whole = failed == std::errc{} && rest == digits.data() + digits.size();
        at_ = end;
        if (!is_whole) {
            into = Json::parse(digits);
        } else if (value < 0) {
            into = value;
        } else {
            into = static_cast<std::uint64_t>(value);
        }
    }

    std::string string() {
        expect('"');
        std::string value{plain_piece()};
        while (peek() != '"') {
            escape(value);
            value += plain_piece();
        }
        ++at_;
        return value;
    }

    /// Up to a quotation mark or a backslash; most strings are shorter than a search by library
    /// takes to begin.
    std::string_view plain_piece() {
        auto const begin = at_;
        while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\') ++at_;
        return text_.substr(begin, at_ - begin);
    }

    /// Escapes are rare: one is read as any reader would.
    void escape(std::string& value) {
        auto const length = text_.substr(at_ + 1, 1) == "u" ? std::size_t{6} : std::size_t{2};
        auto const quoted = '"' + std::string{text_.substr(at_, length)} + '"';
        value += Json::parse(quoted).get<std::string>();
        at_ += length;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Json*> open_{};
};

}  // namespace

nlohmann::json read_tree(std::string_view text) {
    return TreeReader{text}.read();
}

}  // namespace cm::sql

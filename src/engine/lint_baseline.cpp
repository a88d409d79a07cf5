// Edits the text, so that comments and layout stay: the JSON library would drop both.
#include "engine/lint_baseline.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

namespace cm::engine {
namespace {

/// A value in a JSON text: bytes [begin, end).
struct ValuePlace {
    std::size_t begin{};
    std::size_t end{};
};

/// Walks a JSON text with comments, which has been parsed before and so is well-formed.
class JsonCursor {
  public:
    explicit JsonCursor(std::string_view text) : text_(text) {}

    /// The value of a key of the object that begins at `object`; none if it has no such key.
    std::optional<ValuePlace> find(std::size_t object, std::string_view key) {
        auto at = skip_blanks(object + 1);
        while (at < text_.size() && text_[at] == '"') {
            auto const key_end = skip_string(at);
            auto const name = text_.substr(at + 1, key_end - at - 2);
            auto const begin = skip_blanks(skip_blanks(key_end) + 1);
            auto const end = skip_value(begin);
            if (name == key) return ValuePlace{begin, end};
            at = skip_blanks(end);
            if (at < text_.size() && text_[at] == ',') at = skip_blanks(at + 1);
        }
        return {};
    }

    bool is_empty(std::size_t object) const { return text_[skip_blanks(object + 1)] == '}'; }

    std::size_t skip_blanks(std::size_t at) const {
        for (;;) {
            at = std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
            auto const two = text_.substr(at, 2);
            if (two != "//" && two != "/*") return at;
            auto const end = text_.find(two == "//" ? "\n" : "*/", at);
            if (end == std::string_view::npos) return text_.size();
            at = end + (two == "//" ? 1 : 2);
        }
    }

  private:
    std::size_t skip_string(std::size_t at) const {
        for (++at; at < text_.size() && text_[at] != '"'; ++at) at += text_[at] == '\\' ? 1 : 0;
        return at + 1;
    }

    std::size_t skip_value(std::size_t at) const {
        if (text_[at] == '"') return skip_string(at);
        if (text_[at] != '{' && text_[at] != '[') return text_.find_first_of(",}] \t\r\n/", at);
        int depth = 0;
        while (at < text_.size()) {
            if (text_[at] == '"') {
                at = skip_string(at);
            } else {
                depth += text_[at] == '{' || text_[at] == '[' ? 1 : 0;
                depth -= text_[at] == '}' || text_[at] == ']' ? 1 : 0;
                ++at;
                if (depth == 0) return at;
            }
            at = skip_blanks(at);
        }
        return at;
    }

    std::string_view text_;
};

std::string inserted(std::string_view text, std::size_t at, std::string const& what) {
    return std::string{text.substr(0, at)} + what + std::string{text.substr(at)};
}

}  // namespace

std::string with_lint_baseline(std::string_view text, std::string_view name) {
    auto const value = nlohmann::json(std::string{name}).dump();
    JsonCursor cursor(text);
    auto const root = cursor.skip_blanks(0);
    if (root >= text.size()) {
        return fmt::format("{{\n    \"lint\": {{ \"baseline\": {} }}\n}}\n", value);
    }
    auto const lint = cursor.find(root, "lint");
    if (!lint) {
        return inserted(text, root + 1,
                        fmt::format("\n    \"lint\": {{ \"baseline\": {} }}{}", value,
                                    cursor.is_empty(root) ? "" : ","));
    }
    if (auto const baseline = cursor.find(lint->begin, "baseline")) {
        return std::string{text.substr(0, baseline->begin)} + value +
               std::string{text.substr(baseline->end)};
    }
    return inserted(
        text, lint->begin + 1,
        fmt::format(" \"baseline\": {}{}", value, cursor.is_empty(lint->begin) ? " " : ","));
}

}  // namespace cm::engine

// The escapes are those of JSON.
#include "dsl/string_literal.hpp"

#include <charconv>

#include "base/utf8.hpp"
#include "dsl/characters.hpp"

namespace cm::dsl {

namespace {

struct Escape {
    char letter{};
    char meaning{};
};

constexpr Escape escapes[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'},  {'b', '\b'},
                              {'f', '\f'}, {'"', '"'},  {'\\', '\\'}, {'/', '/'}};

class Unescaper {
  public:
    Unescaper(std::string_view body, Span span, Diagnostics& diagnostics)
        : body_(body), span_(span), diagnostics_(diagnostics) {}

    std::string run() {
        while (at_ < body_.size()) {
            if (body_[at_] == '\\' && at_ + 1 < body_.size()) {
                escape();
            } else {
                result_ += body_[at_++];
            }
        }
        return std::move(result_);
    }

  private:
    void escape() {
        auto const letter = body_[at_ + 1];
        if (letter == 'u') return unicode();
        for (auto const& entry : escapes) {
            if (entry.letter != letter) continue;
            result_ += entry.meaning;
            at_ += 2;
            return;
        }
        auto const length = 1 + std::max(utf8::decode(body_, at_ + 1).length, 1U);
        diagnostics_
            .error("CM0105", part(length), "unknown escape sequence `{}`",
                   body_.substr(at_, length))
            .help("write `\\\\` for a backslash");
        at_ += length;
    }

    void unicode() {
        auto code = hexadecimal(at_ + 2);
        std::uint32_t length = 6;
        if (code && *code >= 0xD800 && *code <= 0xDBFF &&
            body_.substr(at_ + 6).starts_with("\\u")) {
            auto const low = hexadecimal(at_ + 8);
            length = 12;
            code = low && *low >= 0xDC00 && *low <= 0xDFFF
                       ? std::optional(0x10000 + ((*code - 0xD800) << 10U) + (*low - 0xDC00))
                       : std::nullopt;
        }
        length = std::min(length, static_cast<std::uint32_t>(body_.size() - at_));
        if (code == 0U) {
            diagnostics_
                .error("CM0105", part(length), "PostgreSQL text cannot contain `{}`",
                       body_.substr(at_, length))
                .help("leave it out");
        } else if (code && (*code < 0xD800 || *code > 0xDFFF)) {
            utf8::append(result_, *code);
        } else {
            diagnostics_
                .error("CM0105", part(length), "`{}` does not name a character",
                       body_.substr(at_, length))
                .help("write `\\u` and four hexadecimal digits, as in `\\u00e9`");
        }
        at_ += length;
    }

    std::optional<std::uint32_t> hexadecimal(std::size_t at) const {
        if (at + 4 > body_.size()) return std::nullopt;
        std::uint32_t code = 0;
        auto const* const begin = body_.data() + at;
        auto const [end, problem] = std::from_chars(begin, begin + 4, code, 16);
        if (problem != std::errc{} || end != begin + 4) return std::nullopt;
        return code;
    }

    Span part(std::uint32_t length) const {
        auto const begin = span_.begin + 1 + static_cast<std::uint32_t>(at_);
        return {span_.file, begin, begin + length};
    }

    std::string_view body_{};
    Span span_{};
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::string result_{};
};

}  // namespace

std::string unescape(std::string_view token, Span span, Diagnostics& diagnostics) {
    return Unescaper(token.substr(1, token.size() - 2), span, diagnostics).run();
}

std::string escape(std::string_view text) {
    std::string literal = "\"";
    for (auto const character : text) {
        auto const* const found = std::find_if(
            std::begin(escapes), std::end(escapes),
            [&](Escape const& entry) { return entry.meaning == character && character != '/'; });
        if (found != std::end(escapes)) {
            literal += {'\\', found->letter};
        } else if (static_cast<unsigned char>(character) < 0x20) {
            literal += fmt::format("\\u{:04x}", static_cast<unsigned char>(character));
        } else {
            literal += character;
        }
    }
    return literal + '"';
}

}  // namespace cm::dsl

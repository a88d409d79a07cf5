// See script_text.hpp.
#include "history/script_text.hpp"

namespace cm::history {

std::string_view without_bom(std::string_view script) {
    if (script.starts_with(byte_order_mark)) {
        script.remove_prefix(byte_order_mark.size());
    }
    return script;
}

std::string with_line_feeds(std::string_view text) {
    std::string result{};
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && text.substr(i + 1, 1) == "\n") {
            continue;
        }
        result += text[i];
    }
    return result;
}

std::string with_carriage_returns(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        if (c == '\n') {
            result += '\r';
        }
        result += c;
    }
    return result;
}

}  // namespace cm::history

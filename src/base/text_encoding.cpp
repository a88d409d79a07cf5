// See text_encoding.hpp.
#include "base/text_encoding.hpp"

#include "base/diagnostic.hpp"

namespace cm {

std::string_view wide_encoding(std::string_view bytes) {
    using namespace std::literals;
    if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {
        return "UTF-32";
    }
    if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) {
        return "UTF-16";
    }
    // Without a mark: what such files begin with is ASCII, whose other bytes are zero.
    auto const is_zero = [&](std::size_t at) { return bytes.size() > at && bytes[at] == '\0'; };
    auto const is_other = [&](std::size_t at) { return bytes.size() > at && bytes[at] != '\0'; };
    if ((is_other(0) && is_zero(1) && is_zero(2) && is_zero(3)) ||
        (is_zero(0) && is_zero(1) && is_zero(2) && is_other(3))) {
        return "UTF-32";
    }
    if ((is_other(0) && is_zero(1)) || (is_zero(0) && is_other(1))) {
        return "UTF-16";
    }
    return {};
}

void require_utf8(std::string_view file_name, std::string_view bytes) {
    auto const encoding = wide_encoding(bytes);
    if (!encoding.empty()) {
        throw Failure(
            error("CM0061", "`{}` is {}, but must be UTF-8", file_name, encoding)
                .help("save it as UTF-8, for example with `iconv -f {} -t UTF-8`", encoding));
    }
}

std::string_view without_byte_order_mark(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
    }
    return text;
}

}  // namespace cm

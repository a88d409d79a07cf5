// See hidden_passwords.hpp.
#include "base/hidden_passwords.hpp"

#include <algorithm>
#include <array>

namespace cm {
namespace {

void cover(std::string& line, std::size_t begin, std::size_t end) {
    std::fill(line.begin() + static_cast<std::ptrdiff_t>(begin),
              line.begin() + static_cast<std::ptrdiff_t>(end), '*');
}

/// From behind `://` to the quote or blank that ends the URL.
void hide_in_url(std::string& line, std::size_t begin, std::size_t end) {
    std::string_view const url = std::string_view(line).substr(begin, end - begin);
    auto const at = url.rfind('@');
    auto const colon = url.find(':');
    auto const has_password = at != std::string_view::npos && colon < at;
    constexpr std::array<std::string_view, 3> secrets{"password=", "api_key=", "secret="};
    for (auto const secret : secrets) {
        for (auto found = url.find(secret); found != std::string_view::npos;
             found = url.find(secret, found + 1)) {
            auto const value = found + secret.size();
            cover(line, begin + value, begin + std::min(url.find('&', value), url.size()));
        }
    }
    if (has_password) {
        cover(line, begin + colon + 1, begin + at);
    }
}

}  // namespace

std::string with_passwords_hidden(std::string_view shown) {
    constexpr std::string_view mark = "://";
    std::string line(shown);
    for (auto at = line.find(mark); at != std::string::npos; at = line.find(mark, at)) {
        at += mark.size();
        auto const end = std::min(line.find_first_of("\"'` \t", at), line.size());
        hide_in_url(line, at, end);
        at = end;
    }
    return line;
}

}  // namespace cm

// Prisma's codes: https://www.prisma.io/docs/orm/reference/error-reference
#include "command/error_index.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.hpp"

namespace cm::command {
namespace {

struct PrismaCode {
    std::string_view code;
    std::array<std::string_view, 3> ours;  ///< empty ones at the end
};

constexpr std::array prisma_codes{
    PrismaCode{"P1000", {"CM0403"}},
    PrismaCode{"P1001", {"CM0402"}},
    PrismaCode{"P1002", {"CM0402", "CM0407", "CM0558"}},
    PrismaCode{"P1003", {"CM0404"}},
    PrismaCode{"P1008", {"CM0558"}},
    PrismaCode{"P1010", {"CM0403", "CM0406"}},
    PrismaCode{"P1011", {"CM0405"}},
    PrismaCode{"P1012", {"CM0401"}},
    PrismaCode{"P1013", {"CM0401"}},
    PrismaCode{"P1017", {"CM0408"}},
    PrismaCode{"P3000", {"CM0413"}},
    PrismaCode{"P3002", {"CM0511"}},
    PrismaCode{"P3003", {"CM0501"}},
    PrismaCode{"P3005", {"CM0514"}},
    PrismaCode{"P3006", {"CM0505"}},
    PrismaCode{"P3008", {"CM0521"}},
    PrismaCode{"P3009", {"CM0510"}},
    PrismaCode{"P3010", {"CM0503"}},
    PrismaCode{"P3011", {"CM0522"}},
    PrismaCode{"P3012", {"CM0522"}},
    PrismaCode{"P3014", {"CM0413", "CM0415"}},
    PrismaCode{"P3015", {"CM0556"}},
    PrismaCode{"P3017", {"CM0520"}},
    PrismaCode{"P3018", {"CM0504"}},
    PrismaCode{"P3019", {"CM0502"}},
    PrismaCode{"P4001", {"CM0530"}},
};

ErrorPage const* page_of(std::string_view code) {
    auto const* const found =
        std::find_if(std::begin(error_pages), std::end(error_pages),
                     [&](ErrorPage const& page) { return page.code == code; });
    return found == std::end(error_pages) ? nullptr : found;
}

/// `CM0504` of `504`, `cm504` and the like; empty if it is no code.
std::string full_code(std::string_view lower) {
    // `error[CM0214]: …`, as it is copied from a report.
    if (auto const at = lower.find("[cm");
        at != std::string_view::npos && lower.size() >= at + 8 && lower[at + 7] == ']') {
        lower = lower.substr(at + 1, 6);
    }
    if (lower.starts_with("cm")) lower.remove_prefix(2);
    auto const is_number =
        !lower.empty() && lower.size() <= 4 &&
        std::all_of(lower.begin(), lower.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_number ? "CM" + std::string(4 - lower.size(), '0') + std::string{lower}
                     : std::string{};
}

bool is_prisma_code(std::string_view lower) {
    return lower.size() == 5 && lower.front() == 'p' &&
           std::all_of(lower.begin() + 1, lower.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words{};
    while (!text.empty()) {
        auto const begin = std::min(text.find_first_not_of(" \t\n`,.:;()\"'"), text.size());
        text.remove_prefix(begin);
        auto const end = std::min(text.find_first_of(" \t\n`,.:;()\"'"), text.size());
        if (end > 0) words.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

bool has_all(std::string_view text, std::vector<std::string_view> const& words) {
    return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

}  // namespace

std::string_view title_of(ErrorPage const& page) {
    std::string_view line{page.text.substr(0, page.text.find('\n'))};
    auto const colon = line.find(": ");
    return colon == std::string_view::npos ? line : line.substr(colon + 2);
}

std::vector<ErrorPage const*> find_pages(std::string_view wanted) {
    auto const lower = to_lower(wanted);
    std::vector<ErrorPage const*> pages{};
    if (auto const code = full_code(lower); !code.empty()) {
        if (auto const* const page = page_of(code)) pages.push_back(page);
        return pages;
    }
    if (is_prisma_code(lower)) {
        for (auto const& [code, ours] : prisma_codes) {
            if (to_lower(code) != lower) continue;
            for (auto const& one : ours) {
                if (auto const* const page = page_of(one)) pages.push_back(page);
            }
        }
        return pages;
    }
    auto const words = words_of(lower);
    if (words.empty()) return pages;
    for (auto const& page : error_pages) {
        if (has_all(to_lower(title_of(page)), words)) pages.push_back(&page);
    }
    auto const in_title = pages.size();
    for (auto const& page : error_pages) {
        auto const is_there =
            std::find(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(in_title),
                      &page) != pages.begin() + static_cast<std::ptrdiff_t>(in_title);
        if (!is_there && has_all(to_lower(page.text), words)) pages.push_back(&page);
    }
    return pages;
}

}  // namespace cm::command

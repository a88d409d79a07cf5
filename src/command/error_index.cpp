// Prisma's codes: https://www.prisma.io/docs/orm/reference/error-reference
#include "command/error_index.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.hpp"

namespace cm::command {
namespace {

/// A code of Prisma's or PostgreSQL's.
struct ForeignCode {
    std::string_view code;
    std::array<std::string_view, 3> ours;  ///< empty ones at the end
};

constexpr std::array prisma_codes{
    ForeignCode{"P1000", {"CM0403"}},
    ForeignCode{"P1001", {"CM0402"}},
    ForeignCode{"P1002", {"CM0402", "CM0407", "CM0558"}},
    ForeignCode{"P1003", {"CM0404"}},
    ForeignCode{"P1008", {"CM0558"}},
    ForeignCode{"P1010", {"CM0403", "CM0406"}},
    ForeignCode{"P1011", {"CM0405"}},
    ForeignCode{"P1012", {"CM0401"}},
    ForeignCode{"P1013", {"CM0401"}},
    ForeignCode{"P1017", {"CM0408"}},
    ForeignCode{"P3000", {"CM0413"}},
    ForeignCode{"P3002", {"CM0511"}},
    ForeignCode{"P3003", {"CM0501"}},
    ForeignCode{"P3005", {"CM0514"}},
    ForeignCode{"P3006", {"CM0505"}},
    ForeignCode{"P3008", {"CM0521"}},
    ForeignCode{"P3009", {"CM0510"}},
    ForeignCode{"P3010", {"CM0503"}},
    ForeignCode{"P3011", {"CM0522"}},
    ForeignCode{"P3012", {"CM0522"}},
    ForeignCode{"P3014", {"CM0413", "CM0415"}},
    ForeignCode{"P3015", {"CM0556"}},
    ForeignCode{"P3017", {"CM0520"}},
    ForeignCode{"P3018", {"CM0504"}},
    ForeignCode{"P3019", {"CM0502"}},
    ForeignCode{"P4001", {"CM0530"}},
};

/// PostgreSQL's states, and their classes for those that are not named:
/// https://www.postgresql.org/docs/current/errcodes-appendix.html
constexpr std::array states{
    ForeignCode{"08001", {"CM0402"}},
    ForeignCode{"08004", {"CM0405"}},
    ForeignCode{"08", {"CM0408"}},
    ForeignCode{"22", {"CM0504", "CM0506"}},
    ForeignCode{"23", {"CM0504", "CM0506"}},
    ForeignCode{"25006", {"CM0548"}},
    ForeignCode{"28", {"CM0403"}},
    ForeignCode{"3D000", {"CM0404"}},
    ForeignCode{"40", {"CM0504", "CM0506"}},
    ForeignCode{"42", {"CM0504", "CM0506", "CM0505"}},
    ForeignCode{"53300", {"CM0405"}},
    ForeignCode{"53", {"CM0504", "CM0406"}},
    ForeignCode{"57014", {"CM0504", "CM0506", "CM0409"}},
    ForeignCode{"57P03", {"CM0405"}},
    ForeignCode{"57", {"CM0408"}},
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
    auto const is_number = lower.size() <= 4 && is_digits(lower);
    return is_number ? "CM" + std::string(4 - lower.size(), '0') + std::string{lower}
                     : std::string{};
}

bool is_prisma_code(std::string_view lower) {
    return lower.size() == 5 && lower.front() == 'p' && is_digits(lower.substr(1));
}

/// Five digits and letters, a digit among them.
bool is_state(std::string_view lower) {
    return lower.size() == 5 && std::any_of(lower.begin(), lower.end(), is_digit) &&
           std::all_of(lower.begin(), lower.end(),
                       [](char c) { return is_digit(c) || is_lower(c); });
}

std::vector<ErrorPage const*> pages_of(ForeignCode const& code) {
    std::vector<ErrorPage const*> pages{};
    for (auto const& one : code.ours) {
        if (auto const* const page = page_of(one)) pages.push_back(page);
    }
    return pages;
}

/// Of the state itself, or of its class (`wants_class`).
std::vector<ErrorPage const*> pages_of_state(std::string_view lower, bool wants_class) {
    if (!is_state(lower)) return {};
    auto const wanted = wants_class ? lower.substr(0, 2) : lower;
    auto const* const found = std::find_if(
        states.begin(), states.end(), [&](auto const& it) { return to_lower(it.code) == wanted; });
    return found == states.end() ? std::vector<ErrorPage const*>{} : pages_of(*found);
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
        auto const* const found =
            std::find_if(prisma_codes.begin(), prisma_codes.end(),
                         [&](auto const& it) { return to_lower(it.code) == lower; });
        return found == prisma_codes.end() ? pages : pages_of(*found);
    }
    if (pages = pages_of_state(lower, false); !pages.empty()) return pages;
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
    return pages.empty() ? pages_of_state(lower, true) : pages;
}

}  // namespace cm::command

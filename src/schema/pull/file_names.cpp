// See file_names.hpp.
#include "schema/pull/file_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"
#include "base/text.hpp"

namespace cm::schema {
namespace {

constexpr std::string_view plain_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

/// Windows has devices of these names in every folder.
bool is_device(std::string_view lower) {
    constexpr std::array<std::string_view, 6> names{"con", "prn",    "aux",
                                                    "nul", "conin$", "conout$"};
    if (std::find(names.begin(), names.end(), lower) != names.end()) return true;
    return lower.size() == 4 && (lower.starts_with("com") || lower.starts_with("lpt")) &&
           lower[3] >= '0' && lower[3] <= '9';
}

std::string encoded(char letter) {
    return fmt::format("%{:02X}", static_cast<unsigned char>(letter));
}

/// As in a URL: letters of other scripts stay.
std::string file_name(std::string_view name) {
    std::string result{};
    for (auto const letter : name) {
        auto const stays = static_cast<unsigned char>(letter) >= 0x80 ||
                           plain_letters.find(letter) != std::string_view::npos;
        result += stays ? std::string(1, letter) : encoded(letter);
    }
    return is_device(to_lower(result)) ? encoded(result.front()) + result.substr(1) : result;
}

}  // namespace

std::map<std::string, std::string> file_names(std::set<std::string> const& names,
                                              std::set<std::string> reserved) {
    // A name without capital letters keeps its own, whoever else comes and goes.
    std::vector<std::string> ordered{names.begin(), names.end()};
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](std::string const& name) { return to_lower(name) == name; });
    std::map<std::string, std::string> found{};
    for (auto const& name : ordered) {
        constexpr std::size_t enough = 8;
        auto result = file_name(name);
        if (reserved.contains(to_lower(result)))
            result += fmt::format("-{}", sha256(name).substr(0, enough));
        reserved.insert(to_lower(result));
        found.emplace(name, std::move(result));
    }
    return found;
}

}  // namespace cm::schema

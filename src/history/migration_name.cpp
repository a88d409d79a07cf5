// How a migration's folder is named: `20251122093000_add_user`. Declared in directory.hpp.
#include <algorithm>
#include <ctime>

#include "base/diagnostic.hpp"
#include "base/text.hpp"
#include "history/directory.hpp"

namespace cm::history {
namespace {

constexpr std::size_t timestamp_length = 14;
constexpr std::size_t longest_slug = 200;
constexpr std::size_t longest_file_name = 255;

/// Latin-1 letters (U+00C0 … U+00FF) without their accents; `_` where there is none.
constexpr std::string_view latin_letters[] = {
    "A", "A", "A", "A", "Ae", "A", "AE", "C", "E", "E", "E", "E", "I",  "I", "I",  "I",
    "D", "N", "O", "O", "O",  "O", "Oe", "_", "O", "U", "U", "U", "Ue", "Y", "TH", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "_", "o", "u", "u", "u", "ue", "y", "th", "y"};

std::string without_accents(std::string_view name) {
    std::string result{};
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\xC3' && i + 1 < name.size()) {
            result += latin_letters[static_cast<unsigned char>(name[++i]) & 0x3FU];
        } else {
            result += name[i];
        }
    }
    return result;
}

/// A new word starts at `i`: addUser, addUSERName, USER2. A plural like `IDs` stays one.
bool word_starts(std::string_view text, std::size_t i) {
    char const before = text[i - 1];
    char const here = text[i];
    char const after = i + 1 < text.size() ? text[i + 1] : ' ';
    if (is_upper(here) && (is_lower(before) || is_digit(before))) {
        return true;
    }
    if (is_upper(here) && is_upper(before)) {
        return (is_lower(after) && after != 's');
    }
    return is_digit(here) && is_upper(before) && i >= 2 && is_upper(text[i - 2]);
}

std::time_t parse(std::string_view timestamp) {
    std::tm time{};
    auto const number = [&](std::size_t at, std::size_t length) {
        return std::stoi(std::string(timestamp.substr(at, length)));
    };
    time.tm_year = number(0, 4) - 1900;
    time.tm_mon = number(4, 2) - 1;
    time.tm_mday = number(6, 2);
    time.tm_hour = number(8, 2);
    time.tm_min = number(10, 2);
    time.tm_sec = number(12, 2);
    return ::timegm(&time);
}

std::string text(std::time_t time) {
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// The latest timestamp in use; empty if none.
std::string latest(Directory const& directory) {
    std::string last{};
    auto const look = [&](std::string const& name) {
        if (has_timestamp(name)) {
            last = std::max(last, name.substr(0, timestamp_length));
        }
    };
    for (auto const& migration : directory.migrations) {
        look(migration.name);
    }
    for (auto const& name : directory.without_script) {
        look(name);
    }
    return last;
}

/// Of the names with a timestamp, the one that sorts last; empty if there is none.
std::string last_name(Directory const& directory) {
    std::string last{};
    auto const look = [&](std::string const& name) {
        if (has_timestamp(name)) last = std::max(last, name);
    };
    for (auto const& migration : directory.migrations) look(migration.name);
    for (auto const& name : directory.without_script) look(name);
    return last;
}

}  // namespace

bool has_timestamp(std::string_view name) {
    return name.size() >= timestamp_length &&
           std::all_of(name.begin(), name.begin() + timestamp_length, is_digit);
}

std::string slug(std::string_view name) {
    auto const reject = [](std::string_view reason) {
        throw Failure(error("CM0503", "the name of the migration {}", reason)
                          .help("use a few words, like `--name add_user_name`"),
                      ExitCode::usage);
    };
    if (name.find('/') != std::string_view::npos) {
        reject("must not contain `/`");
    }
    if (name.size() > longest_file_name) {
        reject(fmt::format("is too long: {} bytes, at most {} are allowed", name.size(),
                           longest_file_name));
    }
    auto const plain = without_accents(name);
    std::string result{};
    for (std::size_t i = 0; i < plain.size(); ++i) {
        bool const letter = is_lower(plain[i]) || is_upper(plain[i]) || is_digit(plain[i]);
        bool const separated = !letter || (i > 0 && word_starts(plain, i));
        if (separated && !result.empty() && !result.ends_with('_')) {
            result += '_';
        }
        if (letter) {
            result += is_upper(plain[i]) ? static_cast<char>(plain[i] + ('a' - 'A')) : plain[i];
        }
    }
    result = result.substr(0, longest_slug);
    while (result.ends_with('_')) {
        result.pop_back();
    }
    return result;
}

std::string next_name(Directory const& directory, std::string_view timestamp,
                      std::string_view slug) {
    std::string stamp(timestamp);
    // A folder dated in the future must not make new migrations run before it.
    if (auto const last = latest(directory); !last.empty() && stamp <= last) {
        stamp = text(parse(last) + 1);
    }
    auto name = slug.empty() ? stamp : fmt::format("{}_{}", stamp, slug);
    // Behind `99991231235959_a` no later moment has fourteen digits; but a name that begins with
    // the last one follows it in any case.
    if (auto const last = last_name(directory); name <= last) {
        name = fmt::format("{}_{}", last, slug.empty() ? timestamp : slug);
    }
    return name;
}

}  // namespace cm::history

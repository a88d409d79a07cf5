// See environment.hpp. The rules are those of the dotenv and dotenv-expand packages, which Prisma's
// projects rely on.
#include "engine/environment.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "base/text_encoding.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view blanks = " \t\r";

bool is_name(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
               std::string_view::npos;
}

using Variables = std::map<std::string, std::string>;

std::string look_up(std::string_view name, Variables const& file, Environment const& environment) {
    auto const given = environment.variables.find(std::string{name});
    if (given != environment.variables.end()) {
        return given->second;
    }
    auto const found = file.find(std::string{name});
    return found == file.end() ? std::string{} : found->second;
}

/// `${NAME}`, `${NAME:-otherwise}` and `$NAME`; `\$` is a dollar sign.
std::string expanded(std::string_view text, Variables const& file, Environment const& environment) {
    std::string result{};
    while (!text.empty()) {
        if (text.starts_with("\\$")) {
            result += '$';
            text.remove_prefix(2);
        } else if (text.starts_with("${") && text.find('}') != std::string_view::npos) {
            auto const inside = text.substr(2, text.find('}') - 2);
            auto const otherwise = inside.find(":-");
            auto const value = look_up(inside.substr(0, otherwise), file, environment);
            result += value.empty() && otherwise != std::string_view::npos
                          ? std::string{inside.substr(otherwise + 2)}
                          : value;
            text.remove_prefix(inside.size() + 3);
        } else {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

std::string unescaped(std::string_view text) {
    std::string result{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n') {
            result += '\n';
            ++i;
        } else {
            result += text[i];
        }
    }
    return result;
}

/// Reads the value at the start of `rest`, which may go on over lines inside quotes, and moves
/// behind its line.
std::string take_value(std::string_view& rest, Variables const& file,
                       Environment const& environment) {
    auto const begin = rest.find_first_not_of(" \t");
    auto const quote = begin == std::string_view::npos ? '\0' : rest[begin];
    if (quote == '"' || quote == '\'' || quote == '`') {
        auto const end = rest.find(quote, begin + 1);
        if (end != std::string_view::npos) {
            auto const inside = rest.substr(begin + 1, end - begin - 1);
            rest.remove_prefix(std::min(rest.find('\n', end), rest.size()));
            if (quote == '\'') {
                return std::string{inside};
            }
            return expanded(quote == '"' ? unescaped(inside) : std::string{inside}, file,
                            environment);
        }
    }
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size());
    line = line.substr(0, line.find('#'));
    return expanded(trimmed(line, blanks), file, environment);
}

}  // namespace

std::optional<std::string> variable(Environment const& environment, std::string_view name) {
    auto const found = environment.variables.find(std::string{name});
    if (found == environment.variables.end() || found->second.empty()) {
        return {};
    }
    return found->second;
}

std::map<std::string, std::string> parse_dotenv(std::string_view text,
                                                Environment const& environment) {
    Variables variables{};
    text = without_byte_order_mark(text);
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        auto const equals = line.find('=');
        auto name = trimmed(line.substr(0, equals), blanks);
        if (name.starts_with("export ")) {
            name = trimmed(name.substr(7), blanks);
        }
        if (equals == std::string_view::npos || !is_name(name)) {
            text.remove_prefix(line.size());
        } else {
            text.remove_prefix(equals + 1);
            variables[std::string{name}] = take_value(text, variables, environment);
        }
        if (!text.empty()) {
            text.remove_prefix(1);
        }
    }
    return variables;
}

bool load_dotenv(Environment& environment, std::filesystem::path const& file) {
    auto const text = read_file_if_exists(file);
    if (!text) {
        return false;
    }
    require_utf8(file.string(), *text);
    for (auto& [name, value] : parse_dotenv(*text, environment)) {
        if (environment.variables.try_emplace(name, value).second) {
            environment.files.emplace(name, file);
        }
    }
    return true;
}

}  // namespace cm::engine

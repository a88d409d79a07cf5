// The escapes are those of the runner: `%`, line ends, and in properties `:` and `,`.
#include "command/annotations.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/display.hpp"
#include "base/hidden_passwords.hpp"
#include "base/utf8.hpp"

namespace cm::command {
namespace {

std::string escaped(std::string_view text, bool is_property) {
    std::string result{};
    for (auto const c : text) {
        auto const is_special =
            c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
        result +=
            is_special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string{c};
    }
    return result;
}

std::string_view kind(Severity severity) {
    return severity == Severity::error     ? "error"
           : severity == Severity::warning ? "warning"
                                           : "notice";
}

std::string message(Diagnostic const& diagnostic) {
    auto text = diagnostic.message;
    for (auto const& note : diagnostic.notes) text += "\n" + note;
    for (auto const& help : diagnostic.helps) text += "\nhelp: " + help;
    return visible(with_passwords_hidden(text));
}

/// Where the runner begins to read: behind what Unicode calls blank.
std::size_t first_solid(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
        auto const [code, length] = utf8::decode(line, at);
        auto const is_blank = code == ' ' || code == '\t' || code == 0xA0 || code == 0x1680 ||
                              (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
                              code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
        if (!is_blank || length == 0) break;
        at += length;
    }
    return at;
}

/// `::error::text`, but not `::: file:1:2` of our own reports.
bool is_command(std::string_view solid) {
    if (!solid.starts_with("::")) return false;
    return !solid.starts_with(":::") || solid.find("::", 2) != std::string_view::npos;
}

/// The older form, which may stand anywhere in a line.
std::string without_old_commands(std::string_view text, std::string_view instead) {
    constexpr std::string_view begin = "##[";
    std::string result{};
    for (auto at = text.find(begin); at != std::string_view::npos; at = text.find(begin)) {
        result.append(text.substr(0, at)).append(instead);
        text.remove_prefix(at + begin.size());
    }
    return result.append(text);
}

std::string place(Diagnostic const& diagnostic, SourceMap const& sources, std::string_view folder) {
    if (!diagnostic.primary) return {};
    auto const span = diagnostic.primary->span;
    auto const position = sources.position(span.file, span.begin);
    auto const path = (std::filesystem::path(folder) / sources.name(span.file)).lexically_normal();
    return fmt::format("file={},line={},col={},", escaped(path.string(), true), position.line,
                       position.column);
}

}  // namespace

std::string annotations(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources,
                        std::string_view folder) {
    std::string lines{};
    for (auto const& diagnostic : diagnostics) {
        lines += fmt::format("::{} {}title={}::{}\n", kind(diagnostic.severity),
                             place(diagnostic, sources, folder), escaped(diagnostic.code, true),
                             escaped(message(diagnostic), false));
    }
    return lines;
}

std::string without_workflow_commands(std::string_view text) {
    std::string result{};
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size() - 1) + 1;
        auto const line = text.substr(0, end);
        auto const solid = first_solid(line);
        result.append(line.substr(0, solid));
        if (is_command(line.substr(solid))) result += '\\';
        result.append(without_old_commands(line.substr(solid), "##\\["));
        text.remove_prefix(end);
    }
    return result;
}

std::string json_without_workflow_commands(std::string_view json) {
    return without_old_commands(json, "#\\u0023[");
}

}  // namespace cm::command

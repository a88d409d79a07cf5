// The escapes are those of the runner: `%`, line ends, and in properties `:` and `,`.
#include "command/annotations.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/hidden_passwords.hpp"

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
    return with_passwords_hidden(text);
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

}  // namespace cm::command

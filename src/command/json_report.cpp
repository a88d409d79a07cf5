// See json_report.hpp.
#include "command/json_report.hpp"

#include <nlohmann/json.hpp>
#include <type_traits>

#include "base/hidden_passwords.hpp"

namespace cm::command {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "error";
}

void add_place(Json& json, Span span, SourceMap const& sources) {
    auto const begin = sources.position(span.file, span.begin);
    auto const end = sources.position(span.file, span.end);
    json["file"] = sources.name(span.file);
    json["line"] = begin.line;
    json["column"] = begin.column;
    json["end"] = {{"line", end.line}, {"column", end.column}};
}

Json labels(std::vector<Label> const& secondary, SourceMap const& sources) {
    auto all = Json::array();
    for (auto const& label : secondary) {
        Json json{{"message", label.text}};
        add_place(json, label.span, sources);
        all.push_back(std::move(json));
    }
    return all;
}

Json all_hidden(std::vector<std::string> const& texts) {
    auto all = Json::array();
    for (auto const& text : texts) all.push_back(with_passwords_hidden(text));
    return all;
}

Json to_json(Diagnostic const& diagnostic, SourceMap const& sources) {
    Json json{{"severity", word(diagnostic.severity)},
              {"code", diagnostic.code},
              {"message", with_passwords_hidden(diagnostic.message)}};
    if (diagnostic.primary) {
        add_place(json, diagnostic.primary->span, sources);
    }
    json["labels"] = labels(diagnostic.secondary, sources);
    json["notes"] = all_hidden(diagnostic.notes);
    json["helps"] = all_hidden(diagnostic.helps);
    return json;
}

std::string indented(Json const& json) {
    constexpr int step = 2;
    // File names and messages may hold bytes that are not UTF-8.
    auto const text = json.dump(step, ' ', false, Json::error_handler_t::replace);
    std::string report = "    ";
    for (auto const c : text) {  // line ends inside strings are escaped
        report += c;
        if (c == '\n') report += "    ";
    }
    return report;
}

}  // namespace

std::string json_failure(Failure const& failure, SourceMap const& sources) {
    Json report{{"event", "failed"},
                {"exitCode", static_cast<int>(failure.exit_code())},
                {"diagnostics", Json::array()}};
    for (auto const& diagnostic : failure.diagnostics()) {
        report["diagnostics"].push_back(to_json(diagnostic, sources));
    }
    return report.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string json_line(std::vector<JsonField> const& fields) {
    Json object = Json::object();
    for (auto const& field : fields) {
        std::visit(
            [&](auto const& value) {
                if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
                    object[std::string(field.key)] = nullptr;
                } else {
                    object[std::string(field.key)] = value;
                }
            },
            field.value);
    }
    return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void json_report(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources,
                 TextSink const& out) {
    if (diagnostics.empty()) return out("{\n  \"diagnostics\": []\n}\n");
    Pieces report{out};
    report += "{\n  \"diagnostics\": [";
    std::string_view separator = "\n";
    for (auto const& diagnostic : diagnostics) {
        report += separator;
        report += indented(to_json(diagnostic, sources));
        separator = ",\n";
    }
    report += "\n  ]\n}\n";
}

}  // namespace cm::command

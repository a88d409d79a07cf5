// See json_report.hpp.
#include "command/json_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "base/display.hpp"
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

void add_facts(Json& json, Facts const& facts) {
    if (!facts.sqlstate.empty()) json["sqlstate"] = facts.sqlstate;
    if (!facts.migration.empty()) json["migration"] = facts.migration;
    if (facts.statement != 0) json["statement"] = facts.statement;
    if (facts.process != 0) json["process"] = facts.process;
}

Json to_json(Diagnostic const& diagnostic, SourceMap const& sources) {
    Json json{{"severity", word(diagnostic.severity)},
              {"code", diagnostic.code},
              {"message", with_passwords_hidden(diagnostic.message)}};
    if (diagnostic.primary) {
        add_place(json, diagnostic.primary->span, sources);
    }
    if (diagnostic.facts) add_facts(json, *diagnostic.facts);
    json["labels"] = labels(diagnostic.secondary, sources);
    json["notes"] = all_hidden(diagnostic.notes);
    json["helps"] = all_hidden(diagnostic.helps);
    return json;
}

/// File names and messages may hold bytes that are not UTF-8.
std::string dump(Json const& json) {
    return visible_json(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json to_json(JsonObject const& fields);

/// How each kind of value is written.
struct ToJson {
    Json operator()(std::monostate) const { return nullptr; }

    Json operator()(JsonObject const& object) const { return to_json(object); }

    Json operator()(std::vector<JsonObject> const& objects) const {
        auto list = Json::array();
        for (auto const& object : objects) list.push_back(to_json(object));
        return list;
    }

    Json operator()(JsonDiagnostics const& all) const {
        auto list = Json::array();
        for (auto const& each : *all.diagnostics) list.push_back(to_json(each, *all.sources));
        return list;
    }

    template <class Value>
    Json operator()(Value const& value) const {
        return value;
    }
};

Json to_json(JsonObject const& fields) {
    auto object = Json::object();
    for (auto const& field : fields) {
        object[std::string(field.key)] = std::visit(ToJson{}, field.value);
    }
    return object;
}

}  // namespace

std::string json_line(JsonObject const& fields) {
    return dump(to_json(fields)) + "\n";
}

void json_report(ExitCode exit_code, std::vector<Diagnostic> const& diagnostics,
                 SourceMap const& sources, JsonObject const& ending, TextSink const& out) {
    BufferedSink report{out};
    report += fmt::format("{{\"exitCode\":{},\"diagnostics\":[", static_cast<int>(exit_code));
    std::string_view separator{};
    for (auto const& diagnostic : diagnostics) {
        report += separator;
        report += dump(to_json(diagnostic, sources));
        separator = ",";
    }
    report += "],";
    report += std::string_view(json_line(ending)).substr(1);
}

}  // namespace cm::command

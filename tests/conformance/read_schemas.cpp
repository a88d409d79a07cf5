// Our side of the conformance test: a schema per line of the input (a JSON string, or an array of
// files [name, text]), a verdict per line of the output.
#include <iostream>
#include <nlohmann/json.hpp>

#include "dsl/dsl.hpp"

namespace {

nlohmann::json describe(cm::Diagnostic const& diagnostic, cm::SourceMap const& sources) {
    nlohmann::json finding = {{"code", diagnostic.code}, {"message", diagnostic.message}};
    if (diagnostic.primary) {
        auto const span = diagnostic.primary->span;
        finding["file"] = sources.name(span.file);
        finding["line"] = sources.position(span.file, span.begin).line;
    }
    return finding;
}

/// Accepted or not, with all errors and warnings in the order in which they are shown.
nlohmann::json verdict(nlohmann::json const& files) {
    cm::SourceMap sources{};
    std::vector<cm::FileId> added{};
    for (auto const& file : files) {
        added.push_back(sources.add(file[0].get<std::string>(), file[1].get<std::string>()));
    }
    cm::Diagnostics diagnostics{};
    cm::dsl::read(sources, added, {}, diagnostics);
    diagnostics.sort();
    nlohmann::json result = {{"accepted", !diagnostics.has_errors()},
                             {"findings", nlohmann::json::array()},
                             {"warnings", nlohmann::json::array()}};
    for (auto const& diagnostic : diagnostics.all()) {
        auto const is_error = diagnostic.severity == cm::Severity::error;
        result[is_error ? "findings" : "warnings"].push_back(describe(diagnostic, sources));
    }
    return result;
}

}  // namespace

int main() {
    for (std::string line{}; std::getline(std::cin, line);) {
        auto input = nlohmann::json::parse(line);
        if (input.is_string()) {
            input = nlohmann::json::array({nlohmann::json::array({"schema.prisma", input})});
        }
        std::cout << verdict(input).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                  << std::endl;
    }
}

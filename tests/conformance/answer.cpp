// Our side of the comparisons that take more than one file or ask for more than a verdict: a
// question per line of the input, {"ask": "validate" | "format" | "script", "files": [[name, text],
// …]}, an answer per line of the output.
#include <iostream>
#include <nlohmann/json.hpp>

#include "dsl/dsl.hpp"
#include "dsl/format/format.hpp"
#include "schema/diff.hpp"
#include "schema/from_dsl.hpp"
#include "schema/plan.hpp"
#include "schema/to_sql.hpp"

namespace {

using Json = nlohmann::json;
using Files = std::vector<cm::FileId>;

Json refusal(cm::SourceMap const& sources, cm::Diagnostics& diagnostics) {
    diagnostics.sort();
    for (auto const& diagnostic : diagnostics.all()) {
        if (diagnostic.severity != cm::Severity::error) continue;
        Json answer{
            {"accepted", false}, {"code", diagnostic.code}, {"message", diagnostic.message}};
        if (auto const& label = diagnostic.primary) {
            answer["file"] = sources.name(label->span.file);
            answer["line"] = sources.position(label->span.file, label->span.begin).line;
        }
        return answer;
    }
    return {};
}

/// Accepted or not; of the first error in the text: its file, line, code and message.
Json validate(cm::SourceMap& sources, Files const& files) {
    cm::Diagnostics diagnostics{};
    cm::dsl::read(sources, files, {}, diagnostics);
    return diagnostics.has_errors() ? refusal(sources, diagnostics) : Json{{"accepted", true}};
}

Json format(cm::SourceMap& sources, Files const& files) {
    return {{"texts", cm::dsl::format_schema(sources, files)}};
}

/// The SQL that leads from an empty database to the schema.
Json script(cm::SourceMap& sources, Files const& files) {
    cm::Diagnostics diagnostics{};
    auto const model = cm::dsl::read(sources, files, {}, diagnostics);
    if (diagnostics.has_errors()) return refusal(sources, diagnostics);
    auto const is_qualified = model.datasource && !model.datasource->schemas.empty();
    auto const steps =
        cm::schema::diff(cm::schema::empty("public"), cm::schema::from_dsl(model, "public"));
    return {{"accepted", true},
            {"script", cm::schema::render(cm::schema::to_sql(cm::schema::plan(steps),
                                                             is_qualified ? "" : "public"))}};
}

Json answer(Json const& question) {
    cm::SourceMap sources{};
    Files files{};
    for (auto const& file : question.at("files"))
        files.push_back(sources.add(file.at(0), file.at(1)));
    auto const ask = question.at("ask").get<std::string>();
    if (ask == "format") return format(sources, files);
    return ask == "script" ? script(sources, files) : validate(sources, files);
}

}  // namespace

int main() {
    for (std::string line{}; std::getline(std::cin, line);) {
        std::cout << answer(Json::parse(line)).dump(-1, ' ', false, Json::error_handler_t::replace)
                  << std::endl;
    }
}

// All files of a schema: relations are completed first, then each file is formatted.
#include <algorithm>
#include <array>

#include "dsl/dsl.hpp"
#include "dsl/format/format.hpp"

namespace cm::dsl {

namespace {

// What is added here mends the first three; the others are about relations that stay as they are.
constexpr std::array<std::string_view, 7> excused{"CM0240", "CM0241", "CM0242", "CM0243",
                                                  "CM0244", "CM0254", "CM0255"};

bool is_in_the_way(Diagnostic const& finding) {
    return finding.severity == Severity::error &&
           std::find(excused.begin(), excused.end(), finding.code) == excused.end();
}

std::string with_insertions(SourceMap const& sources, FileId file,
                            std::vector<Insertion> const& insertions) {
    auto const text = sources.text(file);
    std::string result{};
    std::size_t done = 0;
    for (auto const& insertion : insertions) {
        if (insertion.file != file) continue;
        result += text.substr(done, insertion.at - done);
        result += insertion.text;
        done = insertion.at;
    }
    result += text.substr(done);
    return result;
}

}  // namespace

std::vector<std::string> format_schema(SourceMap& sources, std::vector<FileId> const& files) {
    Diagnostics diagnostics{};
    auto const document = parse(sources, files, diagnostics);
    resolve(document, {}, diagnostics);
    auto const& findings = diagnostics.all();
    auto const is_complete = std::none_of(findings.begin(), findings.end(), is_in_the_way);
    auto const insertions =
        is_complete ? missing_parts_of_relations(sources, document) : std::vector<Insertion>{};
    std::vector<std::string> texts{};
    for (auto const file : files) {
        auto completed = with_insertions(sources, file, insertions);
        texts.push_back(format(sources, sources.add(std::string(sources.name(file)), completed)));
    }
    return texts;
}

}  // namespace cm::dsl

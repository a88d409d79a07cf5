// All files of a schema: relations are completed first, then each file is formatted.
#include <algorithm>
#include <array>

#include "dsl/dsl.hpp"
#include "dsl/format/format.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

// Prisma completes relations unless a name, an attribute or a line is wrong. Of what we find while
// reading, these are found later by it, or mended by what is added; of what we find later, one is
// found while reading.
constexpr std::array<std::string_view, 21> excused{
    "CM0202", "CM0207", "CM0208", "CM0209", "CM0210", "CM0221", "CM0222",
    "CM0223", "CM0227", "CM0231", "CM0240", "CM0241", "CM0242", "CM0243",
    "CM0244", "CM0252", "CM0253", "CM0254", "CM0255", "CM0275", "CM0276"};
constexpr std::string_view not_excused = "CM0264";

bool is_in_the_way(Diagnostic const& finding) {
    if (finding.severity != Severity::error) return false;
    auto const is_early = finding.stage == static_cast<unsigned>(Stage::reading);
    auto const is_excused =
        std::find(excused.begin(), excused.end(), finding.code) != excused.end();
    return is_early ? !is_excused : finding.code == not_excused;
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

std::vector<Insertion> missing_parts(SourceMap const& sources, std::vector<FileId> const& files) {
    Diagnostics diagnostics{};
    auto const document = parse(sources, files, diagnostics);
    check(resolve(document, {}, diagnostics), diagnostics);
    auto const& findings = diagnostics.all();
    auto const is_complete = std::none_of(findings.begin(), findings.end(), is_in_the_way);
    return is_complete ? missing_parts_of_relations(sources, document) : std::vector<Insertion>{};
}

}  // namespace

std::vector<std::string> format_schema(SourceMap& sources, std::vector<FileId> const& files) {
    auto const insertions = missing_parts(sources, files);
    std::vector<std::string> texts{};
    for (auto const file : files) {
        auto completed = with_insertions(sources, file, insertions);
        texts.push_back(
            format(sources, sources.add(std::string(sources.name(file)), std::move(completed))));
    }
    return texts;
}

}  // namespace cm::dsl

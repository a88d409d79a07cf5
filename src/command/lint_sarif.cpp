// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "cm_migrate/version.hpp"
#include "command/lint_output.hpp"
#include "lint/registry.hpp"

namespace cm::command {
namespace {

using Json = nlohmann::ordered_json;

std::string_view sarif_level(lint::Level level) {
    return level == lint::Level::off ? "none" : word(level);
}

/// A path as a relative URI (RFC 3986).
std::string uri_of(std::string_view path) {
    std::string uri{};
    for (auto const c : path) {
        auto const is_plain = is_lower(c) || is_upper(c) || is_digit(c) ||
                              std::string_view{"/-_.~"}.find(c) != std::string_view::npos;
        uri += is_plain ? std::string{c} : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

Json text_of(std::string_view text) {
    return {{"text", text}};
}

/// The rules that have found something, in the order of their first finding.
class RuleList {
  public:
    std::size_t index_of(lint::Finding const& finding) {
        auto const found = std::find(names_.begin(), names_.end(), finding.rule);
        auto const index = static_cast<std::size_t>(found - names_.begin());
        if (found == names_.end()) {
            names_.push_back(finding.rule);
            add(finding);
        }
        return index;
    }

    Json take() { return std::move(rules_); }

  private:
    void add(lint::Finding const& finding) {
        auto const* const rule = lint::find_rule(finding.rule);
        Json descriptor{
            {"id", finding.rule},
            {"shortDescription", text_of(rule == nullptr ? finding.message : rule->summary)},
            {"defaultConfiguration",
             {{"level", sarif_level(rule == nullptr ? finding.level : rule->level)}}},
            {"properties", {{"code", finding.code}}}};
        if (!finding.help.empty()) {
            descriptor["help"] = text_of(fmt::format("`cm-migrate explain {}` says more.",
                                                     rule == nullptr ? finding.code : rule->name));
        }
        rules_.push_back(std::move(descriptor));
    }

    std::vector<std::string> names_{};
    Json rules_ = Json::array();
};

Json location_of(Span span, SourceMap const& sources) {
    auto const begin = sources.position(span.file, span.begin);
    auto const end = sources.position(span.file, span.end);
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_of(sources.name(span.file))}}},
              {"region",
               {{"startLine", begin.line},
                {"startColumn", begin.column},
                {"endLine", end.line},
                {"endColumn", end.column}}}}}};
}

Json result_of(lint::Finding const& finding, SourceMap const& sources, RuleList& rules) {
    auto message = finding.message;
    if (!finding.help.empty()) message += "\nhelp: " + finding.help;
    Json result{{"ruleId", finding.rule},
                {"ruleIndex", rules.index_of(finding)},
                {"level", sarif_level(finding.level)},
                {"message", text_of(message)},
                {"locations", Json::array({location_of(finding.span, sources)})}};
    Json properties = Json::object();
    if (!finding.lock.empty()) properties["lock"] = finding.lock;
    if (!finding.table.empty()) properties["table"] = finding.table;
    if (!properties.empty()) result["properties"] = std::move(properties);
    return result;
}

}  // namespace

std::string to_sarif(std::vector<lint::Finding> const& findings, SourceMap const& sources) {
    RuleList rules{};
    auto results = Json::array();
    for (auto const& finding : findings) results.push_back(result_of(finding, sources, rules));
    Json run{
        {"tool",
         {{"driver",
           {{"name", "cm-migrate"}, {"version", cm_migrate::version()}, {"rules", rules.take()}}}}},
        {"columnKind", "unicodeCodePoints"},
        {"results", std::move(results)}};
    Json const log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({std::move(run)})}};
    return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cm::command

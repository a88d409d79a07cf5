// See replay_findings.hpp.
#include "engine/replay_findings.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace cm::engine {
namespace {

using history::LeftOut;
using history::LeftOutBecause;

constexpr std::size_t most_named = 5;

/// "migration `x`: ALTER ROLE `a`, ALTER DATABASE `d`", one note a script.
void add_notes(Diagnostic& diagnostic, std::vector<LeftOut> const& left_out) {
    std::vector<std::pair<std::string, std::vector<std::string>>> scripts{};
    for (auto const& one : left_out) {
        if (scripts.empty() || scripts.back().first != one.script) {
            scripts.push_back({one.script, {}});
        }
        auto& words = scripts.back().second;
        if (std::find(words.begin(), words.end(), one.words) == words.end()) {
            words.push_back(one.words);
        }
    }
    for (std::size_t i = 0; i < std::min(scripts.size(), most_named); ++i) {
        auto& words = scripts[i].second;
        auto const more = words.size() - std::min(words.size(), most_named);
        words.resize(words.size() - more);
        diagnostic.note("{}: {}{}", scripts[i].first, fmt::join(words, ", "),
                        more > 0 ? fmt::format(" and {} more", more) : "");
    }
    if (scripts.size() > most_named) {
        diagnostic.note("and in {} more", scripts.size() - most_named);
    }
}

std::vector<LeftOut> only(std::vector<LeftOut> const& all, LeftOutBecause because) {
    std::vector<LeftOut> some{};
    std::copy_if(all.begin(), all.end(), std::back_inserter(some),
                 [&](LeftOut const& one) { return one.because == because; });
    return some;
}

/// Each once; a statement may lack several.
std::set<std::string> missing_roles(std::vector<LeftOut> const& left_out) {
    std::set<std::string> roles{};
    for (auto const& one : left_out) {
        std::string_view rest = one.detail;
        while (!rest.empty()) {
            auto const end = std::min(rest.find(", "), rest.size());
            roles.emplace(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 2, rest.size()));
        }
    }
    return roles;
}

std::string remedy(std::optional<std::string> const& no_private_server) {
    return no_private_server
               ? fmt::format("it could be replayed on a private server, but: {}",
                             *no_private_server)
               : "statements that access files, programs or other servers are never replayed: keep "
                 "them in a separate migration, apart from schema changes";
}

}  // namespace

std::optional<Unverified> unverified(history::ReplayReport const& report,
                                     std::optional<std::string> const& no_private_server) {
    auto const hidden = only(report.left_out, LeftOutBecause::hidden);
    if (hidden.empty()) return {};
    auto const& first = hidden.front();
    return Unverified{
        fmt::format("{} in {} was not replayed ({})", first.words, first.script, first.detail),
        remedy(no_private_server)};
}

std::vector<Diagnostic> replay_findings(std::vector<LeftOut> const& left_out,
                                        std::optional<std::string> const& no_private_server) {
    std::vector<Diagnostic> findings{};
    if (auto const some = only(left_out, LeftOutBecause::reaches_out); !some.empty()) {
        Diagnostic found{
            .severity = Severity::note,
            .code = "CM0540",
            .message = "statements that reach outside of the database were not replayed"};
        add_notes(found, some);
        findings.push_back(std::move(found));
    }
    if (auto const some = only(left_out, LeftOutBecause::role_missing); !some.empty()) {
        Diagnostic found{
            .severity = Severity::note,
            .code = "CM0541",
            .message = "statements were not replayed because a role does not exist on this server"};
        add_notes(found, some);
        found.note("missing: {}", fmt::join(missing_roles(some), ", "));
        findings.push_back(std::move(found));
    }
    if (auto const some = only(left_out, LeftOutBecause::hidden); !some.empty()) {
        Diagnostic found{.severity = Severity::warning,
                         .code = "CM0542",
                         .message =
                             "the migrations were not replayed completely: the skipped statements "
                             "may affect the schema"};
        add_notes(found, some);
        found.note("{}", some.front().detail);
        found.help("{}", remedy(no_private_server));
        findings.push_back(std::move(found));
    }
    return findings;
}

}  // namespace cm::engine

// The report of a replay as rows of text.
#include <algorithm>
#include <array>

#include "history/replay.hpp"

namespace cm::history {
namespace {

constexpr std::array<std::string_view, 3> reasons{"reaches out", "role missing", "hidden"};
constexpr std::size_t width = 4;

bool any(ReplayReport const& report, LeftOutBecause because) {
    return std::any_of(report.left_out.begin(), report.left_out.end(),
                       [&](LeftOut const& one) { return one.because == because; });
}

}  // namespace

bool is_uncertain(ReplayReport const& report) {
    return any(report, LeftOutBecause::hidden);
}

bool lacks_roles(ReplayReport const& report) {
    return any(report, LeftOutBecause::role_missing);
}

sql::Rows to_rows(ReplayReport const& report) {
    sql::Rows rows{.columns = {"script", "words", "because", "detail"}};
    for (auto const& one : report.left_out) {
        rows.fields.push_back({one.script, one.words,
                               std::string{reasons.at(static_cast<std::size_t>(one.because))},
                               one.detail});
    }
    return rows;
}

std::optional<ReplayReport> read_report(sql::Rows const& rows) {
    ReplayReport report{};
    for (auto const& row : rows.fields) {
        if (row.size() != width || !row[0] || !row[1] || !row[2] || !row[3]) return {};
        auto const reason = std::find(reasons.begin(), reasons.end(), *row[2]);
        if (reason == reasons.end()) return {};
        report.left_out.push_back(
            {*row[0], *row[1], static_cast<LeftOutBecause>(reason - reasons.begin()), *row[3]});
    }
    return report;
}

}  // namespace cm::history

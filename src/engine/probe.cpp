// See probe.hpp.
#include "engine/probe.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "base/text.hpp"
#include "engine/bounded_reading.hpp"
#include "lint/registry.hpp"
#include "pg/row_security.hpp"

namespace cm::engine {
namespace {

struct Counts {
    std::int64_t affected{}, total{};
    std::string refusal{};  ///< the server's words about a value that cannot be cast
};

/// SQLSTATE class 22, data exception: a value, not the question, is at fault.
bool is_about_a_value(pg::ServerMessage const& message) {
    return message.sqlstate.starts_with("22");
}

/// None if the server cannot answer, as for a table that the script has yet to make, or one of
/// which row security hides rows. The condition of an index is part of some questions: whatever is
/// in it, nothing is written.
std::optional<Counts> ask(object::Probe const& probe, pg::Connection& connection) {
    std::optional<pg::Transaction> reading{};
    if (!connection.in_transaction()) reading.emplace(connection, "BEGIN READ ONLY");
    try {
        sql::Rows rows{};
        read_bounded(connection, "the rows of a table",
                     [&] { rows = pg::fetch_all_rows(connection, probe.query); });
        return Counts{rows[0].integer("affected"), rows[0].integer("total"), {}};
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) {
            throw;
        }
        if (is_about_a_value(refused.server())) return Counts{0, 0, refused.server().message};
        log::swallowed("counting rows", refused);
        return {};
    }
}

void fill_in(std::string& text, std::string_view place, std::string const& value) {
    if (auto const at = text.find(place); at != std::string::npos) {
        text.replace(at, place.size(), value);
    }
}

/// Not with fmt: the names in it may hold braces.
std::string fact(std::string text, Counts const& counts) {
    fill_in(text, "{affected}", grouped(counts.affected));
    fill_in(text, "{total}", grouped(counts.total));
    if (text.ends_with(" 1 rows")) {
        text.pop_back();
    }
    return text;
}

std::optional<Finding> examine(object::Hazard const& hazard, pg::Connection& connection) {
    if (!hazard.probe) {
        return Finding{hazard, {}, false};
    }
    auto const counts = ask(*hazard.probe, connection);
    if (!counts) {
        return Finding{hazard, {}, false};
    }
    if (!counts->refusal.empty()) {
        return Finding{hazard, fmt::format("PostgreSQL reports: {}", counts->refusal), true};
    }
    // A cast that has been tried on all values does not fail.
    auto const is_tried = hazard.kind == object::HazardKind::may_fail && !hazard.is_conclusive;
    if (counts->affected == 0 || is_tried) {
        return {};
    }
    return Finding{hazard, fact(hazard.probe->finding, *counts),
                   hazard.kind == object::HazardKind::may_fail && hazard.is_conclusive};
}

}  // namespace

std::vector<Finding> probe(schema::Script const& script, pg::Connection& connection) {
    std::vector<Finding> findings{};
    for (auto const& statement : script) {
        for (auto const& hazard : statement.hazards) {
            if (auto finding = examine(hazard, connection)) {
                findings.push_back(std::move(*finding));
            }
        }
    }
    return findings;
}

std::optional<std::int64_t> count_affected(object::Probe const& probe, pg::Connection& connection) {
    auto const counts = ask(probe, connection);
    if (!counts || !counts->refusal.empty()) return {};
    return counts->affected;
}

std::vector<Finding> heed_levels(std::vector<Finding> findings, lint::Levels const& levels) {
    std::erase_if(findings, [&](Finding& finding) {
        auto const* const rule = lint::find_rule(finding.hazard.code);
        auto const is_fact =
            finding.is_certain ||
            (finding.hazard.kind == object::HazardKind::data_loss && !finding.fact.empty());
        if (rule == nullptr || is_fact) return false;
        auto const level = levels.of(*rule);
        finding.is_note = level == lint::Level::note && levels.is_set(rule->name);
        return level == lint::Level::off && levels.is_set(rule->name);
    });
    return findings;
}

std::set<std::string_view> rules_of(std::vector<Finding> const& findings) {
    std::set<std::string_view> rules{};
    for (auto const& finding : findings) {
        auto const* const rule = lint::find_rule(finding.hazard.code);
        if (rule != nullptr) rules.insert(rule->name);
    }
    return rules;
}

std::vector<Diagnostic> to_diagnostics(std::vector<Finding> const& findings, Severity certain) {
    std::vector<Diagnostic> diagnostics{};
    for (auto const& finding : findings) {
        auto& diagnostic =
            diagnostics.emplace_back(Diagnostic{.severity = finding.is_certain ? certain
                                                            : finding.is_note  ? Severity::note
                                                                               : Severity::warning,
                                                .code = finding.hazard.code,
                                                .message = finding.hazard.message});
        if (finding.hazard.origin.span) {
            diagnostic.primary = Label{*finding.hazard.origin.span, {}};
        }
        if (auto const* const rule = lint::find_rule(finding.hazard.code)) {
            diagnostic.note("{}", rule->name);
        }
        if (!finding.fact.empty()) {
            diagnostic.note("{}", finding.fact);
        }
        if (!finding.hazard.help.empty()) {
            diagnostic.help("{}", finding.hazard.help);
        }
    }
    return diagnostics;
}

}  // namespace cm::engine

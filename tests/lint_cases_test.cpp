// tests/cases/lint/**.txtar: what a rule finds and what it does not. `rule` names it, each `*.sql`
// is a file that it alone looks at, and `expected` is the report on all of them. What a section is
// called says how it is looked at, by words between `_`:
//   found      the rule finds something there; without this word it must find nothing
//   14         for a server of this major version
//   migration  as `deploy` runs it, in a transaction where it may
// `<section>.before` is the SQL that has made the tables which the rule may look at,
// `<section>.keys` how far sequences have counted: lines of `schema table column type last most`.
// A case needs three kinds of sections: with a finding, without one, and one that depends on the
// version, the transaction or what is known of the table. Rules that go by the text of a statement
// alone can have none of the third kind.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <sstream>

#include "base/diagnostic_printer.hpp"
#include "lint/lint.hpp"
#include "lint/registry.hpp"
#include "support/case_file.hpp"
#include "support/golden.hpp"

namespace cm::test {

namespace {

struct SectionWords {
    bool expects_finding{};
    lint::Transactions transactions = lint::Transactions::as_written;
    std::optional<int> server{};
};

SectionWords read_words(std::string_view name) {
    SectionWords words{};
    name = name.substr(0, name.find('.'));
    while (!name.empty()) {
        auto const end = std::min(name.find('_'), name.size());
        auto const word = name.substr(0, end);
        name.remove_prefix(std::min(end + 1, name.size()));
        if (word == "found") words.expects_finding = true;
        if (word == "migration") words.transactions = lint::Transactions::by_migration;
        int version = 0;
        auto const [rest, failed] =
            std::from_chars(word.data(), word.data() + word.size(), version);
        if (failed == std::errc{} && rest == word.data() + word.size()) words.server = version;
    }
    return words;
}

Severity severity_of(lint::Level level) {
    return level == lint::Level::error     ? Severity::error
           : level == lint::Level::warning ? Severity::warning
                                           : Severity::note;
}

Diagnostic to_diagnostic(lint::Finding const& finding) {
    Diagnostic diagnostic{.severity = severity_of(finding.level),
                          .code = finding.code,
                          .message = finding.message,
                          .primary = Label{finding.span, {}}};
    if (!finding.lock.empty()) diagnostic.note("{} on {}", finding.lock, finding.table);
    if (!finding.help.empty()) diagnostic.helps.push_back(finding.help);
    return diagnostic;
}

std::vector<lint::KeyUse> read_keys(std::string const& text) {
    std::vector<lint::KeyUse> keys{};
    std::istringstream lines(text);
    lint::KeyUse key{};
    while (lines >> key.table.schema >> key.table.name >> key.column >> key.type >> key.last >>
           key.most) {
        keys.push_back(key);
    }
    return keys;
}

std::string first_line(std::string_view text) {
    return std::string{text.substr(0, text.find('\n'))};
}

bool is_by_text_alone(std::string_view rule) {
    constexpr std::array<std::string_view, 8> rules{"ban-duplicate-column-assignments",
                                                    "ban-drop-database",
                                                    "not-understood",
                                                    "password-in-migration",
                                                    "reaching-beyond-database",
                                                    "unused-ignore",
                                                    "security-definer-without-search-path",
                                                    "granting-to-public"};
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

/// What was created before it is no danger to anybody.
bool creates_first(lint::Script const& script) {
    if (script.statements().size() < 2) return false;
    auto const& defined = script.statements().front().effects.defines;
    return std::any_of(defined.begin(), defined.end(), [](sql::DefinedObject const& one) {
        return one.action == sql::DefinedAction::creates;
    });
}

class LintCase : public testing::TestWithParam<std::string> {};

TEST_P(LintCase, report) {
    auto const path = case_path("lint", GetParam());
    auto const file = read_case(path);
    auto const rule = first_line(file.text("rule"));
    ASSERT_NE(lint::find_rule(rule), nullptr) << "there is no rule " << rule;
    lint::Levels levels{};
    levels.only(rule);
    SourceMap sources{};
    std::vector<Diagnostic> all{};
    std::map<bool, int> seen{};
    int conditional = 0;
    for (auto const& section : file.ending_with(".sql")) {
        auto const words = read_words(section.name);
        lint::Script const script(sources.add(section.name, section.text), sources,
                                  words.transactions, words.server);
        auto const before = section.name + ".before";
        lint::Catalog catalog{};
        if (file.has(before)) {
            lint::Script const made(sources.add(before, file.text(before)), sources,
                                    lint::Transactions::as_written);
            for (auto const& statement : made.statements()) catalog.follow(statement);
        }
        lint::Conditions conditions{.server = words.server};
        if (auto const keys = section.name + ".keys"; file.has(keys)) {
            conditions.keys = read_keys(std::string{file.text(keys)});
        }
        auto const findings = lint::lint(script, conditions, levels, catalog);
        EXPECT_EQ(!findings.empty(), words.expects_finding) << section.name;
        ++seen[!findings.empty()];
        auto const is_conditional =
            words.server || words.transactions == lint::Transactions::by_migration ||
            file.has(before) || !conditions.keys.empty() || creates_first(script);
        conditional += is_conditional ? 1 : 0;
        for (auto const& finding : findings) all.push_back(to_diagnostic(finding));
    }
    EXPECT_GE(seen[true], 1);
    EXPECT_GE(seen[false], 1);
    EXPECT_GE(seen[true] + seen[false], 3);
    if (!is_by_text_alone(rule)) {
        EXPECT_GE(conditional, 1) << "no section with a condition";
    }
    EXPECT_TRUE(matches_section(path, "expected", render(all, sources, Color::never)));
}

TEST(LintCases, each_rule_has_one) {
    std::set<std::string> tried{};
    for (auto const& name : find_cases("lint")) {
        tried.insert(first_line(read_case(case_path("lint", name)).text("rule")));
    }
    // What only the catalog tells `dev` and `push`: tests/cases/exact/routine/results_are_stored.
    tried.insert("replacing-stored-function");
    for (auto const* const rule : lint::all_rules()) {
        EXPECT_TRUE(tried.contains(std::string{rule->name})) << rule->name;
    }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LintCase);
INSTANTIATE_TEST_SUITE_P(cases, LintCase, testing::ValuesIn(find_cases("lint")), parameter_name);

}  // namespace

}  // namespace cm::test

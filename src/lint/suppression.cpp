// Comments are found by the scanner: the same words in strings and bodies are none.
#include "lint/suppression.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lint/registry.hpp"
#include "sql/directive.hpp"
#include "sql/token.hpp"

namespace cm::lint {
namespace {

constexpr std::string_view squawk_word = "squawk-ignore";
constexpr std::string_view squawk_file_word = "squawk-ignore-file";

/// "a, b" without blanks; ends at the first word that no comma leads to.
std::vector<std::string> take_names(std::string_view& words) {
    std::vector<std::string> names{};
    for (bool is_more = true; is_more;) {
        words = trimmed(words);
        auto const end = std::min(words.find_first_of(", \t"), words.size());
        if (end > 0) {
            auto const* const rule = find_rule(words.substr(0, end));
            names.emplace_back(rule == nullptr ? words.substr(0, end) : rule->name);
        }
        words = trimmed(words.substr(end));
        is_more = words.starts_with(',');
        if (is_more) words.remove_prefix(1);
    }
    return names;
}

/// The statement that a comment is about: the one that it stands in, or the next one.
Place statement_at(Script const& script, Place comment) {
    for (auto const& statement : script.statements()) {
        if (statement.place.end > comment.begin) return statement.place;
    }
    return {};
}

/// The same, but a comment behind statements is about those of its line.
Place statement_at_or_before(Script const& script, Place comment) {
    auto const line = script.text().rfind('\n', comment.begin);
    auto const begin = line == std::string_view::npos ? 0 : static_cast<std::uint32_t>(line + 1);
    std::optional<Place> place{};
    for (auto const& statement : script.statements()) {
        if (statement.place.end > begin && statement.place.end <= comment.begin) {
            place = Place{place ? place->begin : statement.place.begin, statement.place.end};
        }
    }
    return place ? *place : statement_at(script, comment);
}

void add_ours(Script const& script, std::vector<Suppression>& all) {
    for (auto const& directive : sql::find_directives(script.text())) {
        auto words = directive.words;
        if (!words.starts_with(sql::allow) ||
            (words.size() > sql::allow.size() && words[sql::allow.size()] != ' ')) {
            continue;
        }
        words.remove_prefix(sql::allow.size());
        Suppression suppression{.comment = {directive.begin, directive.end}};
        suppression.rules = take_names(words);
        suppression.has_reason = !words.empty();
        suppression.reach = statement_at(script, suppression.comment);
        all.push_back(std::move(suppression));
    }
}

/// The text of a comment without its marks.
std::string_view inner_text(std::string_view comment) {
    auto const is_block = comment.starts_with("/*");
    comment.remove_prefix(2);
    if (is_block && comment.ends_with("*/")) comment.remove_suffix(2);
    return trimmed(comment);
}

void add_squawk(Script const& script, Place comment, std::vector<Suppression>& all) {
    auto words = inner_text(script.text().substr(comment.begin, comment.end - comment.begin));
    if (!words.starts_with(squawk_word)) return;
    auto const is_of_file = words.starts_with(squawk_file_word);
    words.remove_prefix(is_of_file ? squawk_file_word.size() : squawk_word.size());
    if (!words.empty() && words.front() != ' ' && words.front() != ':') return;
    if (words.starts_with(':')) words.remove_prefix(1);
    Suppression suppression{.comment = comment, .has_reason = true};
    suppression.rules = take_names(words);
    suppression.reach = is_of_file ? Place{0, static_cast<std::uint32_t>(script.text().size())}
                                   : statement_at_or_before(script, comment);
    if (suppression.rules.empty() && !is_of_file) return;
    all.push_back(std::move(suppression));
}

/// Where the comment that begins at `at` ends.
std::size_t comment_end(std::string_view text, std::size_t at, std::size_t limit) {
    auto const is_line = text.substr(at, 2) == "--";
    auto const end = text.find(is_line ? "\n" : "*/", at);
    return std::min(end == std::string_view::npos ? limit : end + (is_line ? 0 : 2), limit);
}

void add_squawks(Script const& script, std::vector<Suppression>& all) {
    auto const text = script.text();
    if (text.find(squawk_word) == std::string_view::npos) return;
    for (auto token = sql::next_token(text, 0); token.kind != sql::TokenKind::end;
         token = sql::next_token(text, token.end)) {
        if (token.kind != sql::TokenKind::blank) continue;
        for (auto at = token.begin; at < token.end;) {
            auto const two = text.substr(at, 2);
            if (two != "--" && two != "/*") {
                ++at;
                continue;
            }
            auto const end = comment_end(text, at, token.end);
            add_squawk(script, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
                       all);
            at = end;
        }
    }
}

bool suppresses(Suppression const& suppression, Finding const& finding) {
    auto const is_within =
        finding.span.begin >= suppression.reach.begin && finding.span.begin < suppression.reach.end;
    return is_within && (suppression.rules.empty() ||
                         std::find(suppression.rules.begin(), suppression.rules.end(),
                                   finding.rule) != suppression.rules.end());
}

/// What is wrong with the name of a rule in a suppression; none if nothing is.
std::optional<Remark> judge(Suppression const& suppression, std::string const& name,
                            Levels const& levels, bool is_used) {
    auto const* const rule = find_rule(name);
    Remark remark{.place = suppression.comment};
    if (rule == nullptr && !levels.knows(name)) {
        remark.message = fmt::format("there is no rule `{}`", name);
        remark.help = help_for_unknown_rule(name);
        return remark;
    }
    if (!suppression.has_reason) {
        remark.message = fmt::format("a reason is required, so this does not suppress `{}`", name);
        remark.help = fmt::format("write `-- cm-migrate: allow {} REASON`", name);
        return remark;
    }
    auto const depends = rule != nullptr && rule->depends_on_database;
    auto const is_off = rule != nullptr && levels.of(*rule) == Level::off;
    if (is_used || depends || is_off) return {};
    remark.message = fmt::format("nothing is found here that `{}` would find", name);
    remark.help = "remove the comment";
    return remark;
}

}  // namespace

std::vector<Suppression> find_suppressions(Script const& script) {
    std::vector<Suppression> all{};
    add_ours(script, all);
    add_squawks(script, all);
    return all;
}

void apply_suppressions(Script const& script, Levels const& levels,
                        std::vector<Finding>& findings) {
    auto const all = find_suppressions(script);
    if (all.empty()) return;
    auto const* const rule = find_rule("unused-ignore");
    Conditions const conditions{};
    Catalog const catalog{};
    Report report(script, conditions, catalog);
    report.begin(*rule, levels.of(*rule));
    for (auto const& suppression : all) {
        for (auto const& name : suppression.rules) {
            auto const is_used = std::any_of(findings.begin(), findings.end(), [&](auto const& it) {
                return it.rule == name && suppresses(suppression, it);
            });
            if (auto remark = judge(suppression, name, levels, is_used)) {
                report.add(std::move(*remark));
            }
        }
    }
    std::erase_if(findings, [&](Finding const& finding) {
        return std::any_of(all.begin(), all.end(), [&](Suppression const& one) {
            return one.has_reason && suppresses(one, finding);
        });
    });
    if (levels.of(*rule) == Level::off) return;
    for (auto& finding : report.take()) findings.push_back(std::move(finding));
}

}  // namespace cm::lint

// See hidden_effects.hpp.
#include "sql/hidden_effects.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "sql/dynamic_text.hpp"
#include "sql/effects_table.hpp"
#include "sql/reach_words.hpp"

namespace cm::sql {
namespace {

struct Body {
    std::string language{};
    std::vector<std::string> texts{};  ///< of AS: the source, or file and symbol
};

/// An expression or a statement of a plpgsql body.
struct Part {
    std::string text{};
    bool is_dynamic{};  ///< its value is run as SQL
    std::optional<std::vector<StatementTree>> trees{};
};

Json const& options_of(StatementTree const& tree) {
    static Json const none = Json::array();
    for (auto const* name : {"args", "options"}) {
        if (tree.node().contains(name)) return tree.node()[name];
    }
    return none;
}

std::string string_of(Json const& node) {
    return node.contains("String") ? node["String"].value("sval", "") : "";
}

Body body_of(StatementTree const& tree) {
    auto const& options = options_of(tree);
    Body body{.language = tree.name == "DoStmt" ? "plpgsql" : "sql"};
    if (auto const* const language = find_option(options, "language")) {
        body.language = string_of(language->value("arg", Json::object()));
    }
    if (auto const* const source = find_option(options, "as")) {
        auto const argument = source->value("arg", Json::object());
        if (argument.contains("List")) {
            for (auto const& item : argument["List"].value("items", Json::array())) {
                body.texts.push_back(string_of(item));
            }
        } else {
            body.texts.push_back(string_of(argument));
        }
    }
    return body;
}

bool is_dynamic(std::string_view key, std::string_view statement) {
    if (key == "dynquery") return true;
    return key == "query" &&
           (statement == "PLpgSQL_stmt_dynexecute" || statement == "PLpgSQL_stmt_dynfors");
}

/// A part is a statement, an expression or an assignment.
std::optional<std::vector<StatementTree>> parse_part(std::string_view text) {
    if (auto trees = parse_statements(text)) return trees;
    if (auto trees = parse_statements(fmt::format("SELECT {}", text))) return trees;
    auto const sign = text.find('=');
    if (sign == std::string_view::npos) return {};
    return parse_statements(fmt::format("SELECT {}", text.substr(sign + 1)));
}

void add_part(std::vector<Part>& parts, Json const& expression, bool is_run) {
    auto text = expression.value("query", "");
    auto trees = parse_part(text);
    parts.push_back({std::move(text), is_run, std::move(trees)});
}

/// What RAISE says is not run.
void add_parts(std::vector<Part>& parts, Json const& plpgsql) {
    walk(plpgsql, [&](std::string_view statement, Json const& node) {
        for (auto const& [key, child] : node.items()) {
            if (child.is_object() && child.contains("PLpgSQL_expr")) {
                add_part(parts, child["PLpgSQL_expr"], is_dynamic(key, statement));
            }
            if (!child.is_array()) continue;
            for (auto const& item : child) {  // of USING and the like
                if (item.is_object() && item.contains("PLpgSQL_expr")) {
                    add_part(parts, item["PLpgSQL_expr"], false);
                }
            }
        }
    });
}

/// Of a block that was parsed: the declarations, then the statements.
std::vector<Part> parts_of(Json const& plpgsql) {
    std::vector<Part> parts{};
    for (auto const& item : plpgsql) {
        auto const function = item.value("PLpgSQL_function", Json::object());
        add_parts(parts, function.value("datums", Json::array()));
        add_parts(parts, function.value("action", Json::object()));
    }
    return parts;
}

/// The string constants of a part, in the order of the text.
std::vector<std::string> strings_of(Part const& part) {
    if (!part.trees) return {part.text};
    std::vector<std::string> strings{};
    for (auto const& tree : *part.trees) {
        walk(tree.node(), [&](std::string_view, Json const& node) {
            if (node.contains("A_Const") && node["A_Const"].contains("sval")) {
                strings.push_back(node["A_Const"]["sval"].value("sval", ""));
            }
        });
    }
    return strings;
}

bool calls_hiding_function(Part const& part) {
    if (!part.trees) return has_hiding_word(part.text);
    bool found = false;
    for (auto const& tree : *part.trees) {
        walk(tree.node(), [&](std::string_view, Json const& node) {
            if (node.contains("funcname")) found = found || hides_text(last_name(node["funcname"]));
        });
    }
    return found;
}

/// The expression of a part that was parsed as `SELECT expression`; null if it is none.
Json const* expression_of(Part const& part) {
    if (!part.trees || part.trees->size() != 1 || part.trees->front().name != "SelectStmt") {
        return nullptr;
    }
    auto const& select = part.trees->front().node();
    auto const targets = select.find("targetList");
    if (targets == select.end() || targets->size() != 1 || select.contains("fromClause")) {
        return nullptr;
    }
    auto const& target = targets->front();
    return target.contains("ResTarget") && target["ResTarget"].contains("val")
               ? &target["ResTarget"]["val"]
               : nullptr;
}

/// `v` of `EXECUTE v`; empty if it is not a variable alone.
std::string variable_of(Json const& expression) {
    if (!expression.contains("ColumnRef")) return {};
    auto const fields = expression["ColumnRef"].value("fields", Json::array());
    return fields.size() == 1 ? string_of(fields.front()) : std::string{};
}

/// The variable that the text of a part assigns to (`v := …`); empty if it assigns to none.
std::string assigned_variable(std::string_view text) {
    auto const begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text.remove_prefix(begin);
    auto const end = std::min(text.find_first_of(" \t\r\n:="), text.size());
    auto const sign = text.find_first_not_of(" \t\r\n", end);
    auto const is_assignment = sign != std::string_view::npos &&
                               (text[sign] == '=' || text.substr(sign).starts_with(":="));
    return is_assignment ? to_lower(text.substr(0, end)) : std::string{};
}

/// Does a text that is run say what it does? A variable does if it is assigned to, and each text
/// that it gets says so; one that gets its value by other means (INTO, FOR) does not.
bool says_its_kind(Part const& dynamic, std::vector<Part> const& parts, std::string_view body) {
    auto const* const expression = expression_of(dynamic);
    if (expression == nullptr) return false;
    auto const variable = variable_of(*expression);
    if (variable.empty()) return sql::says_its_kind(template_of(*expression));
    auto const words = to_lower(body);
    for (auto const* const other : {"into ", "for ", "foreach ", "fetch "}) {
        for (auto at = words.find(other); at != std::string::npos; at = words.find(other, at + 1)) {
            auto const clause = words.substr(at, words.find_first_of(";", at) - at);
            if (clause.find(variable) != std::string::npos) return false;
        }
    }
    bool is_assigned = false;
    for (auto const& part : parts) {
        if (assigned_variable(part.text) != variable) continue;
        auto const* const value = expression_of(part);
        if (value == nullptr || !sql::says_its_kind(template_of(*value))) return false;
        is_assigned = true;
    }
    return is_assigned;
}

/// What EXECUTE and its like run: the strings of the whole body are read, since any of them may end
/// in a variable.
void add_dynamic_reaches(std::vector<Reach>& found, std::vector<Part> const& parts,
                         std::string_view body) {
    if (std::none_of(parts.begin(), parts.end(), [](Part const& p) { return p.is_dynamic; })) {
        return;
    }
    std::vector<std::string> all{};
    bool is_hidden = false;
    for (auto const& part : parts) {
        auto const strings = strings_of(part);
        all.insert(all.end(), strings.begin(), strings.end());
        is_hidden = is_hidden || calls_hiding_function(part);
        is_hidden = is_hidden || (part.is_dynamic && !says_its_kind(part, parts, body));
    }
    for (auto& reach : reaches_in_words(all)) add_reach(found, std::move(reach));
    // A word may be cut in two: `'ALTER RO' || 'LE a'`.
    for (auto& reach : reaches_in_words({fmt::format("{}", fmt::join(all, ""))})) {
        add_reach(found, std::move(reach));
    }
    if (is_hidden || !begins_statement(all)) {
        add_reach(found, {Outside::unknown, "EXECUTE of dynamic SQL"});
    }
}

std::vector<Reach> reaches_of_plpgsql(std::string_view statement, Body const& body,
                                      std::set<std::string> const& outside_relations) {
    auto const parsed = parse_plpgsql(statement);
    std::vector<Reach> found{};
    if (!parsed) {
        found = reaches_in_words(body.texts);
        auto const text = body.texts.empty() ? std::string{} : body.texts.front();
        if (has_hiding_word(text) && to_lower(text).find("execute") != std::string::npos) {
            add_reach(found, {Outside::unknown, "EXECUTE of dynamic SQL"});
        }
        return found;
    }
    auto const parts = parts_of(*parsed);
    for (auto const& part : parts) {
        if (!part.trees) {
            for (auto& reach : reaches_in_words({part.text})) add_reach(found, std::move(reach));
            continue;
        }
        for (auto const& tree : *part.trees) {
            for (auto& reach : effects_of(tree, part.text, outside_relations).reaches) {
                add_reach(found, std::move(reach));
            }
        }
    }
    add_dynamic_reaches(found, parts, body.texts.empty() ? statement : body.texts.front());
    return found;
}

std::vector<Reach> reaches_of_sql(Body const& body, std::set<std::string> const& relations) {
    std::vector<Reach> found{};
    for (auto const& text : body.texts) {
        auto const trees = parse_statements(text);
        if (!trees) return reaches_in_words(body.texts);
        for (auto const& tree : *trees) {
            for (auto& reach : effects_of(tree, text, relations).reaches) {
                add_reach(found, std::move(reach));
            }
        }
    }
    return found;
}

/// Languages whose functions may do whatever the server's user may.
bool is_untrusted(std::string_view language) {
    constexpr std::array<std::string_view, 8> known{
        "plperlu", "pltclu", "plsh", "plr", "plpythonu", "plpython2u", "pljavau", "plpython3u"};
    return std::find(known.begin(), known.end(), language) != known.end();
}

}  // namespace

void add_reach(std::vector<Reach>& all, Reach reach) {
    if (std::find(all.begin(), all.end(), reach) == all.end()) all.push_back(std::move(reach));
}

std::vector<Reach> reaches_of_body(std::string_view statement, StatementTree const& tree,
                                   std::set<std::string> const& outside_relations) {
    auto const body = body_of(tree);
    if (is_untrusted(body.language)) {
        return {{Outside::programs, fmt::format("LANGUAGE {}", body.language)}};
    }
    if (body.language == "plpgsql") return reaches_of_plpgsql(statement, body, outside_relations);
    if (body.language == "sql") return reaches_of_sql(body, outside_relations);
    return reaches_in_words(body.texts);
}

std::vector<StatementTree> trees_of_body(std::string_view statement, StatementTree const& tree) {
    auto const body = body_of(tree);
    std::vector<StatementTree> trees{};
    auto const add = [&](std::optional<std::vector<StatementTree>> more) {
        if (more) std::move(more->begin(), more->end(), std::back_inserter(trees));
    };
    if (body.language == "plpgsql") {
        auto const parsed = parse_plpgsql(statement);
        if (!parsed) return trees;
        for (auto& part : parts_of(*parsed)) {
            for (auto const& text :
                 part.trees&& part.is_dynamic ? strings_of(part) : std::vector<std::string>{}) {
                add(parse_statements(text));
            }
            add(std::move(part.trees));
        }
    } else if (body.language == "sql") {
        for (auto const& text : body.texts) add(parse_statements(text));
    }
    return trees;
}

}  // namespace cm::sql

// See statement_words.hpp.
#include "sql/statement_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

std::string upper(std::string_view text) {
    std::string result{text};
    for (auto& c : result) c = to_upper(c);
    return result;
}

/// Words that say what kind of thing the word behind them is.
bool goes_on(std::string_view word) {
    constexpr std::array<std::string_view, 7> words{"OR",      "REPLACE", "MATERIALIZED", "EVENT",
                                                    "DEFAULT", "FOREIGN", "TEMPORARY"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The second word is no keyword.
bool has_own_name_next(std::string_view node) {
    constexpr std::array<std::string_view, 10> nodes{
        "UpdateStmt",        "SelectStmt", "CopyStmt", "PrepareStmt",     "ExecuteStmt",
        "DeclareCursorStmt", "FetchStmt",  "CallStmt", "ClosePortalStmt", "VacuumStmt"};
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

}  // namespace

std::string object_of(Json const& node) {
    for (auto const* key : {"renameType", "objectType", "objtype", "kind"}) {
        if (node.contains(key) && node[key].is_string()) return node[key].get<std::string>();
    }
    return {};
}

std::string name_in(Json const& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array() && !value.empty()) return name_in(value.front());
    if (!value.is_object()) return {};
    for (auto const* key : {"rolename", "sval", "relname", "priv_name"}) {
        if (value.contains(key)) return name_in(value[key]);
    }
    for (auto const* key : {"String", "RoleSpec", "RangeVar", "AccessPriv"}) {
        if (value.contains(key)) return name_in(value[key]);
    }
    return {};
}

std::string name_of(StatementTree const& tree) {
    if (tree.name == "CreateFunctionStmt") return last_name(tree.node().value("funcname", Json{}));
    for (auto const* key : {"policy_name", "role", "roles", "dbname", "tablespacename", "subname",
                            "granted_roles", "object", "objects", "servername", "server_name",
                            "extname", "portalname", "relation", "view", "name"}) {
        if (!tree.node().contains(key)) continue;
        if (auto name = name_in(tree.node()[key]); !name.empty()) return name;
    }
    return {};
}

std::string with_name(std::string_view words, std::string const& name) {
    return name.empty() ? std::string{words} : fmt::format("{} `{}`", words, name);
}

std::string words_of(StatementTree const& tree, std::string_view statement) {
    if (tree.name == "DoStmt") return "a DO block";
    std::string words{};
    std::size_t at = 0;
    int left = has_own_name_next(tree.name) ? 1 : 2;
    while (left > 0) {
        auto const token = next_significant_token(statement, at);
        if (token.kind != TokenKind::word) break;
        auto const word = upper(statement.substr(token.begin, token.end - token.begin));
        if (!goes_on(word)) --left;
        if (word != "OR" && word != "REPLACE") words += (words.empty() ? "" : " ") + word;
        at = token.end;
    }
    if (tree.name == "VariableSetStmt") return words;
    if (tree.name == "GrantStmt" && !name_of(tree).empty()) words += " ON";
    return with_name(words, name_of(tree));
}

}  // namespace cm::sql

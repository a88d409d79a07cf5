// See rewrite.hpp. The tree says where something stands, the scanner how far it reaches.
#include "sql/rewrite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "sql/canonical_definition.hpp"
#include "sql/effects.hpp"
#include "sql/name.hpp"
#include "sql/statement_tree.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

std::string_view text_of(std::string_view script, Token token) {
    return script.substr(token.begin, token.end - token.begin);
}

/// A part of a statement and what takes its place.
struct Change {
    std::size_t begin{};
    std::size_t end{};
    std::string text{};
};

std::string changed(std::string_view statement, std::vector<Change> changes) {
    std::sort(changes.begin(), changes.end(),
              [](Change const& a, Change const& b) { return a.begin < b.begin; });
    std::string result{};
    std::size_t copied = 0;
    for (auto const& change : changes) {
        result += statement.substr(copied, change.begin - copied);
        result += change.text;
        copied = change.end;
    }
    return result + std::string{statement.substr(copied)};
}

/// Where a body of its own begins (`RETURN …`, `BEGIN ATOMIC …`), outside of brackets.
std::optional<std::size_t> own_body(std::string_view statement) {
    int depth = 0;
    for (auto token = next_significant_token(statement, 0); token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        if (token.kind == TokenKind::symbol) {
            depth += text_of(statement, token) == "(" ? 1 : 0;
            depth -= text_of(statement, token) == ")" ? 1 : 0;
        }
        auto const next = next_significant_token(statement, token.end);
        if (depth == 0 &&
            (is_word(statement, token, "RETURN") ||
             (is_word(statement, token, "BEGIN") && is_word(statement, next, "ATOMIC")))) {
            return token.begin;
        }
    }
    return {};
}

/// `AS 'source'` or `AS 'file', 'symbol'`, from AS.
std::size_t end_of_source(std::string_view statement, std::size_t as) {
    auto token = next_significant_token(statement, next_significant_token(statement, as).end);
    auto const comma = next_significant_token(statement, token.end);
    if (text_of(statement, comma) == ",") token = next_significant_token(statement, comma.end);
    return token.end;
}

std::string return_type(Json const& node) {
    return node.contains("returnType") ? last_name(node["returnType"].value("names", Json::array()))
                                       : "";
}

constexpr std::string_view stub_mark = "/* cm-migrate: without its body";

/// Of the body as it is written in a string, and its language; line endings aside. Empty if there
/// is no such body.
std::string body_digest(Json const& options) {
    auto const* const source = find_option(options, "as");
    if (source == nullptr) return {};
    std::string text{};
    auto const add = [&](std::string_view, Json const& node) {
        if (node.contains("sval") && node["sval"].is_string())
            text += node["sval"].get<std::string>() + '\0';
    };
    if (auto const* const language = find_option(options, "language")) walk(*language, add);
    walk(*source, add);
    std::erase(text, '\r');
    constexpr std::size_t length = 16;
    return " " + sha256(text).substr(0, length);
}

std::string stub_body(std::string const& type, std::string_view digest, std::string_view sqlstate) {
    std::string body = fmt::format(
        "RAISE EXCEPTION USING ERRCODE = '{}', MESSAGE = 'it reaches outside of the database';",
        sqlstate);
    if (type == "event_trigger") body = "NULL;";
    if (type == "trigger") {
        body = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;";
    }
    return fmt::format("AS $cm_migrate$BEGIN {}{} */ {} END$cm_migrate$", stub_mark, digest, body);
}

std::optional<StatementTree> only_tree(std::string_view statement) {
    auto trees = parse_statements(statement);
    if (!trees || trees->size() != 1) return {};
    return std::move(trees->front());
}

}  // namespace

std::string without_data(std::string_view statement) {
    auto const tree = only_tree(statement);
    auto const into = tree ? tree->node().value("into", Json::object()) : Json::object();
    if (into.value("skipData", false)) return std::string{statement};
    // `WITH DATA` may stand there.
    std::vector<Token> last{};
    for (auto token = next_significant_token(statement, 0); token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        last.push_back(token);
    }
    if (last.size() > 2 && is_word(statement, last[last.size() - 1], "DATA") &&
        is_word(statement, last[last.size() - 2], "WITH")) {
        return fmt::format("{} WITH NO DATA", statement.substr(0, last[last.size() - 2].begin));
    }
    // The line end closes a comment.
    return fmt::format("{}\nWITH NO DATA", statement);
}

std::optional<std::string> created_role(std::string_view statement) {
    auto const tree = only_tree(statement);
    if (!tree || tree->name != "CreateRoleStmt") return {};
    return tree->node().value("role", "");
}

std::optional<std::string> without_login(std::string_view statement) {
    auto const role = created_role(statement);
    if (!role) return {};
    return fmt::format("CREATE ROLE {} NOLOGIN", quote_identifier(*role));
}

std::optional<std::string> with_stub_body(std::string_view statement, std::string_view sqlstate) {
    auto const tree = only_tree(statement);
    if (!tree || tree->name != "CreateFunctionStmt") return {};
    auto const options = tree->node().value("options", Json::array());
    auto const stub = stub_body(return_type(tree->node()), body_digest(options), sqlstate);
    std::vector<Change> changes{};
    if (auto const* const language = find_option(options, "language")) {
        auto const begin = language->value("location", std::size_t{});
        auto const word = next_significant_token(statement, begin);
        changes.push_back(
            {begin, next_significant_token(statement, word.end).end, "LANGUAGE plpgsql"});
    }
    auto const* const language = changes.empty() ? "LANGUAGE plpgsql " : "";
    if (auto const* const source = find_option(options, "as")) {
        auto const begin = source->value("location", std::size_t{});
        changes.push_back({begin, end_of_source(statement, begin), language + stub});
    } else if (auto const begin = own_body(statement)) {
        changes.push_back({*begin, statement.size(), language + stub});
    } else {
        return {};
    }
    return changed(statement, std::move(changes));
}

bool has_stub_body(std::string_view definition) {
    return definition.find(stub_mark) != std::string_view::npos;
}

bool is_stub_of(std::string_view stub, std::string_view definition, std::string_view sqlstate) {
    if (!has_stub_body(stub)) return false;
    auto const made = with_stub_body(definition, sqlstate);
    if (!made) return false;
    // PostgreSQL prints a body between marks of its own.
    auto const unmarked = [](std::string text) {
        for (std::string_view const mark : {"$cm_migrate$", "$function$", "$procedure$"}) {
            for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
                text.replace(at, mark.size(), "$$");
        }
        return canonical_definition(text);
    };
    return unmarked(*made) == unmarked(std::string(stub));
}

std::string with_current_user(std::string_view statement, std::vector<std::string> const& names) {
    std::vector<Change> changes{};
    for (auto const& role : named_roles(statement)) {
        if (!role.offset || std::find(names.begin(), names.end(), role.name) == names.end()) {
            continue;
        }
        auto const token = next_significant_token(statement, *role.offset);
        changes.push_back({token.begin, token.end, "CURRENT_USER"});
    }
    // CREATE SCHEMA AUTHORIZATION: the role gives the schema its name.
    auto const tree = only_tree(statement);
    if (tree && tree->name == "CreateSchemaStmt" && !tree->node().contains("schemaname") &&
        tree->node().contains("authrole")) {
        auto const role = tree->node()["authrole"].value("rolename", "");
        for (auto token = next_significant_token(statement, 0); token.kind != TokenKind::end;
             token = next_significant_token(statement, token.end)) {
            if (!is_word(statement, token, "AUTHORIZATION")) continue;
            changes.push_back({token.begin, token.begin, quote_identifier(role) + " "});
            break;
        }
    }
    return changed(statement, std::move(changes));
}

std::vector<std::string> named_tablespaces(std::string_view statement) {
    std::vector<std::string> names{};
    for (auto token = next_significant_token(statement, 0); token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        if (!is_word(statement, token, "TABLESPACE")) continue;
        auto const name = next_significant_token(statement, token.end);
        if (is_name(name)) {
            names.push_back(name_of(statement, name));
        }
    }
    return names;
}

std::string with_default_tablespace(std::string_view statement) {
    std::vector<Change> changes{};
    for (auto token = next_significant_token(statement, 0); token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        if (!is_word(statement, token, "TABLESPACE")) continue;
        auto const name = next_significant_token(statement, token.end);
        if (is_name(name)) {
            changes.push_back({name.begin, name.end, "pg_default"});
        }
    }
    return changed(statement, std::move(changes));
}

}  // namespace cm::sql

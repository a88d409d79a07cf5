// Reads the statement's words, far enough to tell whether it reads or writes a table.
#include "history/needed_right.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "sql/named_objects.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

/// `words` from `token` on; what follows them.
std::optional<sql::Token> behind(std::string_view statement, sql::Token token,
                                 std::string_view words) {
    while (!words.empty()) {
        auto const word = words.substr(0, words.find(' '));
        if (!sql::is_word(statement, token, word)) return {};
        token = sql::next_significant_token(statement, token.end);
        words.remove_prefix(std::min(word.size() + 1, words.size()));
    }
    return token;
}

/// What follows the words where they first stand.
std::optional<sql::Token> find(std::string_view statement, std::string_view words) {
    for (auto token = sql::next_significant_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement, token.end)) {
        if (auto const found = behind(statement, token, words)) return found;
    }
    return {};
}

std::string last_part(std::string_view statement, sql::Token token) {
    std::string name{};
    while (sql::is_name(token)) {
        name = sql::name_of(statement, token);
        token = sql::next_significant_token(statement, token.end);
        if (token.kind != sql::TokenKind::symbol || statement[token.begin] != '.') break;
        token = sql::next_significant_token(statement, token.end);
    }
    return name;
}

/// The statement writes to this very relation, and does not merely read from it.
bool writes_to(std::string_view statement, std::string_view words, std::string_view relation) {
    auto token = find(statement, words);
    if (token && sql::is_word(statement, *token, "ONLY")) {
        token = sql::next_significant_token(statement, token->end);
    }
    return token && last_part(statement, *token) == relation;
}

bool maintains(std::string_view statement) {
    for (auto const* const word : {"REFRESH", "CLUSTER", "REINDEX", "VACUUM", "ANALYZE"}) {
        if (begins_with(statement, word)) return true;
    }
    return false;
}

/// COPY t FROM …, not COPY (SELECT … FROM …) TO …
bool copies_in(std::string_view statement) {
    auto const source = find(statement, "COPY");
    if (!source || source->kind == sql::TokenKind::symbol) return false;
    auto const from = find(statement, "FROM");
    auto const to = find(statement, "TO");
    return from && (!to || from->begin < to->begin);
}

bool is_definition_of_table(std::string_view statement) {
    return begins_with(statement, "CREATE") || begins_with(statement, "ALTER");
}

}  // namespace

bool begins_with(std::string_view statement, std::string_view words) {
    return behind(statement, sql::next_significant_token(statement, 0), words).has_value();
}

bool mentions(std::string_view statement, std::string_view words) {
    return find(statement, words).has_value();
}

bool names(std::string_view statement, std::string_view name) {
    for (auto token = sql::next_significant_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement, token.end)) {
        if (sql::is_name(token) && sql::name_of(statement, token) == name) return true;
    }
    return false;
}

std::string name_behind(std::string_view statement, std::string_view words) {
    auto const token = find(statement, words);
    if (!token || (token->kind != sql::TokenKind::word && token->kind != sql::TokenKind::name)) {
        return {};
    }
    return std::string(statement.substr(token->begin, token->end - token->begin));
}

std::string table_rights(std::string_view statement, std::string_view relation, int version) {
    if (statement.empty()) return "SELECT, INSERT, UPDATE";  // of ours: the migrations table
    constexpr int with_maintain = 170'000;
    if (maintains(statement) && version >= with_maintain) return "MAINTAIN";
    if (begins_with(statement, "TRUNCATE")) return "TRUNCATE";
    if (begins_with(statement, "LOCK")) {
        return mentions(statement, "ACCESS SHARE") ? "SELECT" : "UPDATE";
    }
    if (begins_with(statement, "COPY")) return copies_in(statement) ? "INSERT" : "SELECT";
    if (begins_with(statement, "CREATE") && mentions(statement, "TRIGGER")) return "TRIGGER";
    if (is_definition_of_table(statement)) {
        auto const refers = mentions(statement, "REFERENCES");
        auto const reads = mentions(statement, "LIKE") || mentions(statement, "SELECT") ||
                           mentions(statement, "AS TABLE");
        return refers && reads ? "SELECT, REFERENCES" : reads ? "SELECT" : "REFERENCES";
    }
    std::string rights = "SELECT";
    if (writes_to(statement, "INSERT INTO", relation)) rights += ", INSERT";
    if (writes_to(statement, "MERGE INTO", relation)) return rights + ", INSERT, UPDATE, DELETE";
    if (writes_to(statement, "UPDATE", relation) || mentions(statement, "DO UPDATE") ||
        mentions(statement, "FOR UPDATE") || mentions(statement, "FOR SHARE") ||
        mentions(statement, "FOR NO KEY UPDATE") || mentions(statement, "FOR KEY SHARE")) {
        rights += ", UPDATE";
    }
    if (writes_to(statement, "DELETE FROM", relation)) rights += ", DELETE";
    auto const is_unseen = begins_with(statement, "DO") || begins_with(statement, "CALL") ||
                           begins_with(statement, "EXECUTE");
    return is_unseen ? "SELECT, INSERT, UPDATE, DELETE" : rights;
}

bool runs_unseen_code(std::string_view statement) {
    if (begins_with(statement, "DO") || begins_with(statement, "EXECUTE")) return true;
    auto const named = sql::named_objects(statement);
    return named && !named->routines.empty();
}

std::string schema_rights(std::string_view statement, std::string_view schema,
                          std::string_view creation_schema) {
    auto const named = sql::named_objects(statement);
    if (!named) {
        auto const creates = is_definition_of_table(statement) || begins_with(statement, "IMPORT");
        return creates ? "USAGE, CREATE" : "USAGE";
    }
    if (begins_with(statement, "IMPORT")) return "USAGE, CREATE";
    if (!named->created) return "USAGE";
    auto const& place = named->created->schema;
    return (place.empty() ? creation_schema : std::string_view(place)) == schema ? "USAGE, CREATE"
                                                                                 : "USAGE";
}

std::string sequence_rights(std::string_view statement, std::string_view sequence) {
    auto const named = sql::named_objects(statement).value_or(sql::NamedObjects{});
    auto const calls = [&](std::string_view name) {
        return std::any_of(named.routines.begin(), named.routines.end(),
                           [&](auto const& it) { return it.name.name == name; });
    };
    auto const reads = std::any_of(named.relations.begin(), named.relations.end(),
                                   [&](auto const& it) { return it.name == sequence; });
    if (calls("setval")) return calls("nextval") ? "USAGE, UPDATE" : "UPDATE";
    return reads ? "SELECT" : "USAGE";
}

std::optional<std::string> granted_rights(std::string_view statement) {
    auto const first = find(statement, "GRANT");
    auto const on = find(statement, "ON");
    if (!begins_with(statement, "GRANT") || !first || !on || on->begin <= first->begin) return {};
    auto words = statement.substr(first->begin, on->begin - first->begin);
    for (auto token = sql::next_significant_token(words, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(words, token.end)) {
        if (!sql::is_word(words, token, "ON")) continue;
        words = words.substr(0, token.begin);
        break;
    }
    while (words.ends_with(' ') || words.ends_with('\n')) words.remove_suffix(1);
    return std::string(words);
}

std::string_view innermost(std::string_view context, std::string_view statement) {
    constexpr std::string_view begin = "SQL statement \"";
    if (!context.starts_with(begin)) return statement;
    auto const text = context.substr(begin.size());
    auto end = text.find("\"\n");
    if (end == std::string_view::npos) end = text.rfind('"');
    return end == std::string_view::npos ? statement : text.substr(0, end);
}

}  // namespace cm::history

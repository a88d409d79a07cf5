// See column_clause.hpp. The clauses are libpg_query's; the type before them is read as any other.
#include "sql/column_clause.hpp"

#include <fmt/format.h>
#include <pg_query.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace cm::sql {
namespace {

using Json = nlohmann::json;

/// The only statement of the text; null if there is another number, or the parser refuses it.
Json only_statement(std::string const& query) {
    auto const parsed = pg_query_parse(query.c_str());
    auto statement = Json::object();
    if (parsed.error == nullptr) {
        auto const json = Json::parse(parsed.parse_tree);
        auto const& statements = json.at("stmts");
        if (statements.size() == 1) statement = statements[0].at("stmt");
    }
    pg_query_free_parse_result(parsed);
    return statement;
}

std::optional<ColumnClauses> clauses_of(std::string_view text) {
    constexpr std::string_view opening = "CREATE TABLE t (c ";
    auto const statement = only_statement(fmt::format("{}{})", opening, text));
    auto const elements =
        statement.value("CreateStmt", Json::object()).value("tableElts", Json::array());
    if (elements.size() != 1 || !elements[0].contains("ColumnDef")) return {};
    auto const& column = elements[0]["ColumnDef"];
    ColumnClauses found{};
    auto end = text.size();
    auto const begins_at = [&](Json const& clause) {
        std::size_t const location = clause.value("location", 0U);
        if (location > opening.size()) end = std::min(end, location - opening.size());
    };
    if (column.contains("collClause")) begins_at(column["collClause"]);
    for (auto const& each : column.value("constraints", Json::array())) {
        auto const& clause = each.at("Constraint");
        auto const kind = clause.value("contype", "");
        found.is_generated |= kind == "CONSTR_GENERATED";
        found.is_identity |= kind == "CONSTR_IDENTITY";
        begins_at(clause);
    }
    auto const type = parse_type(text.substr(0, end));
    if (!type) return {};
    found.type = *type;
    return found;
}

bool holds_column(Json const& node) {
    if (!node.is_structured()) return false;
    if (node.is_object() && node.contains("ColumnRef")) return true;
    for (auto const& [key, child] : node.items()) {
        // The modifiers of a type look like columns: `geometry(Point)`.
        if (key != "typeName" && holds_column(child)) return true;
    }
    return false;
}

constexpr std::size_t longest = 20'000;  // what is longer may nest too deeply for the parser

}  // namespace

std::optional<ColumnClauses> parse_column(std::string_view text) {
    if (text.size() > longest) return {};
    if (auto found = clauses_of(text)) return found;
    // The parser of PostgreSQL 15 does not know the word of PostgreSQL 18.
    constexpr std::string_view word = "virtual";
    auto const end = text.find_last_not_of(" \t\r\n");
    if (end == std::string_view::npos || end < word.size()) return {};
    auto const begin = end + 1 - word.size();
    if (to_lower(text.substr(begin, word.size())) != word) return {};
    return clauses_of(fmt::format("{} STORED", text.substr(0, begin)));
}

bool names_a_column(std::string_view expression) {
    if (expression.size() > longest) return false;
    auto const statement = only_statement(fmt::format("SELECT {}", expression));
    auto const select = statement.value("SelectStmt", Json::object());
    return select.value("targetList", Json::array()).size() == 1 && holds_column(select);
}

}  // namespace cm::sql

// See statement_tree.hpp.
#include "sql/statement_tree.hpp"

#include <pg_query.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sql/token.hpp"
#include "sql/tree_reader.hpp"

namespace cm::sql {
namespace {

/// Each level of the tree takes at least a token, and stack here and in the parser.
constexpr std::size_t most_tokens = 20'000;

bool is_too_long(std::string_view text) {
    if (text.size() <= most_tokens) return false;  // no token is empty
    std::size_t count = 0;
    for (auto token = next_significant_token(text, 0); token.kind != TokenKind::end;
         token = next_significant_token(text, token.end)) {
        if (++count > most_tokens) return true;
    }
    return false;
}

std::string part_from_end(Json const& names, std::size_t from_end) {
    if (!names.is_array() || names.size() <= from_end) return {};
    auto const& part = names[names.size() - 1 - from_end];
    return part.contains("String") ? part["String"].value("sval", "") : "";
}

}  // namespace

std::optional<std::vector<PlacedTree>> parse_with_places(std::string_view text) {
    if (is_too_long(text)) return {};
    auto result = pg_query_parse(std::string{text}.c_str());
    std::unique_ptr<PgQueryParseResult, void (*)(PgQueryParseResult*)> const guard(
        &result, [](PgQueryParseResult* r) { pg_query_free_parse_result(*r); });
    if (result.error != nullptr) return {};
    std::vector<PlacedTree> trees{};
    auto json = read_tree(result.parse_tree);
    auto const statements = json.find("stmts");
    if (statements == json.end()) return trees;
    trees.reserve(statements->size());
    for (auto& one : *statements) {
        if (!one.contains("stmt") || one["stmt"].empty()) continue;
        auto const statement = one["stmt"].begin();
        auto const begin = one.value("stmt_location", std::size_t{});
        auto const length = one.value("stmt_len", std::size_t{});
        trees.push_back(
            {{statement.key(), std::make_shared<Json const>(std::move(statement.value()))},
             begin,
             length == 0 ? text.size() : begin + length});
    }
    return trees;
}

std::optional<std::vector<StatementTree>> parse_statements(std::string_view text) {
    auto placed = parse_with_places(text);
    if (!placed) return {};
    std::vector<StatementTree> trees{};
    trees.reserve(placed->size());
    for (auto& one : *placed) trees.push_back(std::move(one.statement));
    return trees;
}

std::optional<SyntaxError> syntax_error(std::string_view text) {
    auto result = pg_query_parse(std::string{text}.c_str());
    std::unique_ptr<PgQueryParseResult, void (*)(PgQueryParseResult*)> const guard(
        &result, [](PgQueryParseResult* r) { pg_query_free_parse_result(*r); });
    if (result.error == nullptr) return {};
    auto const position = result.error->cursorpos;
    return SyntaxError{result.error->message,
                       position > 0 ? static_cast<std::size_t>(position - 1) : 0};
}

std::shared_ptr<Json const> parse_plpgsql(std::string_view statement) {
    if (is_too_long(statement)) return {};
    auto result = pg_query_parse_plpgsql(std::string{statement}.c_str());
    std::unique_ptr<PgQueryPlpgsqlParseResult, void (*)(PgQueryPlpgsqlParseResult*)> const guard(
        &result, [](PgQueryPlpgsqlParseResult* r) { pg_query_free_plpgsql_parse_result(*r); });
    if (result.error != nullptr) return {};
    auto json = Json::parse(result.plpgsql_funcs, nullptr, /*allow_exceptions=*/false);
    if (!json.is_array() || json.empty()) return {};
    return std::make_shared<Json const>(std::move(json));
}

void walk(Json const& tree, std::function<void(std::string_view, Json const&)> const& visit) {
    std::vector<std::pair<std::string_view, Json const*>> left{{"", &tree}};
    while (!left.empty()) {
        auto const [key, node] = left.back();
        left.pop_back();
        if (node->is_object()) visit(key, *node);
        auto const first = left.size();
        if (node->is_object()) {
            for (auto const& [name, child] : node->items()) {
                if (child.is_structured()) left.emplace_back(name, &child);
            }
        } else if (node->is_array()) {
            for (auto const& child : *node) {
                if (child.is_structured()) left.emplace_back(key, &child);
            }
        }
        std::reverse(left.begin() + static_cast<std::ptrdiff_t>(first), left.end());
    }
}

Json const& member(Json const& node, std::initializer_list<std::string_view> keys) {
    static Json const nothing{};
    auto const* at = &node;
    for (auto const key : keys) {
        if (!at->is_object()) return nothing;
        auto const found = at->find(key);
        if (found == at->end()) return nothing;
        at = &*found;
    }
    return *at;
}

std::string last_name(Json const& names) {
    return part_from_end(names, 0);
}

std::string schema_name(Json const& names) {
    return part_from_end(names, 1);
}

Json const* find_option(Json const& options, std::string_view name) {
    for (auto const& option : options) {
        if (option.contains("DefElem") && option["DefElem"].value("defname", "") == name) {
            return &option["DefElem"];
        }
    }
    return nullptr;
}

}  // namespace cm::sql

// See operator_class.hpp. PostgreSQL manual, CREATE INDEX, opclass_parameter.
#include "sql/operator_class.hpp"

#include <fmt/format.h>
#include <pg_query.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "sql/type.hpp"

namespace cm::sql {
namespace {

using Json = nlohmann::json;

std::string word_of(Json const& names) {
    return names.empty() ? std::string{} : names.back().at("String").value("sval", "");
}

/// PostgreSQL keeps the text of the value, and `true` where there is none.
std::string value_of(Json const& option) {
    if (!option.contains("arg")) return "true";
    auto const& value = option.at("arg");
    if (value.contains("Integer")) return std::to_string(value["Integer"].value("ival", 0));
    if (value.contains("Float")) return value["Float"].value("fval", "");
    if (value.contains("String")) return value["String"].value("sval", "");
    if (value.contains("Boolean"))
        return value["Boolean"].value("boolval", false) ? "true" : "false";
    if (value.contains("TypeName")) return word_of(value["TypeName"].value("names", Json::array()));
    return {};
}

OperatorClass read(Json const& column) {
    OperatorClass found{};
    auto const& names = column.at("opclass");
    found.name.name = word_of(names);
    if (names.size() > 1) found.name.schema = names.front().at("String").value("sval", "");
    for (auto const& option : column.value("opclassopts", Json::array())) {
        auto const& element = option.at("DefElem");
        found.parameters.emplace(element.value("defname", ""), value_of(element));
    }
    return found;
}

}  // namespace

std::optional<OperatorClass> parse_operator_class(std::string_view text) {
    auto const query = fmt::format("CREATE INDEX ON t (c {})", text);
    auto const parsed = pg_query_parse(query.c_str());
    std::optional<OperatorClass> found{};
    if (parsed.error == nullptr) {
        auto const tree = Json::parse(parsed.parse_tree);
        auto const& statements = tree.at("stmts");
        auto const index = statements.size() == 1
                               ? statements[0].at("stmt").value("IndexStmt", Json::object())
                               : Json::object();
        auto const columns = index.value("indexParams", Json::array());
        if (columns.size() == 1 && columns[0].at("IndexElem").contains("opclass")) {
            found = read(columns[0]["IndexElem"]);
        }
    }
    pg_query_free_parse_result(parsed);
    return found;
}

OperatorClassParameters operator_class_parameters(std::vector<std::string> const& options) {
    OperatorClassParameters parameters{};
    for (auto const& option : options) {
        auto const sign = std::min(option.find('='), option.size());
        parameters.emplace(option.substr(0, sign),
                           sign == option.size() ? "true" : option.substr(sign + 1));
    }
    return parameters;
}

std::string to_sql(OperatorClassParameters const& parameters) {
    std::string text{};
    for (auto const& [name, value] : parameters) {
        text += fmt::format("{}{}={}", text.empty() ? "" : ", ", bare_name(name),
                            is_digits(value) ? value : quote_literal(value));
    }
    return text.empty() ? text : fmt::format("({})", text);
}

}  // namespace cm::sql

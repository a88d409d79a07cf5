// See printed.hpp.
#include "schema/printed.hpp"

#include "schema/conditions.hpp"
#include "sql/unqualified.hpp"

namespace cm::schema {
namespace {

void shorten(object::Column& column, std::string_view bare) {
    column.generation = sql::unqualified(column.generation, bare);
    auto* const expression =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    if (expression == nullptr) return;
    auto text = sql::unqualified(expression->text, bare);
    if (text != expression->text) *expression = sql::column_default(text, column.type);
}

void shorten(object::IndexDetails& details, std::string_view bare) {
    for (auto& element : details.elements) {
        if (element.column.empty()) element.expression = sql::unqualified(element.expression, bare);
    }
}

}  // namespace

Schema unqualified(Schema schema, std::string_view bare) {
    for (auto const& [name, table] : schema.tables) {
        for (auto& column : schema.tables.find(name)->columns) shorten(column, bare);
    }
    for (auto const& [name, index] : schema.indexes) {
        if (index.details) shorten(*schema.indexes.find(name)->details, bare);
        if (!index.predicate) continue;
        auto text = sql::unqualified(index.predicate->text, bare);
        if (text == index.predicate->text) continue;
        auto& changed = *schema.indexes.find(name);
        changed.predicate->text = std::move(text);
        read_condition(changed, schema);
    }
    return schema;
}

}  // namespace cm::schema

// See printed.hpp.
#include "schema/printed.hpp"

#include "schema/conditions.hpp"
#include "sql/unqualified.hpp"

namespace cm::schema {
namespace {

/// The schema that goes without saying, and whether it does before functions.
struct Bare {
    std::string_view schema{};
    sql::CalledFunctions called{};

    std::string operator()(std::string_view text) const {
        return sql::unqualified(text, schema, called);
    }
};

void shorten(object::Column& column, Bare const& bare) {
    column.generation = bare(column.generation);
    auto* const expression =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    if (expression == nullptr) return;
    auto text = bare(expression->text);
    if (text != expression->text) *expression = sql::column_default(text, column.type);
}

void shorten(object::IndexDetails& details, Bare const& bare) {
    for (auto& element : details.elements) {
        if (element.column.empty()) element.expression = bare(element.expression);
    }
}

}  // namespace

Schema unqualified(Schema schema, std::string_view bare_schema) {
    // Where all is compared, what is written must mean what it means there.
    Bare const bare{bare_schema,
                    schema.is_whole ? sql::CalledFunctions::whole : sql::CalledFunctions::bare};
    for (auto const& [name, table] : schema.tables) {
        for (auto& column : schema.tables.find(name)->columns) shorten(column, bare);
    }
    for (auto const& [name, index] : schema.indexes) {
        if (index.details) shorten(*schema.indexes.find(name)->details, bare);
        if (!index.predicate) continue;
        auto text = bare(index.predicate->text);
        if (text == index.predicate->text) continue;
        auto& changed = *schema.indexes.find(name);
        changed.predicate->text = std::move(text);
        read_condition(changed, schema);
    }
    return schema;
}

}  // namespace cm::schema

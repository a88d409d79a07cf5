// See conditions.hpp.
#include "schema/conditions.hpp"

#include <algorithm>

namespace cm::schema {

void read_condition(object::Index& index, Schema const& schema) {
    if (!index.predicate) return;
    auto const* const table = schema.tables.find(index.table);
    auto const type_of = [&](std::string_view name) -> sql::Type const* {
        auto const* const column = table == nullptr ? nullptr : find_column(*table, name);
        return column == nullptr ? nullptr : &column->type;
    };
    index.predicate = sql::condition(index.predicate->text, type_of);
    auto& columns = index.predicate->columns;
    if (table == nullptr) return;
    auto const is_row = [&](std::string const& name) {
        return name == "*" || (name == table->name.name && type_of(name) == nullptr);
    };
    if (std::none_of(columns.begin(), columns.end(), is_row)) return;
    columns.clear();
    for (auto const& column : table->columns) columns.push_back(column.name);
}

void read_conditions(Schema& schema) {
    for (auto const& [name, index] : schema.indexes) {
        if (index.predicate) read_condition(*schema.indexes.find(name), schema);
    }
}

}  // namespace cm::schema

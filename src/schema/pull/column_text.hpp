// A column as the schema language says it: type, native type and default.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "object/table/column.hpp"

namespace cm::schema {

/// The words of a field that come from the column alone.
struct ColumnText {
    std::string type{};           ///< without `?` and `[]`: `Int`, `Role`, `Unsupported("point")`
    std::string native{};         ///< `@db.VarChar(20)`; empty if the type has it by default
    std::string default_value{};  ///< `@default(now())`; empty if there is none
    bool is_supported = true;     ///< no `Unsupported("…")`
};

/// How the enums of the database are called in the schema.
struct EnumNames {
    /// The enum of that type; none if it is not in the schema.
    std::function<std::optional<std::string>(sql::QualifiedName const&)> name{};
    /// A value of it; none if it cannot be said.
    std::function<std::optional<std::string>(sql::QualifiedName const&, std::string const&)>
        value{};
};

/// `native_prefix` is the name of the datasource: `db` in `@db.Text`. `default_schema`: that of
/// types without one.
ColumnText column_text(object::Column const& column, EnumNames const& enums,
                       std::string_view native_prefix, std::string_view default_schema);

}  // namespace cm::schema

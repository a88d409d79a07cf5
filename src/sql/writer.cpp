// See writer.hpp.
#include "sql/writer.hpp"

#include "base/assert.hpp"
#include "sql/system_types.hpp"
#include "sql/whole_casts.hpp"

namespace cm::sql {

std::string Writer::name(QualifiedName const& name) const {
    // PostgreSQL looks among its own relations first, whose names all begin so.
    auto const is_hidden = name.name.starts_with("pg_");
    if (name.schema.empty() || (name.schema == unqualified_schema_ && !is_hidden)) {
        return quote_identifier(name.name);
    }
    return quote_identifier(name.schema) + "." + quote_identifier(name.name);
}

std::string Writer::type_name(QualifiedName const& name) const {
    return is_system_type_name(name.name) ? quote(name) : this->name(name);
}

std::string Writer::type(Type const& type) const {
    auto const is_elsewhere = !type.home.empty() && type.home != unqualified_schema_;
    if (is_elsewhere && type.spelling.text.empty()) return to_sql_elsewhere(type);
    return to_sql(type, type_name(type.name));
}

std::string Writer::operator_class(std::string const& home, std::string const& name) const {
    auto const is_elsewhere = !home.empty() && home != unqualified_schema_;
    return is_elsewhere ? quote({home, name}) : bare_name(name);
}

void Writer::statement(std::string_view title, std::string_view text) {
    statements_.push_back({std::string{title}, with_whole_casts(text) + ";"});
}

void Writer::retitle_last(std::string_view title) {
    CM_ASSERT(!statements_.empty());
    statements_.back().title = title;
}

}  // namespace cm::sql

// Namespaces: the smallest kind, all stages in one file.
#include "object/namespace/namespace.hpp"

#include <fmt/format.h>

#include "object/namespace/namespace.sql.hpp"

namespace cm::object {

std::string_view const Namespace::catalog_query = sql_text::object_namespace_namespace;

std::string key(Namespace const& object) {
    return object.name;
}

std::string display_name(Namespace const& object) {
    return object.name;
}

ObjectRef self(Namespace const& object) {
    return {ObjectKind::namespace_, {object.name, {}}};
}

References references(Namespace const& /*object*/) {
    return {};
}

std::optional<ObjectRef> owner(Namespace const& /*object*/) {
    return {};
}

bool renamed(Namespace const& /*from*/, Namespace const& /*to*/) {
    return false;  // it holds tables that the other does not: a rename would move them unasked
}

ChangeStrategy strategy(Namespace const& /*from*/, Namespace const& /*to*/) {
    return ChangeStrategy::none;
}

void to_sql(Create<Namespace> const& step, sql::Writer& out) {
    out.statement("CreateSchema", fmt::format("CREATE SCHEMA IF NOT EXISTS {}",
                                              sql::quote_identifier(step.object.name)));
}

void to_sql(Alter<Namespace> const& /*step*/, sql::Writer& /*out*/) {}

void to_sql(Drop<Namespace> const& step, sql::Writer& out) {
    // Without CASCADE: what the schema language cannot see must stop the drop.
    out.statement("DropSchema",
                  fmt::format("DROP SCHEMA {}", sql::quote_identifier(step.object.name)));
}

void hazards(Create<Namespace> const& /*step*/, Hazards& /*out*/) {}

void hazards(Alter<Namespace> const& /*step*/, Hazards& /*out*/) {}

void hazards(Drop<Namespace> const& /*step*/, Hazards& /*out*/) {
}  // fails unless it is empty: no data can go

std::vector<std::string> describe(Alter<Namespace> const& /*step*/) {
    return {};
}

void read(sql::Row const& row, Namespace& object) {
    object.name = row.text("name");
    object.other_types = row.text_array("other_types");
}

}  // namespace cm::object

// An enum type (CREATE TYPE … AS ENUM): manual, 8.7.
#pragma once
#include <vector>

#include "dsl/datamodel.hpp"
#include "object/object.hpp"

namespace cm::object {

struct Enum {
    static constexpr ObjectKind kind = ObjectKind::enum_;
    static constexpr bool holds_data = false;
    static constexpr std::string_view title = "enum";
    static std::string_view const catalogue_query;
    sql::QualifiedName name{};
    std::vector<std::string> values{};
    Origin origin{};
    /// The order of the values does not count: Prisma appends new values whatever their place in
    /// the file, so that databases in use have them in another order than their schema, and no
    /// client can see it.
    friend bool operator==(Enum const& a, Enum const& b);
};

sql::QualifiedName key(Enum const& object);
std::string display_name(Enum const& object);
ObjectRef self(Enum const& object);
References references(Enum const& object);
std::optional<ObjectRef> owner(Enum const& object);
bool renamed(Enum const& from, Enum const& to);
Remedy remedy(Enum const& from, Enum const& to);
std::vector<std::string> added_values(Enum const& from, Enum const& to);
std::vector<std::string> removed_values(Enum const& from, Enum const& to);
void to_sql(Create<Enum> const& step, sql::Writer& out);
/// New values only; where values go, schema/enum_rebuild takes the step's place.
void to_sql(Alter<Enum> const& step, sql::Writer& out);
void to_sql(Drop<Enum> const& step, sql::Writer& out);
void hazards(Create<Enum> const& step, Hazards& out);
void hazards(Alter<Enum> const& step, Hazards& out);
void hazards(Drop<Enum> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Enum> const& step);
void read(sql::Row const& row, Enum& object);
Enum lower(dsl::Enum const& declaration, std::string_view default_schema);

}  // namespace cm::object

// An extension (CREATE EXTENSION): manual, 38.17. One a database, whatever the schema of its
// objects.
#pragma once
#include <vector>

#include "dsl/datamodel.hpp"
#include "object/object.hpp"

namespace cm::object {

struct Extension {
    static constexpr ObjectKind kind = ObjectKind::extension;
    static constexpr bool holds_data = true;  // columns of its types go with it
    static constexpr std::string_view title = "extension";
    static constexpr std::string_view place = "extensions.sql";  ///< of `pull`, see DefinitionKind
    static std::string_view const catalog_query;
    std::string name{};
    std::string schema{};   ///< empty: whichever
    std::string version{};  ///< empty: whichever
    Origin origin{};
    /// What one side does not ask for does not count.
    friend bool operator==(Extension const& a, Extension const& b);
};

std::string key(Extension const& object);
std::string display_name(Extension const& object);
ObjectRef self(Extension const& object);
References references(Extension const& object);
std::optional<ObjectRef> owner(Extension const& object);
bool renamed(Extension const& from, Extension const& to);
ChangeStrategy strategy(Extension const& from, Extension const& to);
void to_sql(Create<Extension> const& step, sql::Writer& out);
void to_sql(Alter<Extension> const& step, sql::Writer& out);
void to_sql(Drop<Extension> const& step, sql::Writer& out);
void hazards(Create<Extension> const& step, Hazards& out);
void hazards(Alter<Extension> const& step, Hazards& out);
void hazards(Drop<Extension> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Extension> const& step);
void read(sql::Row const& row, Extension& object);
/// By name, as Prisma makes them.
std::vector<Extension> lower_extensions(dsl::Datasource const& declaration);

}  // namespace cm::object

// A namespace (CREATE SCHEMA): manual, 5.9. `public` is always there and never dropped.
#pragma once
#include "base/boxed.hpp"
#include "object/object.hpp"

namespace cm::object {

struct Namespace {
    static constexpr ObjectKind kind = ObjectKind::namespace_;
    static constexpr bool holds_data = true;
    static constexpr std::string_view title = "schema";
    static constexpr std::string_view place = "schema.sql";  ///< of `pull`, see DefinitionKind
    static std::string_view const catalog_query;
    std::string name{};
    Origin origin{};
    Boxed<FormerNames> former_names{};  ///< does not count
    /// In a database: names of types that no kind of object here stands for (domains, views …), by
    /// which a new type cannot be called; does not count for equality.
    std::vector<std::string> other_types{};

    friend bool operator==(Namespace const& a, Namespace const& b) { return a.name == b.name; }
};

std::string key(Namespace const& object);
std::string display_name(Namespace const& object);
ObjectRef self(Namespace const& object);
References references(Namespace const& object);
std::optional<ObjectRef> owner(Namespace const& object);
bool renamed(Namespace const& from, Namespace const& to);
ChangeStrategy strategy(Namespace const& from, Namespace const& to);
void to_sql(Create<Namespace> const& step, sql::Writer& out);
void to_sql(Alter<Namespace> const& step, sql::Writer& out);
void to_sql(Drop<Namespace> const& step, sql::Writer& out);
void hazards(Create<Namespace> const& step, Hazards& out);
void hazards(Alter<Namespace> const& step, Hazards& out);
void hazards(Drop<Namespace> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Namespace> const& step);
void read(sql::Row const& row, Namespace& object);

}  // namespace cm::object

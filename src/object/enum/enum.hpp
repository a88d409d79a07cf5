// An enum type (CREATE TYPE … AS ENUM): manual, 8.7.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/boxed.hpp"
#include "dsl/datamodel.hpp"
#include "object/object.hpp"

namespace cm::object {

struct Enum {
    static constexpr ObjectKind kind = ObjectKind::enum_;
    static constexpr bool holds_data = false;
    static constexpr std::string_view title = "enum";
    static constexpr std::string_view place = "types";  ///< of `pull`, see DefinitionKind
    static std::string_view const catalog_query;
    sql::QualifiedName name{};
    std::vector<std::string> values{};
    bool has_known_order{};  ///< read from a database; a schema file says no order
    std::int64_t oid{};      ///< in a database, where it stays through a rename; does not count
    Origin origin{};
    Boxed<FormerNames> former_names{};                   ///< does not count
    std::map<std::string, FormerNames> former_values{};  ///< of its values; does not count
    /// The order of the values counts between databases alone: Prisma appends new values whatever
    /// their place in the file, so that databases in use have them in another order than their
    /// schema, and no client can see it.
    friend bool operator==(Enum const& a, Enum const& b);
};

sql::QualifiedName key(Enum const& object);
std::string display_name(Enum const& object);
ObjectRef self(Enum const& object);
References references(Enum const& object);
std::optional<ObjectRef> owner(Enum const& object);
bool renamed(Enum const& from, Enum const& to);
ChangeStrategy strategy(Enum const& from, Enum const& to);
std::vector<std::string> added_values(Enum const& from, Enum const& to);
std::vector<std::string> removed_values(Enum const& from, Enum const& to);
void to_sql(Create<Enum> const& step, sql::Writer& out);
/// Whether the old values stand in another order among those that stay.
bool is_reordered(Enum const& from, Enum const& to);
/// New values only; where values go or change places, schema/enum_rebuild takes the step's place.
void to_sql(Alter<Enum> const& step, sql::Writer& out);
void to_sql(Drop<Enum> const& step, sql::Writer& out);
void hazards(Create<Enum> const& step, Hazards& out);
void hazards(Alter<Enum> const& step, Hazards& out);
void hazards(Drop<Enum> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Enum> const& step);
void read(sql::Row const& row, Enum& object);
/// The database's order, with new values behind their nearest declared neighbor.
void take_unsaid(Enum& declared, Enum const& actual);
void drop_details(Enum& object);
/// What no migration says (see schema/unmade.hpp), `made` takes from `actual`.
void forget_unmade(Enum& made);
Enum lower(dsl::Enum const& declaration, std::string_view default_schema);

}  // namespace cm::object

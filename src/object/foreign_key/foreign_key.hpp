// A foreign key: manual, 5.4.5. An object of its own, because it belongs to two tables.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/boxed.hpp"
#include "dsl/datamodel.hpp"
#include "object/deferrability.hpp"
#include "object/object.hpp"

namespace cm::object {

using ReferentialAction = dsl::ReferentialAction;

/// What the schema language cannot say of a foreign key.
struct ForeignKeyDetails {
    bool matches_full{};                     ///< MATCH FULL
    std::vector<std::string> set_columns{};  ///< ON DELETE SET NULL (…): these alone; PostgreSQL 15
    Deferrability deferrability{};
    bool is_validated = true;  ///< not NOT VALID
    bool is_enforced = true;   ///< PostgreSQL 18
    bool is_of_periods{};      ///< PERIOD, the last column; PostgreSQL 18
    bool operator==(ForeignKeyDetails const&) const = default;
};

struct ForeignKey {
    static constexpr ObjectKind kind = ObjectKind::foreign_key;
    static constexpr bool holds_data = false;
    static constexpr std::string_view title = "foreign key";
    static std::string_view const catalog_query;
    TableMember name{};
    std::vector<std::string> columns{};
    sql::QualifiedName referenced_table{};
    std::vector<std::string> referenced_columns{};
    ReferentialAction on_delete = ReferentialAction::no_action;
    ReferentialAction on_update = ReferentialAction::no_action;
    std::string unique_index{};  ///< of the referenced table, by which PostgreSQL finds the row;
                                 ///< known if read from a database, does not count for equality
    Boxed<ForeignKeyDetails> details{};  ///< known if read from a database; count if both
                                         ///< sides have them
    Origin origin{};
    friend bool operator==(ForeignKey const& a, ForeignKey const& b);
};

TableMember key(ForeignKey const& object);
std::string display_name(ForeignKey const& object);
ObjectRef self(ForeignKey const& object);
References references(ForeignKey const& object);
std::optional<ObjectRef> owner(ForeignKey const& object);
bool renamed(ForeignKey const& from, ForeignKey const& to);
ChangeStrategy strategy(ForeignKey const& from, ForeignKey const& to);
void to_sql(Create<ForeignKey> const& step, sql::Writer& out);
void to_sql(Alter<ForeignKey> const& step, sql::Writer& out);
void to_sql(Drop<ForeignKey> const& step, sql::Writer& out);
void hazards(Create<ForeignKey> const& step, Hazards& out);
void hazards(Alter<ForeignKey> const& step, Hazards& out);
void hazards(Drop<ForeignKey> const& step, Hazards& out);
std::vector<std::string> describe(Alter<ForeignKey> const& step);
std::string description(ForeignKey const& object);
void read(sql::Row const& row, ForeignKey& object);
void take_unsaid(ForeignKey& declared, ForeignKey const& actual);
void drop_details(ForeignKey& object);
/// What no migration says (see schema/unmade.hpp), `made` takes from `actual`.
void take_unmade(ForeignKey& made, ForeignKey const& actual);
ForeignKey lower(dsl::ForeignKeyRelation const& relation, dsl::DataModel const& model,
                 std::string_view default_schema);
/// The two keys of a join table.
std::vector<ForeignKey> lower_foreign_keys(dsl::JoinTableRelation const& relation,
                                           dsl::DataModel const& model,
                                           std::string_view default_schema);

}  // namespace cm::object

// A foreign key: manual, 5.4.5. An object of its own, because it belongs to two tables.
#pragma once
#include <vector>

#include "dsl/datamodel.hpp"
#include "object/object.hpp"

namespace cm::object {

using ReferentialAction = dsl::ReferentialAction;

struct ForeignKey {
    static constexpr ObjectKind kind = ObjectKind::foreign_key;
    static constexpr bool holds_data = false;
    static constexpr std::string_view title = "foreign key";
    static std::string_view const catalogue_query;
    TableMember name{};
    std::vector<std::string> columns{};
    sql::QualifiedName referenced_table{};
    std::vector<std::string> referenced_columns{};
    ReferentialAction on_delete = ReferentialAction::no_action;
    ReferentialAction on_update = ReferentialAction::no_action;
    std::string unique_index{};  ///< of the referenced table, by which PostgreSQL finds the row;
                                 ///< known if read from a database, does not count for equality
    Origin origin{};
    friend bool operator==(ForeignKey const& a, ForeignKey const& b);
};

TableMember key(ForeignKey const& object);
std::string display_name(ForeignKey const& object);
ObjectRef self(ForeignKey const& object);
References references(ForeignKey const& object);
std::optional<ObjectRef> owner(ForeignKey const& object);
bool renamed(ForeignKey const& from, ForeignKey const& to);
Remedy remedy(ForeignKey const& from, ForeignKey const& to);
void to_sql(Create<ForeignKey> const& step, sql::Writer& out);
void to_sql(Alter<ForeignKey> const& step, sql::Writer& out);
void to_sql(Drop<ForeignKey> const& step, sql::Writer& out);
void hazards(Create<ForeignKey> const& step, Hazards& out);
void hazards(Alter<ForeignKey> const& step, Hazards& out);
void hazards(Drop<ForeignKey> const& step, Hazards& out);
std::vector<std::string> describe(Alter<ForeignKey> const& step);
std::string description(ForeignKey const& object);
void read(sql::Row const& row, ForeignKey& object);
ForeignKey lower(dsl::ForeignKeyRelation const& relation, dsl::DataModel const& model,
                 std::string_view default_schema);
/// The two keys of a join table.
std::vector<ForeignKey> lower_foreign_keys(dsl::JoinTableRelation const& relation,
                                           dsl::DataModel const& model,
                                           std::string_view default_schema);

}  // namespace cm::object

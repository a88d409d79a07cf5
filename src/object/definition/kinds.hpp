// The kinds of definition; each stands in the file of its name.
#pragma once
#include "object/definition/definition.hpp"

namespace cm::object {

extern DefinitionKind const aggregate_kind;
extern DefinitionKind const cast_kind;
extern DefinitionKind const check_kind;
extern DefinitionKind const collation_kind;
extern DefinitionKind const comment_kind;
extern DefinitionKind const composite_type_kind;
extern DefinitionKind const conversion_kind;
extern DefinitionKind const default_privileges_kind;
extern DefinitionKind const domain_kind;
extern DefinitionKind const event_trigger_kind;
extern DefinitionKind const exclusion_kind;
extern DefinitionKind const foreign_data_wrapper_kind;
extern DefinitionKind const foreign_server_kind;
extern DefinitionKind const materialized_view_kind;
extern DefinitionKind const operator_kind;
extern DefinitionKind const operator_class_kind;
extern DefinitionKind const operator_family_kind;
extern DefinitionKind const ownership_kind;
extern DefinitionKind const policy_kind;
extern DefinitionKind const privileges_kind;
extern DefinitionKind const publication_kind;
extern DefinitionKind const range_type_kind;
extern DefinitionKind const routine_kind;
extern DefinitionKind const rule_kind;
extern DefinitionKind const sequence_kind;
extern DefinitionKind const sequence_owner_kind;
extern DefinitionKind const statistics_kind;
extern DefinitionKind const text_search_configuration_kind;
extern DefinitionKind const text_search_dictionary_kind;
extern DefinitionKind const trigger_kind;
extern DefinitionKind const view_kind;

/// What ALTER says for the fact `enabled` of a trigger, a rule or an event trigger (tgenabled,
/// ev_enabled, evtenabled): `ENABLE ALWAYS`.
std::string_view enabling(Definition const& object);

/// The fact of a trigger of a partitioned table that is in another state on this partition.
std::string enabled_on(sql::QualifiedName const& partition);

/// The table of one fact of a publication; none if it publishes something else.
std::optional<sql::QualifiedName> published_table(Fact const& fact);

/// `ALTER DOMAIN public.d RENAME TO e`: of what ALTER names as DROP does.
std::vector<std::string> rename_object(Definition const& from, Definition const& to);

/// A statement and the role that it names, as SQL.
struct RoleStatement {
    std::string role{};
    std::string statement{};
};

/// One statement that carries these out, each where its role is there.
std::string guarded(std::vector<RoleStatement> const& statements);

/// `ALTER RULE r ON t RENAME TO s`, of what has its name from the table alone.
std::vector<std::string> rename_member(Definition const& from, Definition const& to,
                                       std::string_view word);

/// `ALTER TABLE t ADD CONSTRAINT c` of a constraint that is a member of a table.
std::string alter_constraint(Definition const& object, std::string_view verb);

}  // namespace cm::object

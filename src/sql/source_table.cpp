// See source_table.hpp.
#include "sql/source_table.hpp"

#include <algorithm>
#include <array>

namespace cm::sql {
namespace {

using enum SourceTreatment;
using Phase = SourcePhase;

constexpr std::array source_rows{
    SourceRow{"CreateSchemaStmt", managed, Phase::schema},
    SourceRow{"CreateExtensionStmt", managed, Phase::extension, true},
    SourceRow{"AlterExtensionStmt", managed, Phase::extension, true},
    SourceRow{"CreateAmStmt", loaded, Phase::routine, true},
    SourceRow{"CreatePLangStmt", loaded, Phase::extension, true},
    SourceRow{"CreateFdwStmt", managed, Phase::routine, true},
    SourceRow{"AlterFdwStmt", managed, Phase::routine, true},
    SourceRow{"CreateForeignServerStmt", managed, Phase::routine, true},
    SourceRow{"AlterForeignServerStmt", managed, Phase::routine, true},
    SourceRow{"CreateEnumStmt", managed, Phase::type},
    SourceRow{"AlterEnumStmt", managed, Phase::type},
    SourceRow{"CompositeTypeStmt", managed, Phase::type},
    SourceRow{"CreateDomainStmt", managed, Phase::type},
    SourceRow{"AlterDomainStmt", managed, Phase::type},
    SourceRow{"CreateRangeStmt", managed, Phase::type},
    SourceRow{"AlterTypeStmt", managed, Phase::type},
    SourceRow{"DefineStmt", managed, Phase::type},
    SourceRow{"AlterCollationStmt", managed, Phase::type},
    SourceRow{"AlterTSDictionaryStmt", managed, Phase::type},
    SourceRow{"AlterTSConfigurationStmt", managed, Phase::type},
    SourceRow{"CreateSeqStmt", managed, Phase::sequence},
    SourceRow{"AlterSeqStmt", managed, Phase::sequence},
    SourceRow{"CreateStmt", managed, Phase::table},
    SourceRow{"AlterTableStmt", managed, Phase::table},
    SourceRow{"CreateForeignTableStmt", loaded, Phase::view},
    SourceRow{"CreateFunctionStmt", managed, Phase::routine, true},
    SourceRow{"AlterFunctionStmt", managed, Phase::routine, true},
    SourceRow{"CreateCastStmt", managed, Phase::routine, true},
    SourceRow{"CreateTransformStmt", loaded, Phase::routine, true},
    SourceRow{"CreateConversionStmt", managed, Phase::routine, true},
    SourceRow{"AlterOperatorStmt", managed, Phase::routine, true},
    SourceRow{"CreateOpClassStmt", managed, Phase::routine, true},
    SourceRow{"CreateOpFamilyStmt", managed, Phase::routine, true},
    SourceRow{"AlterOpFamilyStmt", managed, Phase::routine, true},
    SourceRow{"ViewStmt", managed, Phase::view},
    SourceRow{"CreateTableAsStmt", managed, Phase::view},
    SourceRow{"IndexStmt", managed, Phase::index},
    SourceRow{"CreateStatsStmt", managed, Phase::index},
    SourceRow{"AlterStatsStmt", managed, Phase::index},
    SourceRow{"CreateTrigStmt", managed, Phase::trigger},
    SourceRow{"RuleStmt", managed, Phase::trigger},
    SourceRow{"CreatePolicyStmt", managed, Phase::trigger},
    SourceRow{"AlterPolicyStmt", managed, Phase::trigger},
    SourceRow{"CreatePublicationStmt", managed, Phase::trigger, true},
    SourceRow{"AlterPublicationStmt", managed, Phase::trigger, true},
    SourceRow{"CommentStmt", managed, Phase::comment, true},
    SourceRow{"SecLabelStmt", loaded, Phase::comment, true},
    SourceRow{"GrantStmt", managed, Phase::privilege, true},
    SourceRow{"AlterDefaultPrivilegesStmt", managed, Phase::default_privileges, true},
    SourceRow{"CreateEventTrigStmt", managed, Phase::event_trigger, true},
    SourceRow{"AlterEventTrigStmt", managed, Phase::event_trigger, true},
    SourceRow{"RenameStmt", managed, Phase::table},
    SourceRow{"AlterObjectSchemaStmt", managed, Phase::table},
    SourceRow{"AlterObjectDependsStmt", managed, Phase::comment, true},
    SourceRow{"AlterOwnerStmt", passed_over, {}},
    SourceRow{"VariableSetStmt", passed_over, {}},
    SourceRow{"RefreshMatViewStmt", passed_over, {}},
};

struct ObjectPhase {
    std::string_view object{};  ///< of PostgreSQL's ObjectType
    Phase phase{};
};

/// Where a statement may be about objects of several kinds.
constexpr std::array object_phases{
    ObjectPhase{"OBJECT_SCHEMA", Phase::schema},
    ObjectPhase{"OBJECT_EXTENSION", Phase::extension},
    ObjectPhase{"OBJECT_AGGREGATE", Phase::routine},
    ObjectPhase{"OBJECT_FUNCTION", Phase::routine},
    ObjectPhase{"OBJECT_PROCEDURE", Phase::routine},
    ObjectPhase{"OBJECT_ROUTINE", Phase::routine},
    ObjectPhase{"OBJECT_OPERATOR", Phase::routine},
    ObjectPhase{"OBJECT_OPCLASS", Phase::routine},
    ObjectPhase{"OBJECT_OPFAMILY", Phase::routine},
    ObjectPhase{"OBJECT_CONVERSION", Phase::routine},
    ObjectPhase{"OBJECT_FDW", Phase::routine},
    ObjectPhase{"OBJECT_FOREIGN_SERVER", Phase::routine},
    ObjectPhase{"OBJECT_TYPE", Phase::type},
    ObjectPhase{"OBJECT_DOMAIN", Phase::type},
    ObjectPhase{"OBJECT_DOMCONSTRAINT", Phase::type},
    ObjectPhase{"OBJECT_ATTRIBUTE", Phase::type},
    ObjectPhase{"OBJECT_COLLATION", Phase::type},
    ObjectPhase{"OBJECT_TSCONFIGURATION", Phase::type},
    ObjectPhase{"OBJECT_TSDICTIONARY", Phase::type},
    ObjectPhase{"OBJECT_TSPARSER", Phase::type},
    ObjectPhase{"OBJECT_TSTEMPLATE", Phase::type},
    ObjectPhase{"OBJECT_SEQUENCE", Phase::sequence},
    ObjectPhase{"OBJECT_TABLE", Phase::table},
    ObjectPhase{"OBJECT_COLUMN", Phase::table},
    ObjectPhase{"OBJECT_FOREIGN_TABLE", Phase::view},
    ObjectPhase{"OBJECT_VIEW", Phase::view},
    ObjectPhase{"OBJECT_MATVIEW", Phase::view},
    ObjectPhase{"OBJECT_INDEX", Phase::index},
    ObjectPhase{"OBJECT_STATISTIC_EXT", Phase::index},
    ObjectPhase{"OBJECT_TABCONSTRAINT", Phase::constraint},
    ObjectPhase{"OBJECT_TRIGGER", Phase::trigger},
    ObjectPhase{"OBJECT_RULE", Phase::trigger},
    ObjectPhase{"OBJECT_POLICY", Phase::trigger},
    ObjectPhase{"OBJECT_PUBLICATION", Phase::trigger},
    ObjectPhase{"OBJECT_EVENT_TRIGGER", Phase::event_trigger},
};

}  // namespace

SourceRow const* source_row(std::string_view node) {
    auto const* const row = std::find_if(source_rows.begin(), source_rows.end(),
                                         [&](SourceRow const& one) { return one.node == node; });
    return row == source_rows.end() ? nullptr : row;
}

std::optional<SourcePhase> phase_of_object(std::string_view object) {
    auto const* const row =
        std::find_if(object_phases.begin(), object_phases.end(),
                     [&](ObjectPhase const& one) { return one.object == object; });
    return row == object_phases.end() ? std::nullopt : std::optional{row->phase};
}

}  // namespace cm::sql

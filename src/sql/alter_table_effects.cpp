// What ALTER TABLE and its like do: manual, ALTER TABLE (each form says its lock), 13.3.1; in
// PostgreSQL's source AlterTableGetLockLevel in tablecmds.c.
#include "sql/effect_row_words.hpp"

namespace cm::sql {
namespace {

using namespace row;
using enum LockMode;
using enum Subject;

constexpr auto named_ae = locks(access_exclusive);
constexpr auto descendants_ae = locks(descendants, access_exclusive);
constexpr auto named_sue = locks(share_update_exclusive);

constexpr std::array alter_table{
    effect_row("ALTER TABLE … ADD COLUMN … GENERATED … STORED", "ALTER TABLE", "AT_AddColumn",
               {rewrites(named_ae), rewrites(descendants_ae)})
        .when(is_generated),
    effect_row("ALTER TABLE … ADD COLUMN … GENERATED … AS IDENTITY", "ALTER TABLE", "AT_AddColumn",
               {rewrites(named_ae), rewrites(descendants_ae)})
        .when(is_identity)
        .from(17),
    effect_row("ALTER TABLE … ADD COLUMN … GENERATED … AS IDENTITY", "ALTER TABLE", "AT_AddColumn",
               {rewrites(named_ae)})
        .when(is_identity),
    effect_row("ALTER TABLE … ADD COLUMN … serial", "ALTER TABLE", "AT_AddColumn",
               {rewrites(named_ae), rewrites(descendants_ae)})
        .when(is_serial),
    effect_row("ALTER TABLE … ADD COLUMN … DEFAULT with a volatile function", "ALTER TABLE",
               "AT_AddColumn", {rewrites(named_ae), rewrites(descendants_ae)})
        .when(has_volatile_default),
    effect_row("ALTER TABLE … ADD COLUMN … DEFAULT with a function of the user", "ALTER TABLE",
               "AT_AddColumn",
               {rewrites(named_ae, Rewrite::depends_on_function),
                rewrites(descendants_ae, Rewrite::depends_on_function)})
        .when(has_unknown_default),
    effect_row("ALTER TABLE … ADD COLUMN of a user's type", "ALTER TABLE", "AT_AddColumn",
               {rewrites(named_ae, Rewrite::depends_on_domain),
                rewrites(descendants_ae, Rewrite::depends_on_domain)})
        .when(has_user_type),
    effect_row("ALTER TABLE … ADD COLUMN", "ALTER TABLE", "AT_AddColumn",
               {named_ae, descendants_ae}),
    // Where there is a default, all rows have it, and none is looked at.
    effect_row("ALTER TABLE … ADD COLUMN … NOT NULL without a default", "ADD COLUMN",
               "CONSTR_NOTNULL", {scans(named_ae), scans(descendants_ae)})
        .when(has_no_value),
    effect_row("ALTER TABLE … ADD COLUMN … CHECK", "ADD COLUMN", "CONSTR_CHECK",
               {scans(named_ae), scans(descendants_ae)}),
    effect_row("ALTER TABLE … ADD COLUMN … UNIQUE", "ADD COLUMN", "CONSTR_UNIQUE",
               {builds_index(named_ae)}),
    effect_row("ALTER TABLE … ADD COLUMN … PRIMARY KEY", "ADD COLUMN", "CONSTR_PRIMARY",
               {builds_index(named_ae)}),
    effect_row("ALTER TABLE … ADD COLUMN … REFERENCES with a default", "ADD COLUMN",
               "CONSTR_FOREIGN",
               {scans(named_ae), scans(locks_other(share_row_exclusive)), scans(descendants_ae)})
        .when(has_value),
    effect_row("ALTER TABLE … ADD COLUMN … REFERENCES", "ADD COLUMN", "CONSTR_FOREIGN",
               {named_ae, locks_other(share_row_exclusive), descendants_ae}),

    effect_row("ALTER TABLE … DROP COLUMN … CASCADE", "ALTER TABLE", "AT_DropColumn",
               {named_ae, descendants_ae, locks(referenced, access_exclusive),
                locks(referencing, access_exclusive), locks(dependent_views, access_exclusive)})
        .when(cascades),
    effect_row("ALTER TABLE … DROP COLUMN", "ALTER TABLE", "AT_DropColumn",
               {named_ae, descendants_ae, locks(referenced, access_exclusive)}),
    effect_row(
        "ALTER TABLE … ALTER COLUMN … TYPE … USING", "ALTER TABLE", "AT_AlterColumnType",
        {rewrites(named_ae), rewrites(descendants_ae), scans(locks(referenced, access_exclusive)),
         scans(locks(referencing, access_exclusive))})
        .when(has_using_expression),
    effect_row(
        "ALTER TABLE … ALTER COLUMN … TYPE", "ALTER TABLE", "AT_AlterColumnType",
        {rewrites(named_ae, Rewrite::depends_on_type),
         rewrites(descendants_ae, Rewrite::depends_on_type),
         scans(locks(referenced, access_exclusive)), scans(locks(referencing, access_exclusive))}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET DEFAULT", "ALTER TABLE", "AT_ColumnDefault",
               {named_ae, descendants_ae}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET NOT NULL", "ALTER TABLE", "AT_SetNotNull",
               {scans(named_ae, Scan::unless_proven), scans(descendants_ae, Scan::unless_proven)}),
    effect_row("ALTER TABLE … ALTER COLUMN … DROP NOT NULL", "ALTER TABLE", "AT_DropNotNull",
               {named_ae, descendants_ae}),
    effect_row("ALTER TABLE … ALTER COLUMN … DROP EXPRESSION", "ALTER TABLE", "AT_DropExpression",
               {named_ae, descendants_ae})
        .from(13),
    effect_row("ALTER TABLE … ALTER COLUMN … ADD GENERATED … AS IDENTITY", "ALTER TABLE",
               "AT_AddIdentity", {named_ae, descendants_ae})
        .from(17),
    effect_row("ALTER TABLE … ALTER COLUMN … ADD GENERATED … AS IDENTITY", "ALTER TABLE",
               "AT_AddIdentity", {named_ae}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET GENERATED", "ALTER TABLE", "AT_SetIdentity",
               {named_ae, descendants_ae})
        .from(17),
    effect_row("ALTER TABLE … ALTER COLUMN … SET GENERATED", "ALTER TABLE", "AT_SetIdentity",
               {named_ae}),
    effect_row("ALTER TABLE … ALTER COLUMN … DROP IDENTITY", "ALTER TABLE", "AT_DropIdentity",
               {named_ae, descendants_ae})
        .from(17),
    effect_row("ALTER TABLE … ALTER COLUMN … DROP IDENTITY", "ALTER TABLE", "AT_DropIdentity",
               {named_ae}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET STATISTICS", "ALTER TABLE", "AT_SetStatistics",
               {named_sue, locks(descendants, share_update_exclusive)}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET (…)", "ALTER TABLE", "AT_SetOptions", {named_sue}),
    effect_row("ALTER TABLE … ALTER COLUMN … RESET (…)", "ALTER TABLE", "AT_ResetOptions",
               {named_sue}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET STORAGE", "ALTER TABLE", "AT_SetStorage",
               {named_ae, descendants_ae}),
    effect_row("ALTER TABLE … ALTER COLUMN … SET COMPRESSION", "ALTER TABLE", "AT_SetCompression",
               {named_ae})
        .from(14),

    effect_row("ALTER TABLE … ADD CHECK … NOT VALID", "ADD CONSTRAINT", "CONSTR_CHECK",
               {named_ae, descendants_ae})
        .when(is_not_valid),
    effect_row("ALTER TABLE … ADD CHECK", "ADD CONSTRAINT", "CONSTR_CHECK",
               {scans(named_ae), scans(descendants_ae)}),
    effect_row(
        "ALTER TABLE … ADD FOREIGN KEY … NOT VALID", "ADD CONSTRAINT", "CONSTR_FOREIGN",
        {locks(share_row_exclusive), locks_other(share_row_exclusive),
         locks_other(descendants, share_row_exclusive), locks(descendants, share_row_exclusive)})
        .when(is_not_valid)
        .from(18),
    // Before 18 a partitioned table cannot have it.
    effect_row("ALTER TABLE … ADD FOREIGN KEY … NOT VALID", "ADD CONSTRAINT", "CONSTR_FOREIGN",
               {locks(share_row_exclusive), locks_other(share_row_exclusive),
                locks_other(descendants, share_row_exclusive)})
        .when(is_not_valid),
    effect_row("ALTER TABLE … ADD FOREIGN KEY", "ADD CONSTRAINT", "CONSTR_FOREIGN",
               {scans(locks(share_row_exclusive)), scans(locks_other(share_row_exclusive)),
                scans(locks_other(descendants, share_row_exclusive)),
                scans(locks(descendants, share_row_exclusive))}),
    effect_row("ALTER TABLE … ADD UNIQUE USING INDEX", "ADD CONSTRAINT", "CONSTR_UNIQUE",
               {named_ae})
        .when(uses_index),
    effect_row("ALTER TABLE … ADD UNIQUE", "ADD CONSTRAINT", "CONSTR_UNIQUE",
               {builds_index(named_ae), builds_index(descendants_ae)}),
    effect_row("ALTER TABLE … ADD PRIMARY KEY USING INDEX", "ADD CONSTRAINT", "CONSTR_PRIMARY",
               {scans(named_ae, Scan::unless_proven)})
        .when(uses_index),
    effect_row("ALTER TABLE … ADD PRIMARY KEY", "ADD CONSTRAINT", "CONSTR_PRIMARY",
               {builds_index(scans(named_ae, Scan::unless_proven)),
                builds_index(scans(descendants_ae, Scan::unless_proven))}),
    effect_row("ALTER TABLE … ADD EXCLUDE", "ADD CONSTRAINT", "CONSTR_EXCLUSION",
               {builds_index(named_ae)}),
    effect_row("ALTER TABLE … VALIDATE CONSTRAINT", "ALTER TABLE", "AT_ValidateConstraint",
               {scans(named_sue), scans(locks(descendants, share_update_exclusive)),
                scans(locks(referenced, row_share))}),
    effect_row("ALTER TABLE … ALTER CONSTRAINT", "ALTER TABLE", "AT_AlterConstraint", {named_ae}),
    effect_row("ALTER TABLE … DROP CONSTRAINT … CASCADE", "ALTER TABLE", "AT_DropConstraint",
               {named_ae, descendants_ae, locks(referenced, access_exclusive),
                locks(referencing, access_exclusive)})
        .when(cascades),
    effect_row("ALTER TABLE … DROP CONSTRAINT", "ALTER TABLE", "AT_DropConstraint",
               {named_ae, descendants_ae, locks(referenced, access_exclusive)}),

    effect_row("ALTER TABLE … ENABLE TRIGGER", "ALTER TABLE", "AT_EnableTrig",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … ENABLE ALWAYS TRIGGER", "ALTER TABLE", "AT_EnableAlwaysTrig",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … ENABLE REPLICA TRIGGER", "ALTER TABLE", "AT_EnableReplicaTrig",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … ENABLE TRIGGER ALL", "ALTER TABLE", "AT_EnableTrigAll",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … ENABLE TRIGGER USER", "ALTER TABLE", "AT_EnableTrigUser",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … DISABLE TRIGGER", "ALTER TABLE", "AT_DisableTrig",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … DISABLE TRIGGER ALL", "ALTER TABLE", "AT_DisableTrigAll",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … DISABLE TRIGGER USER", "ALTER TABLE", "AT_DisableTrigUser",
               {locks(share_row_exclusive)}),
    effect_row("ALTER TABLE … ENABLE RULE", "ALTER TABLE", "AT_EnableRule", {named_ae}),
    effect_row("ALTER TABLE … ENABLE ALWAYS RULE", "ALTER TABLE", "AT_EnableAlwaysRule",
               {named_ae}),
    effect_row("ALTER TABLE … ENABLE REPLICA RULE", "ALTER TABLE", "AT_EnableReplicaRule",
               {named_ae}),
    effect_row("ALTER TABLE … DISABLE RULE", "ALTER TABLE", "AT_DisableRule", {named_ae}),
    effect_row("ALTER TABLE … ENABLE ROW LEVEL SECURITY", "ALTER TABLE", "AT_EnableRowSecurity",
               {named_ae}),
    effect_row("ALTER TABLE … DISABLE ROW LEVEL SECURITY", "ALTER TABLE", "AT_DisableRowSecurity",
               {named_ae}),
    effect_row("ALTER TABLE … FORCE ROW LEVEL SECURITY", "ALTER TABLE", "AT_ForceRowSecurity",
               {named_ae}),
    effect_row("ALTER TABLE … NO FORCE ROW LEVEL SECURITY", "ALTER TABLE", "AT_NoForceRowSecurity",
               {named_ae}),

    effect_row("ALTER TABLE … CLUSTER ON", "ALTER TABLE", "AT_ClusterOn", {named_sue}),
    effect_row("ALTER TABLE … SET WITHOUT CLUSTER", "ALTER TABLE", "AT_DropCluster", {named_sue}),
    effect_row("ALTER TABLE … SET (…) of what may change beside writes", "ALTER TABLE",
               "AT_SetRelOptions", {named_sue})
        .when(sets_weak_options),
    effect_row("ALTER TABLE … SET (…)", "ALTER TABLE", "AT_SetRelOptions", {named_ae}),
    effect_row("ALTER TABLE … RESET (…) of what may change beside writes", "ALTER TABLE",
               "AT_ResetRelOptions", {named_sue})
        .when(sets_weak_options),
    effect_row("ALTER TABLE … RESET (…)", "ALTER TABLE", "AT_ResetRelOptions", {named_ae}),
    effect_row("ALTER TABLE … SET TABLESPACE", "ALTER TABLE", "AT_SetTableSpace",
               {rewrites(named_ae, Rewrite::depends_on_state)}),
    effect_row("ALTER TABLE … SET ACCESS METHOD", "ALTER TABLE", "AT_SetAccessMethod",
               {rewrites(named_ae, Rewrite::depends_on_state)})
        .from(15),
    effect_row("ALTER TABLE … SET LOGGED", "ALTER TABLE", "AT_SetLogged",
               {rewrites(named_ae, Rewrite::depends_on_state)}),
    effect_row("ALTER TABLE … SET UNLOGGED", "ALTER TABLE", "AT_SetUnLogged",
               {rewrites(named_ae, Rewrite::depends_on_state)}),
    effect_row("ALTER TABLE … REPLICA IDENTITY USING INDEX", "ALTER TABLE", "AT_ReplicaIdentity",
               {named_ae, locks(indexes, share)})
        .when(uses_replica_index),
    effect_row("ALTER TABLE … REPLICA IDENTITY", "ALTER TABLE", "AT_ReplicaIdentity", {named_ae}),
    effect_row("ALTER TABLE … OWNER TO", "ALTER TABLE", "AT_ChangeOwner", {named_ae}),
    effect_row("ALTER TABLE … OF", "ALTER TABLE", "AT_AddOf", {named_ae}),
    effect_row("ALTER TABLE … NOT OF", "ALTER TABLE", "AT_DropOf", {named_ae}),

    effect_row("ALTER TABLE … INHERIT", "ALTER TABLE", "AT_AddInherit",
               {named_ae, locks_other(share_update_exclusive)}),
    effect_row("ALTER TABLE … NO INHERIT", "ALTER TABLE", "AT_DropInherit",
               {named_ae, locks_other(access_share)}),
    effect_row("ALTER TABLE … ATTACH PARTITION", "ALTER TABLE", "AT_AttachPartition",
               {named_sue,
                builds_index(scans(locks_other(access_exclusive), Scan::unless_proven),
                             IndexBuild::unless_there),
                scans(locks(default_partition, access_exclusive), Scan::unless_proven),
                scans(locks(referenced, share_row_exclusive))}),
    effect_row("ALTER TABLE … DETACH PARTITION … CONCURRENTLY", "ALTER TABLE", "AT_DetachPartition",
               {named_sue, brief(locks_other(access_exclusive)),
                brief(locks(referenced, share_row_exclusive))})
        .when(is_concurrent)
        .from(14),
    effect_row("ALTER TABLE … DETACH PARTITION", "ALTER TABLE", "AT_DetachPartition",
               {named_ae, locks_other(access_exclusive), locks(default_partition, access_exclusive),
                locks(referenced, share_row_exclusive)})
        .from(14),
    effect_row(
        "ALTER TABLE … DETACH PARTITION", "ALTER TABLE", "AT_DetachPartition",
        {named_ae, locks_other(share_update_exclusive), locks(default_partition, access_exclusive),
         locks(referenced, share_row_exclusive)}),
    effect_row("ALTER TABLE … DETACH PARTITION … FINALIZE", "ALTER TABLE",
               "AT_DetachPartitionFinalize",
               {named_sue, brief(locks_other(access_exclusive)),
                brief(locks(referenced, share_row_exclusive))})
        .from(14),

    effect_row("ALTER INDEX … ATTACH PARTITION", "ALTER INDEX", "AT_AttachPartition",
               {named_sue, locks(table_of_index, access_share), locks_other(access_exclusive),
                locks_other(table_of_index, access_share)}),
    effect_row("ALTER INDEX … SET (…) of what may change beside writes", "ALTER INDEX",
               "AT_SetRelOptions", {named_sue})
        .when(sets_weak_options),
    effect_row("ALTER INDEX … SET (…)", "ALTER INDEX", "AT_SetRelOptions", {named_ae}),
    effect_row("ALTER INDEX … RESET (…) of what may change beside writes", "ALTER INDEX",
               "AT_ResetRelOptions", {named_sue})
        .when(sets_weak_options),
    effect_row("ALTER INDEX … RESET (…)", "ALTER INDEX", "AT_ResetRelOptions", {named_ae}),
    effect_row("ALTER INDEX … SET TABLESPACE", "ALTER INDEX", "AT_SetTableSpace",
               {rewrites(named_ae, Rewrite::depends_on_state)}),
    effect_row("ALTER INDEX … ALTER COLUMN … SET STATISTICS", "ALTER INDEX", "AT_SetStatistics",
               {named_sue}),

    effect_row("ALTER VIEW", "ALTER VIEW", "", {named_ae}),
};

}  // namespace

std::span<EffectRow const> alter_table_rows() {
    return alter_table;
}

}  // namespace cm::sql

// The rows for all but ALTER TABLE: manual, part VI (SQL commands) and 13.3.1.
#include "sql/relation_effects_table.hpp"

#include <algorithm>

#include "sql/effect_row_words.hpp"

namespace cm::sql {
namespace {

using namespace row;
using enum LockMode;
using enum Subject;

constexpr auto target_ae = locks(access_exclusive);
constexpr auto target_sue = locks(share_update_exclusive);

constexpr std::array others{
    effect_row("CREATE TABLE … REFERENCES", "CREATE TABLE", "REFERENCES",
               {locks(share_row_exclusive)}),
    effect_row("CREATE TABLE … PARTITION OF", "CREATE TABLE", "PARTITION OF",
               {target_ae, scans(locks(default_partition, access_exclusive), Scan::unless_proven),
                locks(referenced, share_row_exclusive)}),
    effect_row("CREATE TABLE … INHERITS", "CREATE TABLE", "INHERITS", {target_sue}),
    effect_row("CREATE TABLE … LIKE", "CREATE TABLE", "LIKE", {locks(access_share)}),

    effect_row("CREATE INDEX CONCURRENTLY", "CREATE INDEX", "", {builds_index(target_sue)})
        .when(is_concurrent),
    effect_row("CREATE INDEX", "CREATE INDEX", "",
               {builds_index(locks(share)), builds_index(locks(descendants, share))}),
    effect_row("REINDEX INDEX CONCURRENTLY", "REINDEX", "REINDEX_OBJECT_INDEX",
               {target_sue, builds_index(locks(table_of_index, share_update_exclusive))})
        .when(is_concurrent),
    effect_row("REINDEX INDEX", "REINDEX", "REINDEX_OBJECT_INDEX",
               {builds_index(target_ae), builds_index(locks(table_of_index, share))}),
    effect_row("REINDEX TABLE CONCURRENTLY", "REINDEX", "REINDEX_OBJECT_TABLE",
               {builds_index(target_sue), locks(indexes, share_update_exclusive)})
        .when(is_concurrent),
    effect_row("REINDEX TABLE", "REINDEX", "REINDEX_OBJECT_TABLE",
               {builds_index(locks(share)), builds_index(locks(indexes, access_exclusive))}),
    effect_row("REINDEX CONCURRENTLY of many tables", "REINDEX", "",
               {builds_index(locks(every_table, share_update_exclusive))})
        .when(is_concurrent),
    effect_row("REINDEX of many tables", "REINDEX", "", {builds_index(locks(every_table, share))}),

    effect_row("DROP TABLE … CASCADE", "DROP", "OBJECT_TABLE",
               {target_ae, locks(descendants, access_exclusive), locks(parent, access_exclusive),
                locks(default_partition, access_exclusive), locks(referenced, access_exclusive),
                locks(referencing, access_exclusive), locks(dependent_views, access_exclusive)})
        .when(cascades),
    effect_row("DROP TABLE", "DROP", "OBJECT_TABLE",
               {target_ae, locks(descendants, access_exclusive), locks(parent, access_exclusive),
                locks(default_partition, access_exclusive), locks(referenced, access_exclusive)}),
    effect_row("DROP INDEX CONCURRENTLY", "DROP", "OBJECT_INDEX",
               {target_sue, locks(table_of_index, share_update_exclusive)})
        .when(is_concurrent),
    effect_row("DROP INDEX", "DROP", "OBJECT_INDEX",
               {target_ae, locks(table_of_index, access_exclusive)}),
    effect_row("DROP VIEW … CASCADE", "DROP", "OBJECT_VIEW",
               {target_ae, locks(dependent_views, access_exclusive)})
        .when(cascades),
    effect_row("DROP VIEW", "DROP", "OBJECT_VIEW", {target_ae}),
    effect_row("DROP MATERIALIZED VIEW … CASCADE", "DROP", "OBJECT_MATVIEW",
               {target_ae, locks(dependent_views, access_exclusive)})
        .when(cascades),
    effect_row("DROP MATERIALIZED VIEW", "DROP", "OBJECT_MATVIEW", {target_ae}),
    effect_row("DROP FOREIGN TABLE", "DROP", "OBJECT_FOREIGN_TABLE", {target_ae}),
    effect_row("DROP SEQUENCE", "DROP", "OBJECT_SEQUENCE", {target_ae}),
    effect_row("DROP TRIGGER", "DROP", "OBJECT_TRIGGER", {target_ae}),
    effect_row("DROP RULE", "DROP", "OBJECT_RULE", {target_ae}),
    effect_row("DROP POLICY", "DROP", "OBJECT_POLICY", {target_ae}),

    effect_row("ALTER INDEX … RENAME", "RENAME", "OBJECT_INDEX", {target_sue}),
    effect_row("ALTER TABLE … RENAME COLUMN", "RENAME", "OBJECT_COLUMN",
               {target_ae, locks(descendants, access_exclusive)}),
    effect_row("ALTER TABLE … RENAME CONSTRAINT", "RENAME", "OBJECT_TABCONSTRAINT",
               {target_ae, locks(descendants, access_exclusive)}),
    effect_row("ALTER TABLE … RENAME", "RENAME", "OBJECT_TABLE", {target_ae}),
    effect_row("ALTER VIEW … RENAME", "RENAME", "OBJECT_VIEW", {target_ae}),
    effect_row("ALTER MATERIALIZED VIEW … RENAME", "RENAME", "OBJECT_MATVIEW", {target_ae}),
    effect_row("ALTER SEQUENCE … RENAME", "RENAME", "OBJECT_SEQUENCE", {target_ae}),
    effect_row("ALTER TRIGGER … RENAME", "RENAME", "OBJECT_TRIGGER", {target_ae}),
    effect_row("ALTER RULE … RENAME", "RENAME", "OBJECT_RULE", {target_ae}),
    effect_row("ALTER POLICY … RENAME", "RENAME", "OBJECT_POLICY", {target_ae}),
    effect_row("ALTER TABLE … SET SCHEMA", "SET SCHEMA", "OBJECT_TABLE", {target_ae}),
    effect_row("ALTER VIEW … SET SCHEMA", "SET SCHEMA", "OBJECT_VIEW", {target_ae}),
    effect_row("ALTER MATERIALIZED VIEW … SET SCHEMA", "SET SCHEMA", "OBJECT_MATVIEW", {target_ae}),
    effect_row("ALTER SEQUENCE … SET SCHEMA", "SET SCHEMA", "OBJECT_SEQUENCE", {target_ae}),

    effect_row("CREATE TRIGGER … FROM", "CREATE TRIGGER", "",
               {locks(share_row_exclusive), locks_other(access_share)})
        .when(has_other),
    effect_row("CREATE TRIGGER", "CREATE TRIGGER", "", {locks(share_row_exclusive)}),
    effect_row("CREATE RULE", "CREATE RULE", "", {target_ae}),
    effect_row("CREATE POLICY", "CREATE POLICY", "", {target_ae}),
    effect_row("ALTER POLICY", "ALTER POLICY", "", {target_ae}),
    effect_row("CREATE STATISTICS", "CREATE STATISTICS", "", {target_sue}),
    effect_row("CREATE OR REPLACE VIEW", "REPLACE VIEW", "", {target_ae}),
    effect_row("CREATE PUBLICATION … FOR TABLE", "CREATE PUBLICATION", "", {target_sue}),
    effect_row("ALTER PUBLICATION … ADD TABLE", "ALTER PUBLICATION", "", {target_sue}),
    effect_row("ALTER SEQUENCE … OWNED BY", "ALTER SEQUENCE", "",
               {locks(share_row_exclusive), locks_other(access_share)})
        .when(has_other),
    effect_row("ALTER SEQUENCE", "ALTER SEQUENCE", "", {locks(share_row_exclusive)}),
    effect_row("CREATE SEQUENCE … OWNED BY", "CREATE SEQUENCE", "", {locks_other(access_share)})
        .when(has_other),
    // What the domain's columns hold is looked at.
    effect_row("ALTER DOMAIN … ADD CONSTRAINT", "ALTER DOMAIN", "C",
               {scans(locks(users_of_type, share))})
        .when(is_valid_addition),
    effect_row("ALTER DOMAIN … SET NOT NULL", "ALTER DOMAIN", "O",
               {scans(locks(users_of_type, share))}),
    effect_row("ALTER DOMAIN … VALIDATE CONSTRAINT", "ALTER DOMAIN", "V",
               {scans(locks(users_of_type, share))}),

    effect_row("REFRESH MATERIALIZED VIEW CONCURRENTLY", "REFRESH", "",
               {scans(locks(exclusive)), locks(underlying, access_share)})
        .when(is_concurrent),
    effect_row("REFRESH MATERIALIZED VIEW … WITH NO DATA", "REFRESH", "", {target_ae})
        .when(has_no_data),
    effect_row("REFRESH MATERIALIZED VIEW", "REFRESH", "",
               {rewrites(target_ae), locks(underlying, access_share)}),
    effect_row("TRUNCATE … CASCADE", "TRUNCATE", "",
               {target_ae, locks(descendants, access_exclusive),
                locks(referencing_chain, access_exclusive)})
        .when(cascades),
    effect_row("TRUNCATE", "TRUNCATE", "", {target_ae, locks(descendants, access_exclusive)}),
    effect_row("VACUUM (FULL)", "VACUUM", "", {rewrites(target_ae)}).when(is_full),
    effect_row("VACUUM", "VACUUM", "", {scans(target_sue)}),
    effect_row("ANALYZE", "ANALYZE", "", {target_sue}),
    effect_row("CLUSTER", "CLUSTER", "", {rewrites(target_ae)}),

    effect_row(
        "LOCK TABLE … IN ACCESS SHARE MODE", "LOCK", "1",
        {locks(access_share), locks(descendants, access_share), locks(underlying, access_share)}),
    effect_row("LOCK TABLE … IN ROW SHARE MODE", "LOCK", "2",
               {locks(row_share), locks(descendants, row_share), locks(underlying, row_share)}),
    effect_row("LOCK TABLE … IN ROW EXCLUSIVE MODE", "LOCK", "3",
               {locks(row_exclusive), locks(descendants, row_exclusive),
                locks(underlying, row_exclusive)}),
    effect_row("LOCK TABLE … IN SHARE UPDATE EXCLUSIVE MODE", "LOCK", "4",
               {target_sue, locks(descendants, share_update_exclusive),
                locks(underlying, share_update_exclusive)}),
    effect_row("LOCK TABLE … IN SHARE MODE", "LOCK", "5",
               {locks(share), locks(descendants, share), locks(underlying, share)}),
    effect_row("LOCK TABLE … IN SHARE ROW EXCLUSIVE MODE", "LOCK", "6",
               {locks(share_row_exclusive), locks(descendants, share_row_exclusive),
                locks(underlying, share_row_exclusive)}),
    effect_row("LOCK TABLE … IN EXCLUSIVE MODE", "LOCK", "7",
               {locks(exclusive), locks(descendants, exclusive), locks(underlying, exclusive)}),
    effect_row(
        "LOCK TABLE", "LOCK", "8",
        {target_ae, locks(descendants, access_exclusive), locks(underlying, access_exclusive)}),

    effect_row("COMMENT ON TABLE", "COMMENT", "OBJECT_TABLE", {target_sue}),
    effect_row("COMMENT ON COLUMN", "COMMENT", "OBJECT_COLUMN", {target_sue}),
    effect_row("COMMENT ON INDEX", "COMMENT", "OBJECT_INDEX", {target_sue}),
    effect_row("COMMENT ON VIEW", "COMMENT", "OBJECT_VIEW", {target_sue}),
    effect_row("COMMENT ON MATERIALIZED VIEW", "COMMENT", "OBJECT_MATVIEW", {target_sue}),
    effect_row("COMMENT ON SEQUENCE", "COMMENT", "OBJECT_SEQUENCE", {target_sue}),
    effect_row("COMMENT ON CONSTRAINT", "COMMENT", "OBJECT_TABCONSTRAINT", {locks(access_share)}),
    effect_row("COMMENT ON TRIGGER", "COMMENT", "OBJECT_TRIGGER", {locks(access_share)}),
    effect_row("COMMENT ON RULE", "COMMENT", "OBJECT_RULE", {locks(access_share)}),
    effect_row("COMMENT ON POLICY", "COMMENT", "OBJECT_POLICY", {locks(access_share)}),

    effect_row(
        "SELECT", "QUERY", "SELECT",
        {locks(access_share), locks(descendants, access_share), locks(underlying, access_share)}),
    effect_row("SELECT … FOR UPDATE", "QUERY", "FOR UPDATE",
               {locks(row_share), locks(descendants, row_share), locks(underlying, row_share)}),
    effect_row("INSERT", "QUERY", "INSERT",
               {locks(row_exclusive), locks(descendants, row_exclusive),
                locks(underlying, row_exclusive), locks(referenced, row_share)}),
    effect_row("UPDATE without WHERE", "QUERY", "UPDATE",
               {scans(locks(row_exclusive)), scans(locks(descendants, row_exclusive)),
                locks(underlying, row_exclusive), locks(referenced, row_share),
                locks(referencing_chain, row_exclusive)})
        .when(has_no_where),
    effect_row(
        "UPDATE", "QUERY", "UPDATE",
        {locks(row_exclusive), locks(descendants, row_exclusive), locks(underlying, row_exclusive),
         locks(referenced, row_share), locks(referencing_chain, row_exclusive)}),
    effect_row("DELETE without WHERE", "QUERY", "DELETE",
               {scans(locks(row_exclusive)), scans(locks(descendants, row_exclusive)),
                locks(underlying, row_exclusive), locks(referencing_chain, row_exclusive)})
        .when(has_no_where),
    effect_row("DELETE", "QUERY", "DELETE",
               {locks(row_exclusive), locks(descendants, row_exclusive),
                locks(underlying, row_exclusive), locks(referencing_chain, row_exclusive)}),
    effect_row(
        "MERGE", "QUERY", "MERGE",
        {locks(row_exclusive), locks(descendants, row_exclusive), locks(underlying, row_exclusive),
         locks(referenced, row_share), locks(referencing_chain, row_exclusive)})
        .from(17),
    effect_row("MERGE", "QUERY", "MERGE",
               {locks(row_exclusive), locks(descendants, row_exclusive),
                locks(referenced, row_share), locks(referencing_chain, row_exclusive)})
        .from(15),
};

bool is_about(EffectRow const& row, StatementPart const& part, int server) {
    return row.form == part.form && (row.object.empty() || row.object == part.object) &&
           server >= row.since && (row.applies == nullptr || row.applies(part));
}

}  // namespace

std::span<EffectRow const> other_rows() {
    return others;
}

EffectRow const* find_row(StatementPart const& part, int server) {
    for (auto const rows : {alter_table_rows(), other_rows()}) {
        auto const row = std::find_if(rows.begin(), rows.end(), [&](EffectRow const& one) {
            return is_about(one, part, server);
        });
        if (row != rows.end()) return &*row;
    }
    return nullptr;
}

}  // namespace cm::sql

// The rows of effects_table.hpp. PostgreSQL's manual is the source: part VI (SQL commands), 9.27
// (system administration functions), 9.28, and the additional modules.
#include "sql/effects_table.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace cm::sql {
namespace {

using enum Outside;

constexpr std::array statements{
    StatementRow{"CreateRoleStmt", "", roles, "CREATE ROLE"},
    StatementRow{"AlterRoleStmt", "", roles, "ALTER ROLE"},
    StatementRow{"AlterRoleSetStmt", "", roles, "ALTER ROLE"},
    StatementRow{"DropRoleStmt", "", roles, "DROP ROLE"},
    StatementRow{"GrantRoleStmt", "", roles, "GRANT or REVOKE of role"},
    StatementRow{"RenameStmt", "OBJECT_ROLE", roles, "ALTER ROLE"},
    StatementRow{"CommentStmt", "OBJECT_ROLE", roles, "COMMENT ON ROLE"},
    StatementRow{"SecLabelStmt", "OBJECT_ROLE", roles, "SECURITY LABEL ON ROLE"},
    // Both take in the databases and tablespaces of the role.
    StatementRow{"ReassignOwnedStmt", "", roles, "REASSIGN OWNED BY"},
    StatementRow{"DropOwnedStmt", "", roles, "DROP OWNED BY", true},

    StatementRow{"CreatedbStmt", "", databases, "CREATE DATABASE"},
    StatementRow{"DropdbStmt", "", databases, "DROP DATABASE"},
    StatementRow{"AlterDatabaseStmt", "", databases, "ALTER DATABASE"},
    StatementRow{"AlterDatabaseSetStmt", "", databases, "ALTER DATABASE"},
    StatementRow{"AlterDatabaseRefreshCollStmt", "", databases, "ALTER DATABASE"},
    StatementRow{"RenameStmt", "OBJECT_DATABASE", databases, "ALTER DATABASE"},
    StatementRow{"AlterOwnerStmt", "OBJECT_DATABASE", databases, "ALTER DATABASE"},
    StatementRow{"GrantStmt", "OBJECT_DATABASE", databases, "GRANT or REVOKE on DATABASE"},
    StatementRow{"CommentStmt", "OBJECT_DATABASE", databases, "COMMENT ON DATABASE"},
    StatementRow{"SecLabelStmt", "OBJECT_DATABASE", databases, "SECURITY LABEL ON DATABASE"},
    // They name the database that they run in, and refuse any other.
    StatementRow{"ReindexStmt", "REINDEX_OBJECT_DATABASE", databases, "REINDEX DATABASE"},
    StatementRow{"ReindexStmt", "REINDEX_OBJECT_SYSTEM", databases, "REINDEX SYSTEM"},

    StatementRow{"AlterSystemStmt", "", server, "ALTER SYSTEM"},
    StatementRow{"CheckPointStmt", "", server, "CHECKPOINT"},
    StatementRow{"GrantStmt", "OBJECT_PARAMETER_ACL", server, "GRANT or REVOKE on PARAMETER"},

    StatementRow{"CreateTableSpaceStmt", "", tablespaces, "CREATE TABLESPACE"},
    StatementRow{"DropTableSpaceStmt", "", tablespaces, "DROP TABLESPACE"},
    StatementRow{"AlterTableSpaceOptionsStmt", "", tablespaces, "ALTER TABLESPACE"},
    StatementRow{"RenameStmt", "OBJECT_TABLESPACE", tablespaces, "ALTER TABLESPACE"},
    StatementRow{"AlterOwnerStmt", "OBJECT_TABLESPACE", tablespaces, "ALTER TABLESPACE"},
    StatementRow{"GrantStmt", "OBJECT_TABLESPACE", tablespaces, "GRANT or REVOKE on TABLESPACE"},
    StatementRow{"CommentStmt", "OBJECT_TABLESPACE", tablespaces, "COMMENT ON TABLESPACE"},
    StatementRow{"SecLabelStmt", "OBJECT_TABLESPACE", tablespaces, "SECURITY LABEL ON TABLESPACE"},

    StatementRow{"CreateSubscriptionStmt", "", subscriptions, "CREATE SUBSCRIPTION"},
    StatementRow{"AlterSubscriptionStmt", "", subscriptions, "ALTER SUBSCRIPTION"},
    StatementRow{"DropSubscriptionStmt", "", subscriptions, "DROP SUBSCRIPTION"},
    StatementRow{"RenameStmt", "OBJECT_SUBSCRIPTION", subscriptions, "ALTER SUBSCRIPTION"},
    StatementRow{"AlterOwnerStmt", "OBJECT_SUBSCRIPTION", subscriptions, "ALTER SUBSCRIPTION"},
    StatementRow{"CommentStmt", "OBJECT_SUBSCRIPTION", subscriptions, "COMMENT ON SUBSCRIPTION"},
    StatementRow{"SecLabelStmt", "OBJECT_SUBSCRIPTION", subscriptions,
                 "SECURITY LABEL ON SUBSCRIPTION"},

    // A mapping holds a password, and is all that lets a foreign table be read.
    StatementRow{"CreateUserMappingStmt", "", other_servers, "CREATE USER MAPPING"},
    StatementRow{"AlterUserMappingStmt", "", other_servers, "ALTER USER MAPPING"},
    StatementRow{"DropUserMappingStmt", "", other_servers, "DROP USER MAPPING"},
    StatementRow{"ImportForeignSchemaStmt", "", other_servers, "IMPORT FOREIGN SCHEMA"},
};

constexpr std::array functions{
    FunctionRow{"dblink*", other_servers},
    FunctionRow{"postgres_fdw_*", other_servers},
    FunctionRow{"http", other_servers},  // the extensions http and pg_net
    FunctionRow{"http_*", other_servers},
    FunctionRow{"net.*", other_servers},
    FunctionRow{"aws_s3.*", other_servers},
    FunctionRow{"aws_lambda.*", other_servers},
    FunctionRow{"aws_commons.*", other_servers},
    FunctionRow{"pglogical.*", other_servers},
    FunctionRow{"pg_file_*", files},  // adminpack, and pg_file_settings
    FunctionRow{"lo_import", files},
    FunctionRow{"lo_export", files},
    FunctionRow{"pg_read_file*", files},
    FunctionRow{"pg_read_binary_file*", files},
    FunctionRow{"pg_ls_*", files},
    FunctionRow{"pg_stat_file", files},
    FunctionRow{"pg_execute_server_program", programs},
    FunctionRow{"pg_reload_conf", server},
    FunctionRow{"pg_rotate_logfile*", server},
    FunctionRow{"pg_terminate_backend", server},
    FunctionRow{"pg_cancel_backend", server},
    FunctionRow{"pg_log_backend_memory_contexts", server},
    FunctionRow{"pg_promote", server},
    FunctionRow{"pg_wal_replay_*", server},
    FunctionRow{"pg_switch_wal", server},
    FunctionRow{"pg_switch_xlog", server},
    FunctionRow{"pg_create_restore_point", server},
    FunctionRow{"pg_start_backup", server},
    FunctionRow{"pg_stop_backup", server},
    FunctionRow{"pg_backup_*", server},
    FunctionRow{"pg_create_physical_replication_slot", server},
    FunctionRow{"pg_create_logical_replication_slot", server},
    FunctionRow{"pg_copy_physical_replication_slot", server},
    FunctionRow{"pg_copy_logical_replication_slot", server},
    FunctionRow{"pg_drop_replication_slot", server},
    FunctionRow{"pg_replication_slot_advance", server},
    FunctionRow{"pg_sync_replication_slots", server},
    FunctionRow{"pg_logical_slot_*", server},
    FunctionRow{"pg_logical_emit_message", server},
    FunctionRow{"pg_replication_origin_*", server},
    FunctionRow{"pg_stat_reset_shared", server},
    FunctionRow{"pg_stat_reset_slru", server},
    FunctionRow{"pg_stat_reset_replication_slot", server},
    FunctionRow{"pg_stat_reset_subscription_stats", server},
    FunctionRow{"pg_stat_reset_backend_stats", server},
    FunctionRow{"pg_stat_statements_reset", server},
    FunctionRow{"pg_background_launch", server},
    FunctionRow{"cron.*", server},
};

struct CatalogRow {
    std::string_view name{};
    Outside outside{};
};

constexpr std::array catalogs{
    CatalogRow{"pg_authid", roles},
    CatalogRow{"pg_auth_members", roles},
    CatalogRow{"pg_db_role_setting", roles},
    CatalogRow{"pg_database", databases},
    CatalogRow{"pg_shdescription", server},
    CatalogRow{"pg_shseclabel", server},
    CatalogRow{"pg_shdepend", server},
    CatalogRow{"pg_parameter_acl", server},
    CatalogRow{"pg_tablespace", tablespaces},
    CatalogRow{"pg_subscription", subscriptions},
    CatalogRow{"pg_replication_origin", server},
};

constexpr std::array<std::string_view, 12> running_text{
    "query_to_xml",
    "query_to_xmlschema",
    "query_to_xml_and_xmlschema",
    "cursor_to_xml",
    "cursor_to_xmlschema",
    "ts_stat",
    "ts_rewrite",
    "crosstab",
    "crosstab2",
    "crosstab3",
    "crosstab4",
    "connectby",
};

constexpr std::array<std::string_view, 9> hiding_text{"decode",  "convert_from", "chr",
                                                      "reverse", "translate",    "replace",
                                                      "overlay", "unistr",       "regexp_replace"};

constexpr std::array<std::string_view, 25> telling{
    "role",    "user",      "group",   "database", "system", "tablespace", "subscription",
    "mapping", "parameter", "owned",   "copy",     "do",     "checkpoint", "function",
    "label",   "procedure", "routine", "grant",    "revoke", "reindex",    "authorization",
    "server",  "import",    "pg_cron", "call"};

bool fits(FunctionRow const& row, std::string_view schema, std::string_view name) {
    if (row.name.ends_with(".*")) return schema == row.name.substr(0, row.name.size() - 2);
    if (row.name.ends_with('*')) return name.starts_with(row.name.substr(0, row.name.size() - 1));
    return name == row.name;
}

template <std::size_t size>
bool contains(std::array<std::string_view, size> const& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::span<StatementRow const> statement_rows() {
    return statements;
}

std::span<FunctionRow const> function_rows() {
    return functions;
}

FunctionRow const* find_function(std::string_view schema, std::string_view name) {
    auto const* const found =
        std::find_if(functions.begin(), functions.end(),
                     [&](FunctionRow const& row) { return fits(row, schema, name); });
    return found == functions.end() ? nullptr : found;
}

std::optional<Outside> shared_catalog(std::string_view table) {
    auto const* const found = std::find_if(
        catalogs.begin(), catalogs.end(), [&](CatalogRow const& row) { return row.name == table; });
    return found == catalogs.end() ? std::nullopt : std::optional{found->outside};
}

bool runs_text(std::string_view function) {
    return contains(running_text, function);
}

bool hides_text(std::string_view function) {
    return contains(hiding_text, function);
}

namespace {

bool look_up_telling(std::string_view word) {
    static std::unordered_set<std::string_view> const words(telling.begin(), telling.end());
    if (words.contains(word) || runs_text(word) || shared_catalog(word)) return true;
    if (find_function({}, word) != nullptr) return true;
    return std::any_of(functions.begin(), functions.end(), [&](FunctionRow const& row) {
        return row.name.ends_with(".*") && word == row.name.substr(0, row.name.size() - 2);
    });
}

/// So that a word can be looked up without a copy.
struct WordHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view word) const {
        return std::hash<std::string_view>{}(word);
    }
};

}  // namespace

bool is_telling(std::string_view word) {
    // Scripts say the same few words again and again.
    constexpr std::size_t most_words = 5'000;
    thread_local std::unordered_map<std::string, bool, WordHash, std::equal_to<>> known{};
    if (auto const found = known.find(word); found != known.end()) return found->second;
    if (known.size() >= most_words) known.clear();
    return known.emplace(word, look_up_telling(word)).first->second;
}

}  // namespace cm::sql

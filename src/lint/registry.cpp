// The list of rules: a file in rules/ each, and a line here.
#include "lint/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace cm::lint {

namespace rules {

extern Rule const require_concurrent_index_creation, require_concurrent_index_deletion,
    require_concurrent_reindex, require_concurrent_partition_detach,
    ban_concurrent_index_creation_in_transaction, constraint_missing_not_valid,
    adding_foreign_key_constraint, disallowed_unique_constraint, adding_serial_primary_key_field,
    adding_not_nullable_field, adding_required_field, adding_field_with_default,
    changing_column_type, renaming_column, renaming_table, ban_drop_column, ban_drop_table,
    ban_drop_database, ban_drop_not_null, ban_truncate_cascade, ban_create_domain_with_constraint,
    ban_alter_domain_with_add_constraint, ban_duplicate_column_assignments, identifier_too_long,
    require_enum_value_ordering, ban_char_field, prefer_bigint_over_int,
    prefer_bigint_over_smallint, prefer_identity, prefer_text_field, prefer_timestamp_tz,
    prefer_repack, require_table_schema, prefer_robust_stmts, require_timeout_settings,
    require_lock_timeout, require_statement_timeout, transaction_nesting,
    ban_uncommitted_transaction, unused_ignore, not_understood, slow_after_strong_lock,
    several_strong_locks, update_without_where, delete_without_where, rewriting_table,
    refresh_without_concurrently, lock_table, attaching_partition_without_check,
    security_definer_without_search_path, row_level_security_without_policy,
    enum_value_used_in_its_transaction, unindexed_foreign_key, duplicate_index,
    dropping_replica_identity, drop_cascade, moving_table, renaming_enum_value;

// What the schema shows, and other dangers.
extern Rule const dropping_foreign_key_index, dropping_unique_key, index_dropped_with_column,
    foreign_key_type_mismatch, concurrently_on_partitioned_table, not_valid_on_partitioned_table,
    fails_in_transaction, primary_key_on_nullable_column, disabling_triggers,
    disabling_row_level_security, policy_without_row_level_security,
    view_bypassing_row_level_security, truncating_table, unlogged_table, adding_json_field,
    restarting_sequence, renaming_schema, dropping_view, granting_to_public,
    reaching_beyond_database, concurrent_index_if_not_exists, password_in_migration,
    breaking_dependents, integer_key_near_end, dropping_sequence, removing_enum_value,
    replacing_stored_function;

}  // namespace rules

std::span<Rule const* const> all_rules() {
    static constexpr std::array all{&rules::require_concurrent_index_creation,
                                    &rules::require_concurrent_index_deletion,
                                    &rules::require_concurrent_reindex,
                                    &rules::require_concurrent_partition_detach,
                                    &rules::ban_concurrent_index_creation_in_transaction,
                                    &rules::constraint_missing_not_valid,
                                    &rules::adding_foreign_key_constraint,
                                    &rules::disallowed_unique_constraint,
                                    &rules::adding_serial_primary_key_field,
                                    &rules::adding_not_nullable_field,
                                    &rules::adding_required_field,
                                    &rules::adding_field_with_default,
                                    &rules::changing_column_type,
                                    &rules::renaming_column,
                                    &rules::renaming_table,
                                    &rules::ban_drop_column,
                                    &rules::ban_drop_table,
                                    &rules::ban_drop_database,
                                    &rules::ban_drop_not_null,
                                    &rules::ban_truncate_cascade,
                                    &rules::ban_create_domain_with_constraint,
                                    &rules::ban_alter_domain_with_add_constraint,
                                    &rules::ban_duplicate_column_assignments,
                                    &rules::identifier_too_long,
                                    &rules::require_enum_value_ordering,
                                    &rules::ban_char_field,
                                    &rules::prefer_bigint_over_int,
                                    &rules::prefer_bigint_over_smallint,
                                    &rules::prefer_identity,
                                    &rules::prefer_text_field,
                                    &rules::prefer_timestamp_tz,
                                    &rules::prefer_repack,
                                    &rules::require_table_schema,
                                    &rules::prefer_robust_stmts,
                                    &rules::require_timeout_settings,
                                    &rules::require_lock_timeout,
                                    &rules::require_statement_timeout,
                                    &rules::transaction_nesting,
                                    &rules::ban_uncommitted_transaction,
                                    &rules::unused_ignore,
                                    &rules::not_understood,
                                    &rules::slow_after_strong_lock,
                                    &rules::several_strong_locks,
                                    &rules::update_without_where,
                                    &rules::delete_without_where,
                                    &rules::rewriting_table,
                                    &rules::refresh_without_concurrently,
                                    &rules::lock_table,
                                    &rules::attaching_partition_without_check,
                                    &rules::security_definer_without_search_path,
                                    &rules::row_level_security_without_policy,
                                    &rules::enum_value_used_in_its_transaction,
                                    &rules::unindexed_foreign_key,
                                    &rules::duplicate_index,
                                    &rules::dropping_replica_identity,
                                    &rules::drop_cascade,
                                    &rules::moving_table,
                                    &rules::renaming_enum_value,
                                    &rules::dropping_foreign_key_index,
                                    &rules::dropping_unique_key,
                                    &rules::index_dropped_with_column,
                                    &rules::foreign_key_type_mismatch,
                                    &rules::concurrently_on_partitioned_table,
                                    &rules::not_valid_on_partitioned_table,
                                    &rules::fails_in_transaction,
                                    &rules::primary_key_on_nullable_column,
                                    &rules::disabling_triggers,
                                    &rules::disabling_row_level_security,
                                    &rules::policy_without_row_level_security,
                                    &rules::view_bypassing_row_level_security,
                                    &rules::truncating_table,
                                    &rules::unlogged_table,
                                    &rules::adding_json_field,
                                    &rules::restarting_sequence,
                                    &rules::renaming_schema,
                                    &rules::dropping_view,
                                    &rules::granting_to_public,
                                    &rules::reaching_beyond_database,
                                    &rules::concurrent_index_if_not_exists,
                                    &rules::password_in_migration,
                                    &rules::breaking_dependents,
                                    &rules::integer_key_near_end,
                                    &rules::dropping_sequence,
                                    &rules::removing_enum_value,
                                    &rules::replacing_stored_function};
    return all;
}

namespace {

bool is_former_code(Rule const& rule, std::string_view code) {
    constexpr std::size_t length = 6;
    return code.size() == length && to_lower(code).starts_with("cm") &&
           rule.formerly.find(code.substr(2)) != std::string_view::npos;
}

}  // namespace

Rule const* find_rule(std::string_view given) {
    // squawk takes either name.
    auto const name = given == "prefer-timestamptz" ? "prefer-timestamp-tz" : given;
    auto const all = all_rules();
    auto const found = std::find_if(all.begin(), all.end(), [&](Rule const* rule) {
        return rule->name == name || to_lower(rule->code) == to_lower(name) ||
               is_former_code(*rule, name);
    });
    return found == all.end() ? nullptr : *found;
}

std::string help_for_unknown_rule(std::string_view name) {
    std::vector<std::string_view> names{};
    for (auto const* const rule : all_rules()) names.push_back(rule->name);
    auto const meant = did_you_mean(name, names);
    return meant ? fmt::format("did you mean `{}`?", *meant)
                 : "`cm-migrate lint --list` shows all rules";
}

}  // namespace cm::lint

// PostgreSQL's error codes by the names that its manual gives them (appendix "PostgreSQL Error
// Codes").
#pragma once
#include <string_view>

namespace cm::sqlstate {

inline constexpr std::string_view protocol_violation = "08P01";
inline constexpr std::string_view feature_not_supported = "0A000";
inline constexpr std::string_view string_data_right_truncation = "22001";
inline constexpr std::string_view numeric_value_out_of_range = "22003";
inline constexpr std::string_view invalid_parameter_value = "22023";
inline constexpr std::string_view invalid_text_representation = "22P02";
inline constexpr std::string_view untranslatable_character = "22P05";
inline constexpr std::string_view not_null_violation = "23502";
inline constexpr std::string_view foreign_key_violation = "23503";
inline constexpr std::string_view unique_violation = "23505";
inline constexpr std::string_view check_violation = "23514";
inline constexpr std::string_view active_sql_transaction = "25001";
inline constexpr std::string_view read_only_sql_transaction = "25006";
inline constexpr std::string_view invalid_sql_statement_name = "26000";
inline constexpr std::string_view invalid_authorization_specification = "28000";
inline constexpr std::string_view dependent_objects_still_exist = "2BP01";
inline constexpr std::string_view invalid_transaction_termination = "2D000";
inline constexpr std::string_view invalid_cursor_name = "34000";
inline constexpr std::string_view invalid_catalog_name = "3D000";
inline constexpr std::string_view invalid_schema_name = "3F000";
inline constexpr std::string_view serialization_failure = "40001";
inline constexpr std::string_view deadlock_detected = "40P01";
inline constexpr std::string_view insufficient_privilege = "42501";
inline constexpr std::string_view syntax_error = "42601";
inline constexpr std::string_view duplicate_column = "42701";
inline constexpr std::string_view undefined_column = "42703";
inline constexpr std::string_view undefined_object = "42704";
inline constexpr std::string_view duplicate_object = "42710";
inline constexpr std::string_view duplicate_function = "42723";
inline constexpr std::string_view ambiguous_function = "42725";
inline constexpr std::string_view datatype_mismatch = "42804";
inline constexpr std::string_view undefined_function = "42883";
inline constexpr std::string_view invalid_foreign_key = "42830";
inline constexpr std::string_view cannot_coerce = "42846";
inline constexpr std::string_view undefined_table = "42P01";
inline constexpr std::string_view duplicate_database = "42P04";
inline constexpr std::string_view duplicate_schema = "42P06";
inline constexpr std::string_view duplicate_table = "42P07";
inline constexpr std::string_view invalid_column_reference = "42P10";
inline constexpr std::string_view invalid_table_definition = "42P16";
inline constexpr std::string_view invalid_object_definition = "42P17";
inline constexpr std::string_view disk_full = "53100";
inline constexpr std::string_view out_of_memory = "53200";
inline constexpr std::string_view too_many_connections = "53300";
inline constexpr std::string_view configuration_limit_exceeded = "53400";
inline constexpr std::string_view object_not_in_prerequisite_state = "55000";
inline constexpr std::string_view object_in_use = "55006";
inline constexpr std::string_view lock_not_available = "55P03";
inline constexpr std::string_view unsafe_new_enum_value_usage = "55P04";
inline constexpr std::string_view query_canceled = "57014";
inline constexpr std::string_view cannot_connect_now = "57P03";
inline constexpr std::string_view internal_error = "XX000";

}  // namespace cm::sqlstate

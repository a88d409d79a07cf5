// pg_proc.provolatile of the functions that people write behind DEFAULT.
#include "sql/default_volatility.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "base/contains.hpp"

namespace cm::sql {
namespace {

constexpr std::array<std::string_view, 24> volatile_functions{"random",
                                                              "random_normal",
                                                              "setseed",
                                                              "nextval",
                                                              "currval",
                                                              "lastval",
                                                              "setval",
                                                              "clock_timestamp",
                                                              "timeofday",
                                                              "pg_sleep",
                                                              "gen_random_uuid",
                                                              "uuidv4",
                                                              "uuidv7",
                                                              "pg_current_wal_lsn",
                                                              "pg_advisory_xact_lock",
                                                              "pg_notify",
                                                              "set_config",
                                                              "uuid_generate_v1",
                                                              "uuid_generate_v1mc",
                                                              "uuid_generate_v4",
                                                              "gen_random_bytes",
                                                              "gen_salt",
                                                              "pg_current_wal_insert_lsn",
                                                              "array_shuffle"};

constexpr std::array<std::string_view, 61> steady_functions{"now",
                                                            "transaction_timestamp",
                                                            "statement_timestamp",
                                                            "current_setting",
                                                            "current_database",
                                                            "current_schema",
                                                            "version",
                                                            "txid_current",
                                                            "pg_current_xact_id",
                                                            "inet_client_addr",
                                                            "inet_server_addr",
                                                            "pg_backend_pid",
                                                            "lower",
                                                            "upper",
                                                            "initcap",
                                                            "concat",
                                                            "concat_ws",
                                                            "format",
                                                            "length",
                                                            "md5",
                                                            "sha256",
                                                            "sha512",
                                                            "substr",
                                                            "substring",
                                                            "left",
                                                            "right",
                                                            "lpad",
                                                            "rpad",
                                                            "btrim",
                                                            "ltrim",
                                                            "rtrim",
                                                            "replace",
                                                            "translate",
                                                            "repeat",
                                                            "encode",
                                                            "decode",
                                                            "to_char",
                                                            "to_date",
                                                            "to_number",
                                                            "to_timestamp",
                                                            "to_json",
                                                            "to_jsonb",
                                                            "json_build_object",
                                                            "jsonb_build_object",
                                                            "json_build_array",
                                                            "jsonb_build_array",
                                                            "array_fill",
                                                            "string_to_array",
                                                            "make_date",
                                                            "make_interval",
                                                            "make_timestamp",
                                                            "date_trunc",
                                                            "date_part",
                                                            "extract",
                                                            "timezone",
                                                            "age",
                                                            "floor",
                                                            "ceil",
                                                            "round",
                                                            "abs",
                                                            "mod"};

}  // namespace

Volatility volatility_of(Json const& expression) {
    Volatility result{};
    walk(expression, [&](std::string_view, Json const& node) {
        if (!node.contains("funcname")) return;
        auto const& names = member(node, {"funcname"});
        auto const schema = schema_name(names);
        auto const name = last_name(names);
        if (contains(volatile_functions, name)) {
            result.is_volatile = true;
        } else if ((!schema.empty() && schema != "pg_catalog") ||
                   !contains(steady_functions, name)) {
            result.unknown_functions.push_back({schema, name});
        }
    });
    return result;
}

std::vector<std::string_view> known_volatile_functions() {
    return {volatile_functions.begin(), volatile_functions.end()};
}

std::vector<std::string_view> known_steady_functions() {
    return {steady_functions.begin(), steady_functions.end()};
}

}  // namespace cm::sql

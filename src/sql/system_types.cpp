// See system_types.hpp.
#include "sql/system_types.hpp"

#include <algorithm>
#include <array>

namespace cm::sql {
namespace {

/// `SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typname !~
/// '^(_|pg_)'` on PostgreSQL 12 to 18.
constexpr std::array<std::string_view, 99> system_type_names{
    "aclitem",
    "any",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "event_trigger",
    "fdw_handler",
    "float4",
    "float8",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "opaque",
    "path",
    "point",
    "polygon",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "table_am_handler",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "varbit",
    "varchar",
    "void",
    "xid",
    "xid8",
    "xml",
};
static_assert(std::is_sorted(system_type_names.begin(), system_type_names.end()));

}  // namespace

bool is_system_type_name(std::string_view name) {
    if (name.starts_with("pg_")) return true;          // the rows of catalogs and of views on them
    if (name.starts_with('_')) name.remove_prefix(1);  // a list of one of them
    return name.starts_with("pg_") ||
           std::binary_search(system_type_names.begin(), system_type_names.end(), name);
}

}  // namespace cm::sql

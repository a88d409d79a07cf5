// The manual's chapter "Index Types" as tables; BRIN's classes come in families.
#include "dsl/operator_classes.hpp"

#include <fmt/format.h>

namespace cm::dsl {

namespace {

/// `Int4BloomOps`, `Int4MinMaxOps` and `Int4MinMaxMultiOps`, as far as PostgreSQL has them.
struct Family {
    std::string_view word{};
    std::string_view database_word{};
    std::vector<std::string_view> native_types{};
    bool has_bloom{};
    bool has_multi{};
};

std::vector<Family> families() {
    return {
        {"Bit", "bit", {"Bit"}, false, false},
        {"VarBit", "varbit", {"VarBit"}, false, false},
        {"Bpchar", "bpchar", {"Char"}, true, false},
        {"Bytea", "bytea", {"ByteA"}, true, false},
        {"Text", "text", {"Text", "VarChar"}, true, false},
        {"Inet", "inet", {"Inet"}, true, true},
        {"Int2", "int2", {"SmallInt"}, true, true},
        {"Int4", "int4", {"Integer"}, true, true},
        {"Int8", "int8", {"BigInt"}, true, true},
        {"Float4", "float4", {"Real"}, true, true},
        {"Float8", "float8", {"DoublePrecision"}, true, true},
        {"Numeric", "numeric", {"Decimal"}, true, true},
        {"Oid", "oid", {"Oid"}, true, true},
        {"Date", "date", {"Date"}, true, true},
        {"Time", "time", {"Time"}, true, true},
        {"TimeTz", "timetz", {"Timetz"}, true, true},
        {"Timestamp", "timestamp", {"Timestamp"}, true, true},
        {"TimestampTz", "timestamptz", {"Timestamptz"}, true, true},
        {"Uuid", "uuid", {"Uuid"}, true, true},
    };
}

std::vector<OperatorClass> make_operator_classes() {
    std::vector<OperatorClass> classes = {
        {"ArrayOps", "array_ops", "gin", {}},
        {"JsonbOps", "jsonb_ops", "gin", {"JsonB"}},
        {"JsonbPathOps", "jsonb_path_ops", "gin", {"JsonB"}},
        {"InetOps", "inet_ops", "gist", {"Inet"}},
        {"InetOps", "inet_ops", "spgist", {"Inet"}},
        {"TextOps", "text_ops", "spgist", {"Text", "VarChar", "Char"}},
        {"InetInclusionOps", "inet_inclusion_ops", "brin", {"Inet"}},
    };
    for (auto const& family : families()) {
        auto const add = [&](std::string_view word, std::string_view database_word) {
            classes.push_back({fmt::format("{}{}Ops", family.word, word),
                               fmt::format("{}_{}_ops", family.database_word, database_word),
                               "brin", family.native_types});
        };
        add("MinMax", "minmax");
        if (family.has_bloom) add("Bloom", "bloom");
        if (family.has_multi) add("MinMaxMulti", "minmax_multi");
    }
    return classes;
}

}  // namespace

std::vector<OperatorClass> const& operator_classes() {
    static auto const classes = make_operator_classes();
    return classes;
}

}  // namespace cm::dsl

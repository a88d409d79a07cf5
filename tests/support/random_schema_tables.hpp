// What random schemas are made of: types with their defaults and values, access methods, names.
// Only for random_schema.cpp and random_schema_text.cpp.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace cm::test::random_schema {

/// A scalar type with defaults, and a value for each of two rows.
struct Scalar {
    std::string_view name, native;
    std::array<std::string_view, 3> defaults;
    std::array<std::string_view, 2> values;
    bool can_be_indexed = true;
};

inline constexpr std::array scalars{
    Scalar{"Int", "", {"1", "-7", "autoincrement()"}, {"1", "2"}},
    Scalar{"Int", "@db.SmallInt", {"3", "-3", "autoincrement()"}, {"1", "2"}},
    Scalar{"BigInt", "", {"5", "-9007199254740993", "autoincrement()"}, {"1", "2"}},
    Scalar{"Float", "", {"-1.5", "2.5", "100"}, {"1", "2"}},
    Scalar{"Float", "@db.Real", {"-1.5", "2.5", "100"}, {"1", "2"}},
    Scalar{"Decimal", "", {"2.25", "-1", "0"}, {"1", "2"}},
    Scalar{"Decimal", "@db.Decimal(10, 2)", {"2.25", "-1", "0"}, {"1", "2"}},
    Scalar{"String", "", {"\"it's\"", "\"\"", "cuid()"}, {"'1'", "'2'"}},
    Scalar{"String", "@db.VarChar(5)", {"\"a\"", "\"\"", "uuid()"}, {"'1'", "'2'"}},
    Scalar{"String", "@db.Char(3)", {"\"abc\"", "\"xyz\"", "\"1\""}, {"'1'", "'2'"}},
    Scalar{"String",
           "@db.Uuid",
           {"dbgenerated(\"gen_random_uuid()\")", "uuid()",
            "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a99\""},
           {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a22'"}},
    Scalar{"Boolean", "", {"true", "false", "true"}, {"true", "false"}},
    Scalar{"DateTime",
           "",
           {"now()", "\"2020-01-02T03:04:05Z\"", "\"2021-01-02T03:04:05.678Z\""},
           {"'2020-01-02'", "'2020-01-03'"}},
    Scalar{"DateTime",
           "@db.Timestamptz(3)",
           {"now()", "\"2020-01-02T03:04:05Z\"", "\"2021-01-02T03:04:05.678Z\""},
           {"'2020-01-02 00:00+00'", "'2020-01-03 00:00+00'"}},
    Scalar{"DateTime",
           "@db.Date",
           {"now()", "\"2020-01-02T00:00:00Z\"", "\"2021-01-02T00:00:00Z\""},
           {"'2020-01-02'", "'2020-01-03'"}},
    Scalar{"DateTime",
           "@db.Time(3)",
           {"\"1970-01-01T03:04:05Z\"", "\"1970-01-01T03:04:05.5Z\"", "now()"},
           {"'03:04'", "'03:05'"}},
    Scalar{"Json", "", {"\"{}\"", "\"[1]\"", "\"{\\\"a\\\": 1}\""}, {"'1'", "'2'"}},
    Scalar{"Json", "@db.Json", {"\"{}\"", "\"[1]\"", "\"1\""}, {"'1'", "'2'"}, false},
    Scalar{"Bytes", "", {"\"aGk=\"", "\"AA==\"", "\"\""}, {R"('\x31')", R"('\x32')"}},
    Scalar{"String", "@db.Citext", {"\"it's\"", "\"A\"", "nanoid()"}, {"'a'", "'b'"}},
    Scalar{"String",
           "@db.Inet",
           {"\"10.0.0.1\"", "\"::1\"", "\"10.0.0.0/8\""},
           {"'1.1.1.1'", "'::2'"}},
    Scalar{"String", "@db.Bit(4)", {"\"0101\"", "\"1111\"", "\"0000\""}, {"B'0001'", "B'0010'"}},
    Scalar{"String", "@db.VarBit", {"\"01\"", "\"1\"", "\"0000\""}, {"B'01'", "B'10'"}},
    Scalar{"String", "@db.Xml", {"\"<a/>\"", "\"<b/>\"", "\"<c/>\""}, {"'<a/>'", "'<b/>'"}, false},
    Scalar{"String",
           "@db.VarChar",
           {"dbgenerated(\"upper('x'::text)\")", "ulid()", "\"x\""},
           {"'1'", "'2'"}},
    Scalar{"Int", "@db.Oid", {"1", "7", "0"}, {"1", "2"}},
    Scalar{"Decimal", "@db.Money", {"2.25", "-1", "0"}, {"1", "2"}},
    Scalar{"DateTime",
           "@db.Timestamp(0)",
           {"now()", "dbgenerated(\"CURRENT_TIMESTAMP\")",
            "dbgenerated(\"(now() - '1 day'::interval)\")"},
           {"'2020-01-02'", "'2020-01-03'"}},
    Scalar{"DateTime",
           "@db.Timetz(6)",
           {"\"1970-01-01T03:04:05Z\"", "\"1970-01-01T03:04:05.5Z\"", "now()"},
           {"'03:04+00'", "'03:05+00'"}},
    // Two types of one name, in two schemas (surroundings()).
    Scalar{"Unsupported(\"loose.pair\")", "", {"", "", ""}, {"'(1,2)'", "'(3,4)'"}, false},
    Scalar{"Unsupported(\"pair\")", "", {"", "", ""}, {"'(1,2,3)'", "'(4,5,6)'"}, false},
};

/// Access methods beside the b-tree, with the types of field they take and an operator class.
struct Method {
    std::string_view name, scalar, native, operators;
    bool takes_lists = false;
};

inline constexpr std::array methods{
    Method{"Hash", "String", "", ""},          Method{"Hash", "Int", "", ""},
    Method{"Gin", "Json", "", "JsonbPathOps"}, Method{"Gin", "Json", "", "JsonbOps"},
    Method{"Gin", "Int", "", "", true},        Method{"Gist", "String", "@db.Inet", "InetOps"},
    Method{"SpGist", "String", "", ""},        Method{"Brin", "DateTime", "", ""},
    Method{"Brin", "Int", "", "Int4MinMaxOps"}};
inline constexpr std::array actions{"NoAction", "Restrict", "Cascade", "SetNull", "SetDefault"};

/// Types of ids, whose rows are 1 and 2 where the type allows.
inline constexpr std::array<std::size_t, 5> id_types{0, 1, 2, 7, 10};
inline constexpr std::array enum_names{"E", "F"};
inline constexpr std::array model_names{"A", "B", "C", "D"};
inline constexpr std::array enum_values{"P", "Q", "R", "S"};

}  // namespace cm::test::random_schema

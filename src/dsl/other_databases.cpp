// See other_databases.hpp. Each word is one row.
#include "dsl/other_databases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cm::dsl {
namespace {

struct ForeignWord {
    std::string_view word{};
    std::string_view database{};
    std::string_view instead{};
};

constexpr std::array foreign_words{
    ForeignWord{"@@fulltext", "MySQL and MongoDB",
                "a full-text index of PostgreSQL is a GIN index over an expression, written as SQL "
                "in a migration"},
    ForeignWord{"@@shardKey", "MySQL (PlanetScale)", "remove it"},
    ForeignWord{"@shardKey", "MySQL (PlanetScale)", "remove it"},
    ForeignWord{"length", "MySQL", "PostgreSQL indexes whole values: remove it"},
    ForeignWord{"clustered", "SQL Server", "PostgreSQL has no clustered indexes: remove it"},
    ForeignWord{"auto", "MongoDB",
                "write `autoincrement()`, `uuid()` or `dbgenerated(\"gen_random_uuid()\")`"},
};

/// `type` is PostgreSQL's nearest native type, empty where there is none.
struct ForeignType {
    std::string_view name{};
    std::string_view database{};
    std::string_view type{};
};

constexpr std::array foreign_types{
    ForeignType{"TinyText", "MySQL", "Text"},
    ForeignType{"MediumText", "MySQL", "Text"},
    ForeignType{"LongText", "MySQL", "Text"},
    ForeignType{"NVarChar", "SQL Server", "VarChar"},
    ForeignType{"NChar", "SQL Server", "Char"},
    ForeignType{"NText", "SQL Server", "Text"},
    ForeignType{"UniqueIdentifier", "SQL Server", "Uuid"},
    ForeignType{"TinyInt", "MySQL and SQL Server", "SmallInt"},
    ForeignType{"UnsignedTinyInt", "MySQL", "SmallInt"},
    ForeignType{"UnsignedSmallInt", "MySQL", "Integer"},
    ForeignType{"MediumInt", "MySQL", "Integer"},
    ForeignType{"UnsignedMediumInt", "MySQL", "Integer"},
    ForeignType{"Int", "MySQL and SQL Server", "Integer"},
    ForeignType{"Int4", "CockroachDB", "Integer"},
    ForeignType{"Int2", "CockroachDB", "SmallInt"},
    ForeignType{"Int8", "CockroachDB", "BigInt"},
    ForeignType{"String", "CockroachDB and MongoDB", "Text"},
    ForeignType{"UnsignedInt", "MySQL", "BigInt"},
    ForeignType{"UnsignedBigInt", "MySQL", "Decimal(20, 0)"},
    ForeignType{"Year", "MySQL", "SmallInt"},
    ForeignType{"Float", "MySQL and SQL Server", "Real"},
    ForeignType{"Float4", "CockroachDB", "Real"},
    ForeignType{"Float8", "CockroachDB", "DoublePrecision"},
    ForeignType{"Double", "MySQL and MongoDB", "DoublePrecision"},
    ForeignType{"SmallMoney", "SQL Server", "Money"},
    ForeignType{"DateTime", "MySQL and SQL Server", "Timestamp"},
    ForeignType{"DateTime2", "SQL Server", "Timestamp"},
    ForeignType{"SmallDateTime", "SQL Server", "Timestamp"},
    ForeignType{"DateTimeOffset", "SQL Server", "Timestamptz"},
    ForeignType{"Bool", "MongoDB", "Boolean"},
    ForeignType{"Binary", "MySQL and SQL Server", "ByteA"},
    ForeignType{"VarBinary", "MySQL and SQL Server", "ByteA"},
    ForeignType{"TinyBlob", "MySQL", "ByteA"},
    ForeignType{"Blob", "MySQL", "ByteA"},
    ForeignType{"MediumBlob", "MySQL", "ByteA"},
    ForeignType{"LongBlob", "MySQL", "ByteA"},
    ForeignType{"Image", "SQL Server", "ByteA"},
    ForeignType{"BinData", "MongoDB", "ByteA"},
    ForeignType{"Bytes", "CockroachDB", "ByteA"},
    ForeignType{"ObjectId", "MongoDB", ""},
};

template <typename Rows, typename Key>
auto find_row(Rows const& rows, std::string_view word, Key key) -> decltype(&rows.front()) {
    auto const row =
        std::find_if(rows.begin(), rows.end(), [&](auto const& each) { return each.*key == word; });
    return row == rows.end() ? nullptr : &*row;
}

}  // namespace

std::optional<std::string> help_from_other_database(std::string_view word) {
    auto const* const row = find_row(foreign_words, word, &ForeignWord::word);
    if (row == nullptr) return std::nullopt;
    return fmt::format("this is for {} only; {}", row->database, row->instead);
}

std::optional<std::string> native_type_from_other_database(std::string_view name) {
    auto const* const row = find_row(foreign_types, name, &ForeignType::name);
    if (row == nullptr) return std::nullopt;
    if (row->type.empty()) return fmt::format("this is a type of {}; remove it", row->database);
    return fmt::format("this is a type of {}; PostgreSQL's nearest is `@db.{}`", row->database,
                       row->type);
}

}  // namespace cm::dsl

// A primary key: a part of its table, written as a clause of CREATE TABLE or ALTER TABLE.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/boxed.hpp"
#include "object/deferrability.hpp"
#include "object/index_storage.hpp"
#include "object/object.hpp"
#include "sql/rows.hpp"
#include "sql/writer.hpp"

namespace cm::object {

/// What the schema language cannot say of a primary key.
struct PrimaryKeyDetails {
    std::vector<std::string> included{};  ///< columns beside the key
    Deferrability deferrability{};
    bool is_without_overlaps{};  ///< the last column (PostgreSQL 18)
    IndexStorage storage{};
    bool is_partitioned{};        ///< of a partitioned table; does not count
    sql::QualifiedName parent{};  ///< the index of the parent's that its own is a part of
    friend bool operator==(PrimaryKeyDetails const& a, PrimaryKeyDetails const& b);
};

struct PrimaryKey {
    std::string name{};
    std::vector<std::string> columns{};
    /// In a database: by foreign keys of tables that are not managed, which cannot be dropped and
    /// recreated around it; does not count for equality.
    bool is_referenced_from_outside{};
    Boxed<PrimaryKeyDetails> details{};  ///< known if read from a database; count if both
                                         ///< sides have them
    References uses{};                   ///< what its index relies on, by pg_depend; does not count
    friend bool operator==(PrimaryKey const& a, PrimaryKey const& b);
};

/// Is the column one of its own, or included?
bool has_column(PrimaryKey const& key, std::string_view column);

/// Whether it can be altered: renamed, stored otherwise.
bool can_alter(PrimaryKey const& from, PrimaryKey const& to);

/// `CONSTRAINT "User_pkey" PRIMARY KEY ("id")`. `separator`: between the columns.
std::string definition(PrimaryKey const& key, std::string_view separator = ", ");

/// Statements that follow the one that makes the key.
std::vector<std::string> complete(sql::QualifiedName const& table, PrimaryKey const& key,
                                  sql::Writer const& out);
/// Those that alter it.
std::vector<std::string> alter(sql::QualifiedName const& table, PrimaryKey const& from,
                               PrimaryKey const& to, sql::Writer const& out);

/// From a row of table.sql.
PrimaryKey read_primary_key(sql::Row const& row);

/// Silence keeps what is there (schema/with_unsaid.hpp), but for included columns that are not
/// among `columns` of the table any more.
void take_unsaid(PrimaryKey& declared, PrimaryKey const& actual,
                 std::vector<std::string> const& columns);
void drop_details(PrimaryKey& key);
void take_unmade(PrimaryKey& made, PrimaryKey const& actual);

}  // namespace cm::object

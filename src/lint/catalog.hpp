// The tables of a database as far as rules ask about them: those of the schema before the first
// file, if it is known, and what the statements that have been read make of them.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/dependents.hpp"
#include "lint/script.hpp"
#include "sql/name.hpp"
#include "sql/type.hpp"

namespace cm::schema {
struct Schema;
}

namespace cm::lint {

struct AlterTable;

struct CatalogColumn {
    std::string name{};
    sql::Type type{};
    bool is_not_null{};
    bool operator==(CatalogColumn const&) const = default;
};

struct CatalogForeignKey {
    std::string name{};
    std::vector<std::string> columns{};
    sql::QualifiedName referenced{};
    bool operator==(CatalogForeignKey const&) const = default;
};

/// Of an expression in its key the column is empty.
struct CatalogIndex {
    sql::QualifiedName name{};
    std::vector<std::string> columns{};
    std::string shape{};  ///< all but the name, to be compared; empty: unknown
    bool is_unique{};
    bool is_partial{};
    bool operator==(CatalogIndex const&) const = default;
};

struct CatalogTable {
    sql::QualifiedName name{};
    std::vector<CatalogColumn> columns{};
    std::vector<CatalogForeignKey> foreign_keys{};
    std::vector<CatalogIndex> indexes{};  ///< those of keys, too
    /// Valid CHECK constraints that say no more than that a column is not null: name → column.
    std::map<std::string, std::string, std::less<>> not_null_checks{};
    bool has_checks{};  ///< of any kind, valid ones
    bool has_policies{};
    bool has_row_security{};
    bool is_partitioned{};
    std::string identity_index{};  ///< that is the replica identity
    bool operator==(CatalogTable const&) const = default;

    CatalogColumn const* column(std::string_view wanted) const;
};

class Catalog {
  public:
    /// Of which nothing is known.
    Catalog() = default;
    /// All that there is. `bare`: the schema that names without one mean.
    Catalog(schema::Schema const& schema, std::string_view bare);

    /// False if there may be tables that are not in it.
    bool is_complete() const { return is_complete_; }

    /// With the schema that a name without one means.
    sql::QualifiedName full(sql::QualifiedName name) const;

    /// What stands on its tables.
    Dependents const& dependents() const { return dependents_; }

    /// Null if it is not known.
    CatalogTable const* find(sql::QualifiedName const& name) const;

    /// The table of an index; null if it is not known.
    CatalogTable const* table_of_index(sql::QualifiedName const& name) const;

    /// What is known of this table, and of no other.
    Catalog only(sql::QualifiedName const& table) const;

    /// The values of an enum; null if it is not known.
    std::vector<std::string> const* find_enum(sql::QualifiedName const& name) const;

    /// Takes notice of what the statement does.
    void follow(Statement const& statement);

  private:
    CatalogTable* change(sql::QualifiedName const& name);
    void create(Statement const& statement);
    void alter(AlterTable const& alter, Statement const& statement);
    void add_constraint(CatalogTable& table, sql::Node constraint,
                        std::vector<std::string> columns);
    void drop(sql::Node node);
    void rename(sql::Node node);
    void create_index(Statement const& statement);
    void follow_enum(Statement const& statement);

    std::map<sql::QualifiedName, CatalogTable> tables_{};
    std::map<sql::QualifiedName, std::vector<std::string>> enums_{};
    Dependents dependents_{};
    std::string bare_ = "public";
    bool is_complete_ = false;
};

/// The key of an index as CREATE INDEX gives it.
CatalogIndex index_of(Statement const& create_index);

}  // namespace cm::lint

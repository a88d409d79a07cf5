// What stands on tables and columns beside keys and indexes: views, policies, triggers, and
// routines, whose text PostgreSQL reads when they run.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/script.hpp"
#include "sql/name.hpp"

namespace cm::schema {
struct Schema;
}

namespace cm::lint {

/// A column of a relation; without a name the relation as a whole.
struct ColumnUse {
    sql::QualifiedName relation{};
    std::string column{};
    auto operator<=>(ColumnUse const&) const = default;
};

struct Dependent {
    std::string title{};            ///< "view"
    sql::QualifiedName relation{};  ///< that it is a part of: of a policy, a trigger, a rule
    sql::QualifiedName name{};
    /// What PostgreSQL knows of: it refuses to drop that, or to change its type.
    std::set<ColumnUse> uses{};
    /// The names in a text that PostgreSQL does not look into before it runs.
    std::set<std::string> words{};
    std::set<sql::QualifiedName> fired_by{};  ///< tables that have the routine as a trigger
    bool operator==(Dependent const&) const = default;
};

/// The columns of a relation, as far as they are known.
using ColumnsOf = std::function<std::vector<std::string>(sql::QualifiedName const& relation)>;

class Dependents {
  public:
    Dependents() = default;
    explicit Dependents(schema::Schema const& schema);

    std::vector<Dependent> const& all() const { return all_; }

    /// Takes notice of what the statement does. `bare`: the schema of names without one.
    void follow(Statement const& statement, std::string const& bare, ColumnsOf const& columns);

  private:
    void create(Statement const& statement, std::string const& bare, ColumnsOf const& columns);
    void put(Dependent made);
    void forget(Statement const& statement, std::string const& bare);
    void rename(Statement const& statement, std::string const& bare);

    std::vector<Dependent> all_{};
};

}  // namespace cm::lint

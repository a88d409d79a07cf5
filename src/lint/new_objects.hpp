// What a file creates itself: tables, views, indexes and types that nobody uses yet.
#pragma once
#include <cstddef>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {
struct StatementTree;
}

namespace cm::lint {

class NewObjects {
  public:
    /// Takes notice of what statement `index` creates or renames.
    void follow(sql::StatementTree const& tree, std::size_t index);

    /// Created before statement `index`. A name without a schema means one of any schema.
    bool is_new(sql::QualifiedName const& object, std::size_t index) const;

    /// The table of an index that the file creates before statement `index`; null if there is none.
    sql::QualifiedName const* table_of_index(sql::QualifiedName const& index_name,
                                             std::size_t index) const;

  private:
    struct Created {
        sql::QualifiedName name{};
        sql::QualifiedName table{};  ///< of an index
        std::size_t by{};            ///< statement
    };

    Created const* find(sql::QualifiedName const& object, std::size_t index) const;

    std::vector<Created> created_{};
};

}  // namespace cm::lint

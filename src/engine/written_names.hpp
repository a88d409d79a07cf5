// What the statements of migrations leave behind, by the names that they write.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "history/directory.hpp"
#include "object/object.hpp"
#include "sql/name.hpp"

namespace cm::engine {

struct WrittenNames {
    std::string bare{};                              ///< the schema that unqualified names mean
    std::set<sql::QualifiedName> created{};          ///< and still there when all have run
    std::set<object::ObjectRef> tables_and_enums{};  ///< of these, what is sure to be one
    std::set<std::string> names{};                   ///< all that are mentioned

    sql::QualifiedName full(sql::QualifiedName name) const;
    /// As the statement that makes the object names it.
    sql::QualifiedName name_of(object::ObjectRef const& object) const;
};

WrittenNames written_names(std::vector<history::Migration> const& migrations,
                           std::string const& bare);

}  // namespace cm::engine

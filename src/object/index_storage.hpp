// How an index is stored: of an index, and of the one behind a primary key.
#pragma once
#include <string>
#include <vector>

#include "sql/name.hpp"
#include "sql/writer.hpp"

namespace cm::object {

struct IndexStorage {
    std::vector<std::string> parameters{};  ///< `fillfactor=70`; their order does not count
    std::string tablespace{};               ///< empty: the database's own
    bool is_clustered{};                    ///< CLUSTER goes by this index
    bool is_replica_identity{};  ///< REPLICA IDENTITY USING INDEX; that another takes its place is
                                 ///< a matter of that one, or of the table
    friend bool operator==(IndexStorage const& a, IndexStorage const& b);
};

/// ` WITH (fillfactor = 70)`, or nothing.
std::string parameters_clause(IndexStorage const& storage);

/// `ALTER INDEX … SET (…)` and the like, and `ALTER TABLE … CLUSTER ON …`: what leads from the one
/// to the other. `index`: by its new name.
std::vector<std::string> alter_storage(sql::QualifiedName const& table,
                                       sql::QualifiedName const& index, IndexStorage const& from,
                                       IndexStorage const& to, sql::Writer const& out);

/// What cannot be said where the index is made: `ALTER TABLE … CLUSTER ON …` and the like.
std::vector<std::string> complete_storage(sql::QualifiedName const& table,
                                          sql::QualifiedName const& index,
                                          IndexStorage const& storage, sql::Writer const& out);

}  // namespace cm::object

// The index of a partitioned table has parts: the indexes and keys of its partitions.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

bool is_partition(object::Table const& table);

/// The index that it is a part of; without a name: none.
sql::QualifiedName parent_of(object::Index const& index);
sql::QualifiedName parent_of(std::optional<object::PrimaryKey> const& key);
bool is_part(sql::QualifiedName const& parent);

/// Of the index of the primary key.
sql::QualifiedName key_index(object::Table const& table);

/// The part of an index (`parent`) on a partition; null if there is none.
object::Index const* part_of(sql::QualifiedName const& parent, sql::QualifiedName const& partition,
                             Schema const& side);

/// Whether it has the name that PostgreSQL gives a part that it makes.
bool has_usual_name(object::Index const& index);
/// That of a primary key.
std::string usual_key(sql::QualifiedName const& table);

/// Are constraints of partitions parts of the index, though it is none?
bool has_constraints(object::Index const& index, Schema const& side);

/// PostgreSQL may take the one for the other: it looks neither at the order nor at parameters.
bool may_be_rivals(object::Index const& a, object::Index const& b);

/// The checks of its parents that a table does not have before it comes to them, or no longer
/// without the columns that the steps take from it.
std::vector<object::Definition> checks_to_add(object::Table const& table, Schema const& from,
                                              Schema const& to, Steps const& steps);

/// Has it constraints of NOT NULL under the names of its parent's (PostgreSQL 18)?
bool has_named_requirements(object::Table const& table);

/// What is to become a partition, as it is before.
object::Table without_parent(object::Table table);
/// The same of one that is made as a table.
object::Table beside(object::Table table);

}  // namespace cm::schema

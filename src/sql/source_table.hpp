// What each kind of statement is to a schema in SQL: one row a node of PostgreSQL's parse tree.
#pragma once
#include <optional>
#include <string_view>

#include "sql/source_statement.hpp"

namespace cm::sql {

struct SourceRow {
    std::string_view node{};
    SourceTreatment treatment{};
    SourcePhase phase{};
    bool is_inert{};  ///< see SourceStatement::is_inert
};

/// Null for what is no part of a schema.
SourceRow const* source_row(std::string_view node);

/// The phase of what a statement is about that can be about objects of several kinds; `object` is
/// one of PostgreSQL's ObjectType.
std::optional<SourcePhase> phase_of_object(std::string_view object);

}  // namespace cm::sql

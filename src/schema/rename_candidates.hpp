// What may have been renamed, although nobody has said so: something goes, and something like it
// comes.
#pragma once
#include <string>
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

enum class RenamedKind { table, column, type, value };

std::string_view word_of(RenamedKind kind);

struct RenameCandidate {
    RenamedKind kind{};
    /// Of a column or value: its table or type, under its new name. Else the old name.
    sql::QualifiedName object{};
    sql::QualifiedName old_object{};  ///< the same as it is called today
    std::string from{}, to{};
    std::string to_schema{};  ///< of a table or type
    double likelihood{};      ///< from 0 to 1
    std::vector<std::string> reasons{};
    Origin origin{};  ///< of what has the new name
    bool operator==(RenameCandidate const&) const = default;
};

/// Of all that a plan drops and makes: pairs, one to one, of the greatest likelihood in all; best
/// first. Names weigh most, then what they name, where it stands least.
std::vector<RenameCandidate> rename_candidates(Steps const& plan);

/// Likely enough to ask before the old one is dropped.
bool is_likely(RenameCandidate const& candidate);

}  // namespace cm::schema

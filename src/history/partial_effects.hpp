// What a statement that refuses a transaction has left behind: it can be cut off halfway, and only
// the catalog knows whether it took effect.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"

namespace cm::history {

enum class Effect {
    none,     ///< it has not taken effect, or may be carried out again
    whole,    ///< it has taken effect
    unknown,  ///< PostgreSQL keeps nothing from which that could be told
};

struct PartialEffects {
    Effect effect = Effect::none;
    std::vector<std::string> tidying{};  ///< statements that remove what a failed attempt left
    std::string instead{};               ///< finishes a half-done statement, in its place
};

/// Looks for traces of the statement, which begins at its first word. Throws SqlError.
PartialEffects inspect_partial_effects(std::string_view statement, pg::Connection& connection);

/// CREATE INDEX says that the index is there: what to do if the one that is there is invalid, or is
/// being built; else empty. Throws SqlError.
std::string advice_on_invalid_index(std::string_view statement, pg::Connection& connection);

/// True if a failed attempt leaves nothing that `inspect_partial_effects` does not see.
bool can_be_repeated(std::string_view statement);

/// True if waiting for its locks holds up nobody: CREATE, DROP and REINDEX … CONCURRENTLY.
bool is_concurrent_ddl(std::string_view statement);

}  // namespace cm::history

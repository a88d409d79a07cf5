// How a script is cut into stretches that take effect as a whole: what PostgreSQL can undo together
// stays together.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "sql/split.hpp"

namespace cm::history {

enum class StretchKind {
    together,  ///< in a transaction of ours
    own,       ///< from the script's BEGIN to its COMMIT
    alone,     ///< one statement that refuses a transaction
    loose,     ///< statements of a transaction that the script leads in a way of its own
};

/// Statements [begin, end) of a script.
struct Stretch {
    std::size_t begin{};
    std::size_t end{};
    StretchKind kind = StretchKind::together;
    bool operator==(Stretch const&) const = default;
};

/// Covers all statements; a script without any is one empty stretch.
std::vector<Stretch> stretches(std::string_view text, sql::Script const& script);

/// The stretches with `refusing`, a statement of a stretch `together`, on its own.
std::vector<Stretch> with_alone(std::vector<Stretch> all, std::size_t refusing);
/// The stretches with a commit before statement `at`.
std::vector<Stretch> with_cut(std::vector<Stretch> all, std::size_t at);
/// What is left when the first `done` statements are carried out.
std::vector<Stretch> from(std::vector<Stretch> all, std::size_t done);

}  // namespace cm::history

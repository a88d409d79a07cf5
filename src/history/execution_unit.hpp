// How a script is cut into stretches that take effect as a whole: what PostgreSQL can undo together
// stays together.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "sql/split.hpp"

namespace cm::history {

enum class ExecutionUnitKind {
    in_transaction,        ///< in a transaction of ours
    explicit_transaction,  ///< from the script's BEGIN to its COMMIT
    no_transaction,        ///< one statement that refuses a transaction
    unmanaged,  ///< statements of a transaction that the script leads in a way of its own
};

/// Statements [begin, end) of a script.
struct ExecutionUnit {
    std::size_t begin{};
    std::size_t end{};
    ExecutionUnitKind kind = ExecutionUnitKind::in_transaction;
    bool operator==(ExecutionUnit const&) const = default;
};

/// Covers all statements; a script without any is one empty stretch.
std::vector<ExecutionUnit> execution_units(std::string_view text, sql::Script const& script);

/// The stretches with `refusing`, a statement of a stretch `together`, on its own.
std::vector<ExecutionUnit> isolate_statement(std::vector<ExecutionUnit> all, std::size_t refusing);
/// The stretches with a commit before statement `at`.
std::vector<ExecutionUnit> split_at(std::vector<ExecutionUnit> all, std::size_t at);
/// What is left when the first `done` statements are carried out.
std::vector<ExecutionUnit> from(std::vector<ExecutionUnit> all, std::size_t done);

}  // namespace cm::history

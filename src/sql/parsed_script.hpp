// A script cut into statements, with the parse tree of each: one parse for both.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sql/split.hpp"
#include "sql/statement_tree.hpp"

namespace cm::sql {

/// The parse tree of a statement; locations in it count from byte `origin` of the script.
struct ScriptTree {
    StatementTree tree{};
    std::uint32_t origin{};
};

struct ParsedScript {
    Script script{};
    /// One a statement; none where PostgreSQL's parser, as it is linked, does not understand it.
    std::vector<std::optional<ScriptTree>> trees{};
};

/// The same as `split`, with the trees. A text that the parser understands is parsed once.
ParsedScript split_and_parse(std::string_view text);

}  // namespace cm::sql

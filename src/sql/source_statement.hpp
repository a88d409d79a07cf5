// What a statement of a schema that is written in SQL stands for: a part of the schema, something
// that a schema file may say though it is none, or something that does not belong there. And when
// its turn comes: the text's order counts only within a phase.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

enum class SourceTreatment : std::uint8_t {
    managed,      ///< makes or changes a kind of object that is compared
    loaded,       ///< one that is not compared, but others may need it
    passed_over,  ///< says nothing about the schema, and may stand there
    refused,
};

/// In their order.
enum class SourcePhase : std::uint8_t {
    schema,
    extension,
    type,
    sequence,
    table,
    routine,
    view,
    index,
    partitioned_index,  ///< to which the indexes of partitions are attached
    constraint,
    trigger,  ///< and rules, policies, publications
    comment,
    privilege,
    default_privileges,  ///< these two say what becomes of what is made behind them
    event_trigger,
};

struct SourceStatement {
    SourceTreatment treatment = SourceTreatment::refused;
    SourcePhase phase = SourcePhase::table;
    std::string words{};   ///< how it is called: "CREATE TABLE `t`"
    std::string reason{};  ///< why it is refused
    std::string help{};    ///< where it belongs
    /// PostgreSQL's parser refuses it, and nothing says that it is newer syntax: where, in bytes.
    std::optional<std::size_t> syntax_error{};
    /// The object that it makes or changes, as it is written; what is done to one object is done in
    /// the order of the text. Overloads of a routine are one.
    std::optional<QualifiedName> object{};
    bool creates{};        ///< that object
    bool is_optional{};    ///< IF NOT EXISTS
    bool makes_routine{};  ///< something that may be called while later statements are loaded
    /// It carries out nothing of what it defines, so that a superuser may run it for somebody else.
    bool is_inert{};
    /// Of ALTER TABLE: what it adds or changes of the table.
    std::vector<std::string> columns{};
    std::vector<std::string> constraints{};
    std::optional<QualifiedName> attached{};  ///< the table that becomes a partition of `object`
    std::optional<QualifiedName> indexed{};   ///< the table of an index that is made
    bool adds_index_alone{};  ///< ONLY: an index, or a key, that no partition gets with it
    bool adds_columns{};      ///< `columns` are new ones
    bool alters_whole{};      ///< something that belongs to no column and is no constraint
    /// Who does not own what it is on does without it: an extension may have been there before.
    bool is_of_owner_alone{};
    std::string text{};  ///< as it is to be sent: nothing CONCURRENTLY, no rows
};

/// `statement` stands alone, without `;`. Newer syntax than PostgreSQL's linked parser knows is
/// told by its leading words.
SourceStatement source_statement(std::string_view statement);

/// All names in the text, as PostgreSQL folds them. `depth`: how deep in strings, such as the
/// bodies of routines and what these keep in strings of their own.
std::set<std::string> names_in(std::string_view text, int depth = 2);

}  // namespace cm::sql

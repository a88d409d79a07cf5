// Statements that show each row of src/sql/relation_effects_table.hpp on a server.
#pragma once
#include <span>
#include <string_view>

namespace cm::test {

/// A statement on the tables of shop.sql.
struct EffectExample {
    std::string_view action{};  ///< of the row that it shows; of its first part that has one
    std::string_view statement{};
    int since{12};  ///< the server's major version
    std::string_view preparation{};
    /// What another session does first, in a transaction that stays open, so that the locks of a
    /// statement can be seen that cannot run in a transaction: it has to wait. Several, one after
    /// the other, with a `|` between them, show locks that come one after the other.
    std::string_view holders{};
};

std::span<EffectExample const> alter_table_examples();
std::span<EffectExample const> other_examples();

}  // namespace cm::test

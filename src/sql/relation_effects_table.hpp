// The table behind relation_effects.hpp: a row for each form of statement that locks relations.
#pragma once
#include <array>
#include <span>
#include <string_view>

#include "sql/part_conditions.hpp"
#include "sql/relation_effects.hpp"
#include "sql/statement_parts.hpp"

namespace cm::sql {

enum class Place : std::uint8_t {
    target,  ///< the relation that the part is about
    other,   ///< the second one that it names
};

/// What a part does to one relation.
struct EffectOfRow {
    Place place{};
    Subject subject{};
    LockMode lock{};
    Scan scan{};
    Rewrite rewrite{};
    IndexBuild index_build{};
    bool is_brief{};
};

struct EffectRow {
    std::string_view action{};             ///< in the manual's words; unique, but for versions
    std::string_view form{};               ///< see StatementPart, as `object`
    std::string_view object{};             ///< empty: any
    std::array<EffectOfRow, 7> effects{};  ///< as far as they have a lock
    PartCondition applies{};               ///< null: always
    int since = 12;                        ///< the major version from which it is so

    constexpr EffectRow when(PartCondition condition) const {
        auto row = *this;
        row.applies = condition;
        return row;
    }

    constexpr EffectRow from(int server) const {
        auto row = *this;
        row.since = server;
        return row;
    }
};

/// ALTER TABLE, ALTER INDEX and ALTER VIEW: more than half of the table.
std::span<EffectRow const> alter_table_rows();

/// All other statements.
std::span<EffectRow const> other_rows();

/// The first row that is about the part; null for what locks nothing.
EffectRow const* find_row(StatementPart const& part, int server);

}  // namespace cm::sql

// See join_tables.hpp. By their foreign keys, which tell what a table relates; where there are none
// (relationMode "prisma"), by their names.
#include "schema/join_tables.hpp"

#include <algorithm>
#include <optional>

namespace cm::schema {
namespace {

using sql::QualifiedName;

/// The two tables, in either order.
using Related = std::multiset<QualifiedName>;

Related related_by(Schema const& schema, QualifiedName const& table) {
    Related related{};
    for (auto const& [name, key] : schema.foreign_keys) {
        if (name.table == table && key.columns.size() == 1) related.insert(key.referenced_table);
    }
    return related;
}

QualifiedName now_called(QualifiedName const& name, Acting<QualifiedName> const& tables) {
    for (auto const& [now, old] : tables) {
        if (old == name) return now;
    }
    return name;
}

Related under_new_names(Related const& related, Acting<QualifiedName> const& tables) {
    Related now{};
    for (auto const& name : related) now.insert(now_called(name, tables));
    return now;
}

/// `_XToY`: the names of which it may be made, for each `To` in it.
bool is_named_after(QualifiedName const& old, QualifiedName const& now,
                    Acting<QualifiedName> const& tables) {
    std::string_view const name = old.name;
    for (auto at = name.find("To", 1); at != std::string_view::npos; at = name.find("To", at + 1)) {
        std::vector<std::string> sides{std::string{name.substr(1, at - 1)},
                                       std::string{name.substr(at + 2)}};
        for (auto& side : sides) side = now_called({old.schema, side}, tables).name;
        std::sort(sides.begin(), sides.end());
        if (now.name == "_" + sides[0] + "To" + sides[1]) return true;
    }
    return false;
}

std::vector<QualifiedName> join_tables_only_in(Schema const& schema, Schema const& other) {
    std::vector<QualifiedName> names{};
    for (auto const& [name, table] : schema.tables) {
        if (is_named_join_table(table) && other.tables.find(name) == nullptr) names.push_back(name);
    }
    return names;
}

}  // namespace

Acting<QualifiedName> renamed_join_tables(Schema const& from, Schema const& to,
                                          Acting<QualifiedName> const& tables) {
    if (tables.empty()) return {};
    Acting<QualifiedName> renamed{};
    auto const gone = join_tables_only_in(from, to);
    for (auto const& now : join_tables_only_in(to, from)) {
        if (tables.contains(now)) continue;
        std::vector<QualifiedName> fitting{};
        for (auto const& old : gone) {
            if (is_taken_away(old, tables) || old.schema != now.schema) continue;
            auto const before = related_by(from, old), after = related_by(to, now);
            auto const is_told_by_keys = before.size() == 2 && after.size() == 2;
            auto const fits = is_told_by_keys
                                  ? under_new_names(before, tables) == after && before != after
                                  : is_named_after(old, now, tables);
            if (fits) fitting.push_back(old);
        }
        if (fitting.size() == 1) renamed.emplace(now, fitting.front());
    }
    // One table for two relations tells nothing.
    auto const all = renamed;
    std::erase_if(renamed, [&](auto const& entry) {
        return std::count_if(all.begin(), all.end(),
                             [&](auto const& other) { return other.second == entry.second; }) > 1;
    });
    return renamed;
}

}  // namespace cm::schema

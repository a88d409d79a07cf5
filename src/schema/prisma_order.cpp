// See prisma_order.hpp.
#include "schema/prisma_order.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "schema/rank.hpp"

namespace cm::schema {
namespace {

/// Declared objects come as they were written, the others behind them by name.
struct Place {
    struct Written {
        bool is_undeclared{};
        std::uint32_t order{};
        std::string name{};
        auto operator<=>(Written const&) const = default;
    };

    int rank{};
    bool is_late{};
    Written table{};  ///< of a new index, whose table is not new
    Written object{};
    int behind{};  ///< 1: follows the step that would stand here
    auto operator<=>(Place const&) const = default;
};

using TableNames = std::set<sql::QualifiedName>;
using NewKeys = std::map<sql::QualifiedName, Step const*>;

TableNames created_tables(Steps const& steps) {
    TableNames names{};
    for (auto const& step : steps) {
        if (auto const* const create = std::get_if<Create<object::Table>>(&step)) {
            names.insert(create->object.name);
        }
    }
    return names;
}

/// Tables that had no primary key and get one.
NewKeys new_keys(Steps const& steps) {
    NewKeys keys{};
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter != nullptr && !alter->from.primary_key && alter->to.primary_key) {
            keys.emplace(alter->from.name, &step);
        }
    }
    return keys;
}

/// Prisma makes the indexes of new tables first.
bool is_index_of_old_table(Step const& step, TableNames const& made) {
    auto const* const create = std::get_if<Create<object::Index>>(&step);
    return create != nullptr && !made.contains(create->object.table);
}

bool is_replaced(Alter<object::Table> const& step, std::string const& name) {
    auto const* const from = find_column(step.from, name);
    auto const* const to = find_column(step.to, name);
    return from == nullptr || to == nullptr ||
           object::conversion(from->type, to->type) == object::Conversion::none;
}

/// A unique index that becomes the primary key goes when the key is there, so that rows are told
/// apart all the time. It would be gone by then if one of its columns is made anew.
Step const* takes_its_place(Step const& step, NewKeys const& keys) {
    auto const* const drop = std::get_if<Drop<object::Index>>(&step);
    if (drop == nullptr || !drop->object.is_unique) return nullptr;
    auto const found = keys.find(drop->object.table);
    if (found == keys.end()) return nullptr;
    auto const& alter = std::get<Alter<object::Table>>(*found->second);
    auto const& wanted = alter.to.primary_key->columns;
    auto const& columns = drop->object.columns;
    auto const is_same = std::equal(columns.begin(), columns.end(), wanted.begin(), wanted.end(),
                                    [&](object::IndexColumn const& a, std::string const& name) {
                                        return a.name == name && !is_replaced(alter, name);
                                    });
    return is_same ? found->second : nullptr;
}

Place::Written written(Origin const& origin, std::string name) {
    return {origin.order == 0, origin.order, std::move(name)};
}

Place place(Step const& step, TableNames const& made) {
    Place result{.rank = rank(step), .is_late = is_index_of_old_table(step, made)};
    if (result.is_late) {
        auto const& index = std::get<Create<object::Index>>(step).object;
        result.table = written(index.table_origin, index.table.name);
    }
    result.object = std::visit(
        [](auto const& s) {
            auto const& object = placed_object(s);
            return written(object.origin, display_name(object));
        },
        step);
    return result;
}

}  // namespace

Steps in_prisma_order(Steps steps) {
    auto const made = created_tables(steps);
    auto const keys = new_keys(steps);
    std::vector<std::pair<Place, std::size_t>> places{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const before = takes_its_place(steps[i], keys);
        auto at = place(before == nullptr ? steps[i] : *before, made);
        at.behind = before == nullptr ? 0 : 1;
        places.emplace_back(std::move(at), i);
    }
    std::sort(places.begin(), places.end());
    Steps ordered{};
    for (auto const& [at, i] : places) ordered.push_back(std::move(steps[i]));
    return ordered;
}

}  // namespace cm::schema

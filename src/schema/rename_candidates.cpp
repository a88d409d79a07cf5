// See rename_candidates.hpp. The weights were found on the histories of real projects: with
// position at a fifth, a quarter of the renames was not first.
#include "schema/rename_candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/assignment.hpp"
#include "schema/name_likeness.hpp"
#include "schema/renames.hpp"

namespace cm::schema {
namespace {

/// What speaks for a pair.
struct Evidence {
    double likelihood{};
    std::vector<std::string> reasons{};
};

void note_names(double likeness, Evidence& evidence) {
    constexpr double alike = 0.5;
    if (likeness >= 1) {
        evidence.reasons.emplace_back("the same words");
    } else if (likeness >= alike) {
        evidence.reasons.emplace_back("similar names");
    }
}

/// From 0, which no data survives, to 1.
double type_likeness(object::Column const& from, object::Column const& to) {
    if (from.type == to.type) return 1;
    switch (object::conversion(from.type, to.type)) {
        case object::Conversion::same:
            return 1;
        case object::Conversion::safe:
            return 0.7;
        case object::Conversion::risky:
            return 0.4;
        case object::Conversion::by_using:
            return 0.2;
        case object::Conversion::none:
            return 0;
    }
    return 0;
}

struct PlacedColumn {
    object::Column const* column{};
    std::string name{};  ///< that says what it is
    double place{};      ///< in its table, from 0 to 1
};

/// What the columns A and B of `_AssetToBooking` refer to; none if nobody can tell.
struct JoinSides {
    std::string a{}, b{};
};

std::optional<JoinSides> sides_of_join_table(std::string_view name) {
    auto const at = name.find("To", 1);
    if (!name.starts_with('_') || at == std::string_view::npos ||
        name.find("To", at + 1) != std::string_view::npos)
        return {};
    return JoinSides{std::string{name.substr(1, at - 1)}, std::string{name.substr(at + 2)}};
}

Evidence compare(PlacedColumn const& from, PlacedColumn const& to) {
    auto const& a = *from.column;
    auto const& b = *to.column;
    auto const type = type_likeness(a, b);
    if (type == 0 || a.is_generated != b.is_generated) return {};
    auto const names = name_likeness(from.name, to.name);
    auto const is_alike =
        (a.is_nullable == b.is_nullable ? 0.5 : 0) + (object::has_same_default(a, b) ? 0.5 : 0);
    auto const place = 1 - std::abs(from.place - to.place);
    Evidence evidence{0.62 * names + 0.22 * type + 0.11 * is_alike + 0.05 * place, {}};
    note_names(names, evidence);
    if (type >= 1) evidence.reasons.emplace_back("the same type");
    return evidence;
}

std::vector<PlacedColumn> placed(std::vector<object::Column const*> const& columns,
                                 object::Table const& table) {
    std::vector<PlacedColumn> all{};
    auto const last = std::max<std::size_t>(table.columns.size(), 2) - 1;
    for (auto const* const column : columns) {
        auto const at = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](auto const& each) { return each.name == column->name; });
        auto const place = static_cast<double>(at - table.columns.begin());
        all.push_back({column, column->name, place / static_cast<double>(last)});
    }
    return all;
}

/// How much of a column there is in the other table, under its name or a similar one.
double presence(object::Column const& column, object::Table const& other) {
    if (auto const* const same = find_column(other, column.name))
        return column.type == same->type ? 1 : 0.5;
    constexpr double alike = 0.5;
    double best = 0;
    for (auto const& each : other.columns) {
        if (!(each.type == column.type)) continue;
        auto const names = name_likeness(each.name, column.name);
        if (names >= alike) best = std::max(best, names);
    }
    return best;
}

/// The share of the columns that both have.
double column_likeness(object::Table const& a, object::Table const& b) {
    double common = 0;
    for (auto const& column : a.columns) common += presence(column, b);
    for (auto const& column : b.columns) common += presence(column, a);
    auto const all = a.columns.size() + b.columns.size();
    return common / static_cast<double>(std::max<std::size_t>(1, all));
}

/// The share of the columns that both have, if a relation with a table of its own now has a model:
/// of A and B those that refer to the same.
double column_likeness_of_relation(object::Table const& join_table, object::Table const& model) {
    auto const sides = sides_of_join_table(join_table.name.name);
    if (!sides) return 0;
    double common = 0;
    for (auto const& column : join_table.columns) {
        auto const& side = column.name == "A" ? sides->a : sides->b;
        common += std::any_of(model.columns.begin(), model.columns.end(), [&](auto const& each) {
            constexpr double alike = 0.5;
            return each.type == column.type && name_likeness(each.name, side) >= alike;
        });
    }
    return 2 * common / static_cast<double>(join_table.columns.size() + model.columns.size());
}

Evidence compare(object::Table const* from, object::Table const* to) {
    auto const becomes_model = is_named_join_table(*from) && !is_named_join_table(*to);
    if (is_named_join_table(*to) && !is_named_join_table(*from)) return {};
    auto const names = name_likeness(from->name.name, to->name.name);
    auto const columns =
        becomes_model ? column_likeness_of_relation(*from, *to) : column_likeness(*from, *to);
    if (becomes_model && columns == 0) return {};
    Evidence evidence{0.45 * names + 0.55 * columns, {}};
    note_names(names, evidence);
    if (columns >= 1) {
        evidence.reasons.emplace_back("the same columns");
    } else if (columns >= 0.5) {
        evidence.reasons.emplace_back("most columns are the same");
    }
    return evidence;
}

double value_set_likeness(object::Enum const& a, object::Enum const& b) {
    auto const common = std::count_if(a.values.begin(), a.values.end(), [&](auto const& value) {
        return std::find(b.values.begin(), b.values.end(), value) != b.values.end();
    });
    auto const all = std::max<std::size_t>(1, a.values.size() + b.values.size());
    return 2 * static_cast<double>(common) / static_cast<double>(all);
}

Evidence compare(object::Enum const* from, object::Enum const* to) {
    auto const names = name_likeness(from->name.name, to->name.name);
    auto const values = value_set_likeness(*from, *to);
    Evidence evidence{0.45 * names + 0.55 * values, {}};
    note_names(names, evidence);
    if (values >= 1) evidence.reasons.emplace_back("the same values");
    return evidence;
}

Evidence compare(std::string const& from, std::string const& to) {
    auto const names = name_likeness(from, to);
    Evidence evidence{names, {}};
    note_names(names, evidence);
    return evidence;
}

/// Pairs of the greatest likelihood in all. `make`: a candidate of two that go together.
template <class Old, class New, class Make>
void pair_up(std::vector<Old> const& gone, std::vector<New> const& come, Make make,
             std::vector<RenameCandidate>& out) {
    if (gone.empty() || come.empty()) return;
    std::vector<std::vector<Evidence>> evidence{};
    std::vector<std::vector<double>> gains{};
    for (auto const& old : gone) {
        auto& row = evidence.emplace_back();
        auto& gain = gains.emplace_back();
        for (auto const& now : come) {
            row.push_back(compare(old, now));
            // Of two likely pairs the one that is nearly certain counts for more than both halves.
            gain.push_back(std::pow(row.back().likelihood, 3));
        }
    }
    auto const chosen = best_assignment(gains);
    for (std::size_t i = 0; i < gone.size(); ++i) {
        if (!chosen[i]) continue;
        auto& found = evidence[i][*chosen[i]];
        auto candidate = make(gone[i], come[*chosen[i]]);
        candidate.likelihood = std::round(found.likelihood * 100) / 100;
        candidate.reasons = std::move(found.reasons);
        out.push_back(std::move(candidate));
    }
}

/// Those that `other` has not, by name.
std::vector<object::Column const*> columns_missing(object::Table const& table,
                                                   object::Table const& other) {
    std::vector<object::Column const*> columns{};
    for (auto const& column : table.columns) {
        if (find_column(other, column.name) == nullptr) columns.push_back(&column);
    }
    std::ranges::sort(columns, {}, &object::Column::name);
    return columns;
}

/// Those of a join table that has become a model's are told by what they refer to.
std::vector<PlacedColumn> told_by_sides(std::vector<PlacedColumn> columns,
                                        std::string_view name_of_table) {
    auto const sides = sides_of_join_table(name_of_table);
    if (!sides) return columns;
    for (auto& column : columns) {
        if (column.name == "A") column.name = sides->a;
        if (column.name == "B") column.name = sides->b;
    }
    return columns;
}

void add_columns(Alter<object::Table> const& step, std::string_view name_of_table,
                 std::vector<RenameCandidate>& out) {
    auto const has_same_name = [](object::Column const& a, object::Column const& b) {
        return a.name == b.name;
    };
    if (std::ranges::equal(step.from.columns, step.to.columns, has_same_name)) return;
    auto const gone = columns_missing(step.from, step.to);
    auto const come = columns_missing(step.to, step.from);
    auto const make = [&](PlacedColumn const& old, PlacedColumn const& now) {
        return RenameCandidate{.kind = RenamedKind::column,
                               .object = step.to.name,
                               .from = old.column->name,
                               .to = now.column->name,
                               .origin = now.column->origin};
    };
    pair_up(told_by_sides(placed(gone, step.from), name_of_table), placed(come, step.to), make,
            out);
}

void add_values(object::Enum const& from, object::Enum const& to,
                std::vector<RenameCandidate>& out) {
    auto const make = [&](std::string const& old, std::string const& now) {
        return RenameCandidate{.kind = RenamedKind::value,
                               .object = to.name,
                               .from = old,
                               .to = now,
                               .origin = to.origin};
    };
    pair_up(object::removed_values(from, to), object::added_values(from, to), make, out);
}

template <class T>
void add_objects(Steps const& plan, RenamedKind kind, std::vector<RenameCandidate>& out) {
    std::vector<T const*> gone{}, come{};
    for (auto const& step : plan) {
        if (auto const* const drop = std::get_if<Drop<T>>(&step)) gone.push_back(&drop->object);
        if (auto const* const create = std::get_if<Create<T>>(&step))
            come.push_back(&create->object);
    }
    pair_up(
        gone, come,
        [&](T const* old, T const* now) {
            return RenameCandidate{.kind = kind,
                                   .object = old->name,
                                   .from = old->name.name,
                                   .to = now->name.name,
                                   .to_schema = now->name.schema,
                                   .origin = now->origin};
        },
        out);
}

bool is_join_table(RenameCandidate const& candidate) {
    return candidate.kind == RenamedKind::table && candidate.from.starts_with('_') &&
           candidate.from.find("To") != std::string::npos;
}

}  // namespace

std::string_view word_of(RenamedKind kind) {
    switch (kind) {
        case RenamedKind::table:
            return "table";
        case RenamedKind::column:
            return "column";
        case RenamedKind::type:
            return "type";
        case RenamedKind::value:
            return "value";
    }
    return {};
}

std::vector<RenameCandidate> rename_candidates(Steps const& plan) {
    std::vector<RenameCandidate> found{};
    add_objects<object::Table>(plan, RenamedKind::table, found);
    add_objects<object::Enum>(plan, RenamedKind::type, found);
    for (auto const& step : plan) {
        if (auto const* const table = std::get_if<Alter<object::Table>>(&step))
            add_columns(*table, name_today(plan, table->to.name).name, found);
        if (auto const* const type = std::get_if<RebuildEnum>(&step))
            add_values(type->from, type->to, found);
    }
    // A join table goes with the models that it is named after.
    auto const is_of_model = [](RenameCandidate const& it) {
        return it.kind == RenamedKind::table && !is_join_table(it) && is_likely(it);
    };
    if (std::any_of(found.begin(), found.end(), is_of_model)) std::erase_if(found, is_join_table);
    for (auto& candidate : found) candidate.old_object = name_today(plan, candidate.object);
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& a, auto const& b) { return a.likelihood > b.likelihood; });
    return found;
}

bool is_likely(RenameCandidate const& candidate) {
    switch (candidate.kind) {
        case RenamedKind::table:
        case RenamedKind::type:
        case RenamedKind::column:
            return candidate.likelihood >= 0.45;
        case RenamedKind::value:
            return candidate.likelihood >= 0.5;
    }
    return false;
}

}  // namespace cm::schema

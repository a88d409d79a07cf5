// With `relationMode = "prisma"` the client does the work of foreign keys, and can do less of it.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

bool can_do(ReferentialAction action) {
    return action != ReferentialAction::no_action && action != ReferentialAction::set_default;
}

void check_actions(ForeignKeyRelation const& key, Diagnostics& diagnostics) {
    auto const check = [&](std::string_view argument, ReferentialAction action, Span span) {
        if (can_do(action)) return;
        diagnostics
            .error("CM0276", span, "`{}: {}` is not supported with `relationMode = \"prisma\"`",
                   argument, action == ReferentialAction::no_action ? "NoAction" : "SetDefault")
            .help("use `Restrict`, `Cascade` or `SetNull`");
    };
    check("onDelete", key.on_delete, key.on_delete_span);
    check("onUpdate", key.on_update, key.on_update_span);
}

/// Whether a change of one row goes on to the rows that refer to it.
bool goes_on(ForeignKeyRelation const& key) {
    return key.on_delete != ReferentialAction::restrict ||
           key.on_update != ReferentialAction::restrict;
}

/// The models from which changes can get into a circle: what is left when dead ends are taken away,
/// again and again.
std::set<std::size_t> before_circles(std::vector<ForeignKeyRelation const*> const& keys) {
    std::map<std::size_t, std::size_t> ways_out{};
    std::multimap<std::size_t, std::size_t> ways_in{};
    for (auto const* const key : keys) {
        ++ways_out[key->from.model];
        ways_out.try_emplace(key->to.model, 0);
        ways_in.emplace(key->to.model, key->from.model);
    }
    std::vector<std::size_t> dead_ends{};
    for (auto const& [model, count] : ways_out) {
        if (count == 0) dead_ends.push_back(model);
    }
    while (!dead_ends.empty()) {
        auto const [first, last] = ways_in.equal_range(dead_ends.back());
        ways_out.erase(dead_ends.back());
        dead_ends.pop_back();
        for (auto way = first; way != last; ++way) {
            if (--ways_out.at(way->second) == 0) dead_ends.push_back(way->second);
        }
    }
    std::set<std::size_t> models{};
    for (auto const& [model, count] : ways_out) models.insert(model);
    return models;
}

void check_circles(DataModel const& model, std::vector<ForeignKeyRelation const*> const& keys,
                   Diagnostics& diagnostics) {
    auto const models = before_circles(keys);
    for (auto const* const key : keys) {
        if (!models.contains(key->to.model)) continue;
        diagnostics
            .error(
                "CM0276", key->span,
                "the referential actions of `{}` form a cycle: Prisma Client does not support that",
                path(model.models[key->from.model], *key->from.field))
            .help("write `onDelete: Restrict, onUpdate: Restrict` on one relation of the cycle");
    }
}

/// Whether the index begins with the fields, in their order.
bool begins_with(Index const& index, std::vector<std::size_t> const& fields) {
    return index.fields.size() >= fields.size() &&
           std::equal(
               fields.begin(), fields.end(), index.fields.begin(),
               [](std::size_t field, IndexField const& indexed) { return indexed.field == field; });
}

/// Databases look up foreign keys quickly; the client relies on indexes that somebody has to
/// declare.
void check_index(DataModel const& model, ForeignKeyRelation const& key, Diagnostics& diagnostics) {
    auto const& from = model.models[key.from.model];
    if (from.is_view) return;
    auto const is_indexed =
        std::any_of(from.indexes.begin(), from.indexes.end(),
                    [&](Index const& index) { return begins_with(index, key.fields); });
    if (is_indexed) return;
    std::vector<std::string_view> names{};
    for (auto const field : key.fields) names.push_back(from.fields[field].name);
    diagnostics
        .warning("CM0279", key.span,
                 "`{}` has no index: without foreign keys each lookup reads the whole table",
                 path(from, *key.from.field))
        .help("add `@@index([{}])` to `{}`", fmt::join(names, ", "), from.name);
}

}  // namespace

void relation_mode(DataModel const& model, Diagnostics& diagnostics) {
    if (!model.datasource || !model.datasource->relation_mode_prisma) return;
    std::vector<ForeignKeyRelation const*> keys{};
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key == nullptr) continue;
        check_actions(*key, diagnostics);
        check_index(model, *key, diagnostics);
        if (goes_on(*key) && can_do(key->on_delete) && can_do(key->on_update)) keys.push_back(key);
    }
    check_circles(model, keys, diagnostics);
}

}  // namespace cm::dsl::check_rules

// The table's rows applied to the parts of a statement.
#include "sql/relation_effects.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sql/default_volatility.hpp"
#include "sql/defined_objects.hpp"
#include "sql/parse_node.hpp"
#include "sql/relation_effects_table.hpp"

namespace cm::sql {
namespace {

std::string column_of(StatementPart const& part) {
    if (part.column != nullptr && part.column->contains("colname")) {
        return part.column->value("colname", "");
    }
    auto const is_command = part.form == "ALTER TABLE" && part.object.starts_with("AT_");
    return is_command ? part.node->value("name", "") : std::string{};
}

/// What depends on more than the statement, so that whoever knows more can tell.
void add_facts(RelationEffect& effect, StatementPart const& part) {
    effect.column = column_of(part);
    if (part.column == nullptr) return;
    auto const& type = member(*part.column, {"typeName"});
    if (!type.is_null()) effect.type = canonical(read_type(Node{&type}));
    if (effect.rewrite == Rewrite::depends_on_function) {
        effect.functions = volatility_of(*part.column).unknown_functions;
    }
}

bool is_on_named(RelationEffect const& effect, QualifiedName const& relation) {
    return effect.subject == Subject::named && effect.relation == relation;
}

}  // namespace

RelationEffects relation_effects(StatementTree const& tree, int server) {
    RelationEffects result{.defines = defined_objects(tree)};
    for (auto const& part : parts_of(tree)) {
        auto const* const row = find_row(part, server);
        if (row == nullptr) continue;
        for (auto const& one : row->effects) {
            if (one.lock == LockMode::none) break;
            if (part.is_only && one.subject == Subject::descendants) continue;
            auto const is_target = one.place == Place::target;
            // VACUUM, CLUSTER or REINDEX without a table.
            auto const is_all = part.target.name.empty() && one.subject == Subject::named;
            RelationEffect effect{.relation = is_target ? part.target : part.other,
                                  .subject = is_all ? Subject::every_table : one.subject,
                                  .lock = one.lock,
                                  .scan = one.scan,
                                  .rewrite = one.rewrite,
                                  .index_build = one.index_build,
                                  .is_brief = one.is_brief,
                                  .action = row->action,
                                  .command = part.command};
            if (is_target) add_facts(effect, part);
            result.effects.push_back(std::move(effect));
        }
    }
    return result;
}

LockMode strongest_lock(RelationEffects const& effects, QualifiedName const& relation) {
    auto strongest = LockMode::none;
    for (auto const& effect : effects.effects) {
        if (is_on_named(effect, relation)) strongest = stronger(strongest, effect.lock);
    }
    return strongest;
}

bool may_be_slow(RelationEffect const& effect) {
    return effect.scan != Scan::no || effect.rewrite != Rewrite::no ||
           effect.index_build != IndexBuild::no;
}

}  // namespace cm::sql

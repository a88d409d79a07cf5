// The words in which the rows of relation_effects_table.hpp are written.
#pragma once
#include "sql/relation_effects_table.hpp"

namespace cm::sql::row {

constexpr EffectOfRow locks(LockMode mode) {
    return {.lock = mode};
}

constexpr EffectOfRow locks(Subject subject, LockMode mode) {
    return {.subject = subject, .lock = mode};
}

constexpr EffectOfRow locks_other(LockMode mode) {
    return {.place = Place::other, .lock = mode};
}

constexpr EffectOfRow locks_other(Subject subject, LockMode mode) {
    return {.place = Place::other, .subject = subject, .lock = mode};
}

constexpr EffectOfRow scans(EffectOfRow effect, Scan scan = Scan::yes) {
    effect.scan = scan;
    return effect;
}

constexpr EffectOfRow rewrites(EffectOfRow effect, Rewrite rewrite = Rewrite::yes) {
    effect.rewrite = rewrite;
    return effect;
}

constexpr EffectOfRow builds_index(EffectOfRow effect, IndexBuild build = IndexBuild::yes) {
    effect.index_build = build;
    return effect;
}

constexpr EffectOfRow brief(EffectOfRow effect) {
    effect.is_brief = true;
    return effect;
}

constexpr EffectRow effect_row(std::string_view action, std::string_view form,
                               std::string_view object, std::array<EffectOfRow, 7> effects) {
    return {.action = action, .form = form, .object = object, .effects = effects};
}

}  // namespace cm::sql::row

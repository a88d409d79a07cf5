// See body_names.hpp.
#include "schema/body_names.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "object/definition/kinds.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::ObjectKind;

bool is_word_character(char c) {
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string in_small_letters(std::string text) {
    for (auto& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

bool is_named(std::string const& text, std::string const& name) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        auto const end = at + name.size();
        auto const begins = at == 0 || !is_word_character(text[at - 1]);
        if (begins && (end == text.size() || !is_word_character(text[end]))) return true;
    }
    return false;
}

/// Without the types of arguments.
std::string name_of(Definition const& object) {
    auto const& name = object.id.name.name;
    return in_small_letters(object.id.kind == ObjectKind::routine ? name.substr(0, name.rfind('('))
                                                                  : name);
}

std::string made_name(Step const& step) {
    if (auto const* const table = std::get_if<Create<object::Table>>(&step))
        return in_small_letters(table->object.name.name);
    auto const* const create = std::get_if<Create<Definition>>(&step);
    if (create == nullptr) return {};
    auto const kind = create->object.id.kind;
    auto const can_be_named =
        kind == ObjectKind::routine || kind == ObjectKind::table || kind == ObjectKind::enum_;
    return can_be_named ? name_of(create->object) : std::string{};
}

Definition const* routine_of(Step const& step) {
    Definition const* object = nullptr;
    if (auto const* const create = std::get_if<Create<Definition>>(&step)) {
        object = &create->object;
    } else if (auto const* const alter = std::get_if<Alter<Definition>>(&step)) {
        object = &alter->to;
    }
    return object != nullptr && object->definition_kind == &object::routine_kind ? object : nullptr;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> named_in_bodies(Steps const& steps) {
    std::vector<std::pair<std::size_t, std::size_t>> edges{};
    std::vector<std::string> made{};
    for (auto const& step : steps) made.push_back(made_name(step));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const routine = routine_of(steps[i]);
        if (routine == nullptr) continue;
        auto const text = in_small_letters(routine->text);
        auto const own = name_of(*routine);
        for (std::size_t j = 0; j < steps.size(); ++j) {
            if (j == i || made[j].empty() || made[j] == own) continue;
            if (is_named(text, made[j])) edges.emplace_back(j, i);
        }
    }
    return edges;
}

}  // namespace cm::schema

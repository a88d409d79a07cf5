// Names in the database: none is empty, and those of constraints fit PostgreSQL's 63 bytes.
#include "dsl/check/rule.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl::check_rules {

namespace {

constexpr std::size_t maximum = 63;

bool is_empty(std::string_view name, Span span, Diagnostics& diagnostics) {
    if (!name.empty()) return false;
    diagnostics.error("CM0263", span, "a name in the database cannot be empty")
        .help("give it a name, or leave the attribute out");
    return true;
}

void check_constraint(std::string_view name, Span span, Diagnostics& diagnostics) {
    InStage const in_stage(name.empty() ? Stage::reading : Stage::rules, diagnostics);
    if (is_empty(name, span, diagnostics) || name.size() <= maximum) return;
    diagnostics
        .error("CM0263", span, "the name `{}` has {} bytes; PostgreSQL allows {}", name,
               name.size(), maximum)
        .help("choose a shorter one");
}

}  // namespace

void name_lengths(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        is_empty(owner.database_name, owner.name_span, diagnostics);
        for (auto const& field : owner.fields) {
            if (std::holds_alternative<ModelType>(field.type)) continue;
            is_empty(field.database_name, field.name_span, diagnostics);
        }
        for (auto const& index : owner.indexes) {
            if (index.is_mapped)
                check_constraint(index.database_name, index.name_span, diagnostics);
        }
    }
    for (auto const& declared : model.enums) {
        is_empty(declared.database_name, declared.name_span, diagnostics);
    }
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr && key->is_mapped)
            check_constraint(key->database_name, key->name_span, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules

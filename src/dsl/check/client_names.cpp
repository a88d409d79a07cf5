// `name:` of a key becomes a property in the client: it needs letters, and must not clash.
#include "base/text.hpp"
#include "dsl/check/rule.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_name(Model const& owner, Index const& index, Diagnostics& diagnostics) {
    auto const is_word = std::all_of(
        index.client_name.begin(), index.client_name.end(),
        [](char c) { return is_lower(c) || is_upper(c) || cm::is_digit(c) || c == '_'; });
    if (!is_word) {
        InStage const in_stage(Stage::reading, diagnostics);
        diagnostics
            .error("CM0264", index.span,
                   "the key name `{}` contains characters that a client cannot use",
                   index.client_name)
            .help("use letters, digits and `_`; `map:` gives the name in the database");
    }
    for (auto const& field : owner.fields) {
        if (field.name != index.client_name) continue;
        diagnostics
            .error("CM0264", owner.name_span, "a key and a field of `{}` are both named `{}`",
                   owner.name, field.name)
            .label(index.span, "the key")
            .label(field.name_span, "the field")
            .help("give the key another `name`");
    }
}

/// A key of several fields is known to clients by their names, joined with `_`.
void check_default_name(Model const& owner, Index const& index, Diagnostics& diagnostics) {
    if (index.kind == IndexKind::normal || index.fields.size() < 2) return;
    std::string name{};
    for (auto const& indexed : index.fields) {
        name += (name.empty() ? "" : "_") + owner.fields[indexed.field].name;
    }
    for (auto const& field : owner.fields) {
        if (field.name != name) continue;
        diagnostics
            .error("CM0264", index.span,
                   "clients call this key `{}`, which is the name of a field of `{}`", name,
                   owner.name)
            .label(field.name_span, "the field")
            .help("rename the field; `@map(\"{}\")` keeps its name in the database", name);
    }
}

}  // namespace

void client_names(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        std::map<std::string_view, Span> seen{};
        for (auto const& index : owner.indexes) {
            check_default_name(owner, index, diagnostics);
            if (index.client_name.empty()) continue;
            check_name(owner, index, diagnostics);
            auto const [first, is_new] = seen.emplace(index.client_name, index.span);
            if (is_new || owner.is_view) continue;  // as in Prisma
            diagnostics
                .error("CM0264", first->second, "two keys of `{}` are named `{}`", owner.name,
                       index.client_name)
                .label(index.span, "the other one")
                .help("give one of them another `name`");
        }
    }
}

}  // namespace cm::dsl::check_rules

// `name:` of a key becomes a property in the client: it needs letters, and must not clash.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_name(Model const& owner, Index const& index, Diagnostics& diagnostics) {
    auto const is_word =
        std::all_of(index.client_name.begin(), index.client_name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '_';
        });
    if (!is_word) {
        diagnostics
            .error("CM0264", index.span,
                   "the key's name `{}` has characters that a client cannot use", index.client_name)
            .help("use letters, digits and `_`; `map:` gives the name in the database");
    }
    if (index.fields.size() < 2) return;
    for (auto const& field : owner.fields) {
        if (field.name != index.client_name) continue;
        diagnostics
            .error("CM0264", index.span, "a key and a field of `{}` are both named `{}`",
                   owner.name, field.name)
            .label(field.name_span, "the field")
            .help("give the key another `name`");
    }
}

}  // namespace

void client_names(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        std::map<std::string_view, Span> seen{};
        for (auto const& index : owner.indexes) {
            if (index.client_name.empty()) continue;
            check_name(owner, index, diagnostics);
            if (index.fields.size() < 2) continue;  // the client uses the field's name
            auto const [first, is_new] = seen.emplace(index.client_name, index.span);
            if (is_new) continue;
            diagnostics
                .error("CM0264", index.span, "two keys of `{}` are named `{}`", owner.name,
                       index.client_name)
                .label(first->second, "the other one")
                .help("give one of them another `name`");
        }
    }
}

}  // namespace cm::dsl::check_rules

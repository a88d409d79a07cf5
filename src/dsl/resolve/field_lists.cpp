// `fields: [authorId, title(sort: Desc)]`: names to fields of a model.
#include <algorithm>

#include "base/text.hpp"
#include "dsl/resolve/resolution.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

struct ListItem {
    std::string_view name{};
    std::vector<Argument> const* arguments{};
    Span span{};
};

ListItem item_of(Value const& value) {
    if (auto const* const call = std::get_if<CallValue>(&value.value)) {
        return {call->name.text, &call->arguments, value.span};
    }
    return {std::get<NameValue>(value.value).text, nullptr, value.span};
}

std::vector<ListItem> items_of(Value const& list) {
    std::vector<ListItem> items{};
    if (auto const* const values = std::get_if<ListValue>(&list.value)) {
        for (auto const& value : values->items) items.push_back(item_of(value));
    } else {
        items.push_back(item_of(list));
    }
    return items;
}

std::optional<std::size_t> find_field(Model const& model, ModelSource const& source,
                                      std::string_view name) {
    auto const found = std::lower_bound(source.by_name.begin(), source.by_name.end(), name,
                                        [&](std::size_t field, std::string_view wanted) {
                                            return model.fields[field].name < wanted;
                                        });
    auto const is_it = found != source.by_name.end() && model.fields[*found].name == name;
    return is_it ? std::optional(*found) : std::nullopt;
}

void report_unknown(Resolution& resolution, Model const& model, ListItem const& item) {
    std::vector<std::string_view> candidates{};
    if (resolution.diagnostics.may_search()) {
        for (auto const& field : model.fields) candidates.emplace_back(field.name);
    }
    auto& diagnostic = resolution.diagnostics.error("CM0224", item.span, "`{}` has no field `{}`",
                                                    model.name, item.name);
    if (auto const meant = did_you_mean(item.name, candidates)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("declare it in `{}`, or name another field", model.name);
    }
}

bool report_relation(Resolution& resolution, Model const& model, ListItem const& item,
                     Field const& field) {
    if (!std::holds_alternative<ModelType>(field.type)) return false;
    resolution.diagnostics
        .error("CM0225", item.span, "`{}.{}` is a relation and has no column", model.name,
               field.name)
        .label(field.name_span, "declared here")
        .help("name the fields that its `@relation(fields: …)` lists");
    return true;
}

bool report_twice(Resolution& resolution, std::map<std::size_t, Span>& seen, ListItem const& item,
                  std::size_t field) {
    auto const [first, is_new] = seen.emplace(field, item.span);
    if (is_new) return false;
    resolution.diagnostics.error("CM0226", item.span, "`{}` is listed twice", item.name)
        .label(first->second, "first here")
        .help("remove one of them");
    return true;
}

}  // namespace

std::optional<std::vector<ListedField>> resolve_field_list(Resolution& resolution,
                                                           std::size_t model_index,
                                                           Value const& list) {
    InStage const in_stage(Stage::reading, resolution.diagnostics);
    auto const& model = resolution.model.models[model_index];
    auto const& source = resolution.models[model_index];
    std::vector<ListedField> listed{};
    std::map<std::size_t, Span> seen{};
    auto is_valid = true;
    auto const items = items_of(list);
    for (auto const& item : items) {
        auto const field = find_field(model, source, item.name);
        if (!field) {
            is_valid = false;
            auto const is_reported =
                source.block->has_errors || source.left_out.contains(item.name);
            if (!is_reported) report_unknown(resolution, model, item);
        } else if (report_relation(resolution, model, item, model.fields[*field]) ||
                   report_twice(resolution, seen, item, *field)) {
            is_valid = false;
        } else {
            listed.push_back({*field, item.arguments, item.span});
        }
    }
    if (items.empty()) {
        InStage const in_rules(Stage::rules, resolution.diagnostics);
        resolution.diagnostics.error("CM0227", list.span, "this list of fields is empty")
            .help("name at least one field");
        is_valid = false;
    }
    return is_valid ? std::optional(std::move(listed)) : std::nullopt;
}

}  // namespace cm::dsl

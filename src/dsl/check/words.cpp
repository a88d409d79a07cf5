// What several rules say and ask in the same way.
#include "base/text.hpp"
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

std::string path(Model const& model, std::size_t field) {
    return fmt::format("{}.{}", model.name, model.fields[field].name);
}

std::string paths(Model const& model, std::vector<std::size_t> const& fields) {
    std::vector<std::string> all{};
    for (auto const field : fields) all.push_back(path(model, field));
    return quoted_list({all.begin(), all.end()});
}

UniqueKeys::UniqueKeys(DataModel const& model) {
    for (std::size_t i = 0; i < model.models.size(); ++i) {
        for (auto const& index : model.models[i].indexes) {
            if (index.kind == IndexKind::normal || !index.predicate.empty()) continue;
            std::vector<std::size_t> fields{};
            for (auto const& field : index.fields) fields.push_back(field.field);
            std::sort(fields.begin(), fields.end());
            keys_.emplace(i, std::move(fields));
        }
    }
}

bool UniqueKeys::contain(std::size_t model, std::vector<std::size_t> fields) const {
    std::sort(fields.begin(), fields.end());
    return keys_.contains({model, std::move(fields)});
}

}  // namespace cm::dsl::check_rules

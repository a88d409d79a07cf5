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

bool is_key_of(Index const& index, std::vector<std::size_t> const& fields) {
    if (index.kind == IndexKind::normal || !index.predicate.empty()) return false;
    std::set<std::size_t> indexed{};
    for (auto const& field : index.fields) indexed.insert(field.field);
    return indexed == std::set<std::size_t>(fields.begin(), fields.end());
}

}  // namespace cm::dsl::check_rules

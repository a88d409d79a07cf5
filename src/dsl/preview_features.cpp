// See preview_features.hpp.
#include "dsl/preview_features.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cm::dsl {

bool has_preview_feature(DataModel const& model, std::string_view name) {
    auto const wanted = to_lower(name);
    return std::any_of(model.preview_features.begin(), model.preview_features.end(),
                       [&](PreviewFeature const& it) { return to_lower(it.name) == wanted; });
}

}  // namespace cm::dsl

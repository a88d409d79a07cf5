// Which of Prisma's preview features a schema has switched on.
#pragma once
#include <string_view>

#include "dsl/datamodel.hpp"

namespace cm::dsl {

/// True if a generator asks for the feature; as in Prisma, the case of letters does not count.
bool has_preview_feature(DataModel const& model, std::string_view name);

}  // namespace cm::dsl

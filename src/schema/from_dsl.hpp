// DataModel → Schema.
#pragma once
#include <string_view>

#include "dsl/datamodel.hpp"
#include "schema/schema.hpp"

namespace cm::schema {

/// What the database must look like. Models and enums without `@@schema` lie in `default_schema`.
Schema from_dsl(dsl::DataModel const& model, std::string_view default_schema);

}  // namespace cm::schema

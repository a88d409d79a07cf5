// The join tables of implicit many-to-many relations, which are named after the models that they
// relate.
#pragma once
#include "schema/acting_names.hpp"
#include "schema/schema.hpp"

namespace cm::schema {

/// `_CategoryToPost` becomes `_ArticleToCategory` where Post becomes Article. `tables`: what is
/// renamed.
Acting<sql::QualifiedName> renamed_join_tables(Schema const& from, Schema const& to,
                                               Acting<sql::QualifiedName> const& tables);

}  // namespace cm::schema

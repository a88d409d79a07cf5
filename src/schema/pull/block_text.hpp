// Drafts as text: blocks of the schema language, to be formatted.
#pragma once
#include <string>

#include "schema/pull/draft.hpp"

namespace cm::schema {

/// `name Type @attribute …`
std::string line_of(FieldDraft const& field);
/// `NAME @map("name")`
std::string line_of(EnumValueDraft const& value);
/// With the notes above it.
std::string block_text(ModelDraft const& model);
std::string block_text(EnumDraft const& type);

}  // namespace cm::schema

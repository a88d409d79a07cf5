// Primary keys and indexes as attributes.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "schema/pull/draft.hpp"

namespace cm::schema {

/// Column → field name.
using FieldNames = std::map<std::string, std::string>;

/// The attributes of a table's keys and indexes, unique ones first, each by name. What the language
/// cannot say is left out.
std::vector<KeyDraft> key_drafts(Schema const& actual, object::Table const& table,
                                 FieldNames const& fields, DraftOptions const& options);

/// True if the language, with these options, has words for the index.
bool can_be_said(object::Index const& index, DraftOptions const& options);

/// True if no two rows can have the same values in these columns.
bool is_unique(Schema const& actual, object::Table const& table, std::vector<std::string> columns,
               DraftOptions const& options);

}  // namespace cm::schema

// Brings one model of the schema file into line with its table.
#pragma once
#include "schema/pull/edits.hpp"
#include "schema/pull/merge.hpp"

namespace cm::schema {

void merge_model(ModelDraft const& draft, dsl::Block const& block, Schema const& actual,
                 Written const& written, DraftOptions const& options, Edits& edits);

}  // namespace cm::schema

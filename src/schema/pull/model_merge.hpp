// Brings one model of the schema file into line with its table.
#pragma once
#include "schema/pull/edits.hpp"
#include "schema/pull/keys.hpp"
#include "schema/pull/merge.hpp"

namespace cm::schema {

/// Both sides' keys by table.
struct BothKeys {
    TableKeys const& declared;
    TableKeys const& actual;
};

void merge_model(ModelDraft const& draft, dsl::Block const& block, Schema const& actual,
                 BothKeys keys, ParsedSchema const& written, DraftOptions const& options,
                 Edits& edits);

}  // namespace cm::schema

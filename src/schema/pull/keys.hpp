// Primary keys and indexes as attributes.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "schema/pull/draft.hpp"

namespace cm::schema {

/// Column → field name.
using FieldNames = std::map<std::string, std::string>;

/// The indexes and foreign keys of a schema by their table.
class TableKeys {
  public:
    explicit TableKeys(Schema const& schema);

    std::vector<object::Index const*> const& indexes(sql::QualifiedName const& table) const;
    std::vector<object::ForeignKey const*> const& foreign_keys(
        sql::QualifiedName const& table) const;

  private:
    std::map<sql::QualifiedName, std::vector<object::Index const*>> indexes_{};
    std::map<sql::QualifiedName, std::vector<object::ForeignKey const*>> foreign_keys_{};
};

/// The attributes of a table's keys and indexes, unique ones first, each by name. What the language
/// cannot say is left out.
std::vector<KeyDraft> key_drafts(TableKeys const& keys, object::Table const& table,
                                 FieldNames const& fields, DraftOptions const& options);

/// True if the language, with these options, has words for the index.
bool is_expressible(object::Index const& index, DraftOptions const& options);

/// True if the table has a key, or a unique index, of these columns in this order: a relation on
/// them is one-to-one.
bool is_unique(TableKeys const& keys, object::Table const& table,
               std::vector<std::string> const& columns, DraftOptions const& options);

/// The same in any order, which is what may be referred to.
bool is_referable(TableKeys const& keys, object::Table const& table,
                  std::vector<std::string> const& columns, DraftOptions const& options);

}  // namespace cm::schema

// Gives every table, enum and column of a database its name in the schema.
#pragma once
#include <map>
#include <string>

#include "schema/pull/draft.hpp"
#include "schema/pull/existing_schema.hpp"
#include "schema/pull/names.hpp"

namespace cm::schema {

struct BlockNames {
    std::map<sql::QualifiedName, std::string> models{};  ///< tables and views
    std::map<sql::QualifiedName, std::string> enums{};
};

/// Names of the existing file stay; where two things would have one name, the schema is put in
/// front of both, as Prisma does.
BlockNames block_names(std::vector<object::Table const*> const& tables,
                       Objects<object::Enum> const& enums, ExistingSchema const& existing,
                       dsl::Naming const& naming);

/// The names of the values, in the enum's order.
std::vector<EnumValueDraft> value_names(object::Enum const& type, dsl::Enum const* existing);

/// True if the language or Prisma's clients keep this name for themselves.
bool is_reserved(std::string const& name);

}  // namespace cm::schema

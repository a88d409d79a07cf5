// A plan as statements with their warnings, and as the text of a migration.sql.
#pragma once
#include <string>
#include <vector>

#include "object/object.hpp"
#include "schema/step.hpp"

namespace cm::schema {

/// One statement with the warnings it earns.
struct Statement {
    sql::WrittenStatement written{};
    object::Hazards hazards{};
    bool operator==(Statement const&) const = default;
};

using Script = std::vector<Statement>;

/// `unqualified_schema`: names in it are written bare; "" to qualify all.
Script to_sql(Steps const& plan, std::string const& unqualified_schema);

/// The text of migration.sql: titles, warnings above the statement that earns them, blank lines
/// between blocks. Empty for an empty script.
std::string render(Script const& script);

}  // namespace cm::schema

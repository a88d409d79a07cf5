// Tables and enums of others that a schema or a migration refers to without making them: they are
// made in the scratch database as the live one has them, so that keys can refer to them.
#pragma once
#include <set>
#include <string>

#include "engine/sql_source/source_text.hpp"
#include "engine/target.hpp"
#include "history/directory.hpp"
#include "object/object.hpp"
#include "pg/connection.hpp"

namespace cm::engine {

/// Bare names.
struct NamesInText {
    std::set<std::string> from_outside{};  ///< named, but not created
    std::set<std::string> created{};
};

NamesInText names_in_text(SourceText const& text);
NamesInText names_in_text(std::vector<history::Migration> const& migrations);

struct OutsideObjects {
    std::set<object::ObjectRef> objects{};
    std::set<std::string> schemas{};
};

/// Makes them in `scratch` and gives what was made. What cannot be made is left to whoever needs
/// it. Nothing if there is no such database.
OutsideObjects make_outside_tables(NamesInText const& names, pg::Url const& live,
                                   pg::Connection& scratch);

}  // namespace cm::engine

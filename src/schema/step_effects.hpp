// What a step does to the world around it, and what it waits for: from this the order follows.
#pragma once
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// What of the world a step changes. Names of tables, indexes and types share one name space in a
/// schema (manual, CREATE TABLE, about the type that comes with each table).
struct Effects {
    std::vector<object::ObjectRef> provides{}, removes{}, needs{}, needed_before{};
    std::vector<object::ObjectRef> disturbs{};  ///< aspects that must be let go before
    std::vector<object::ObjectRef>
        frees_first{};                         ///< the same, by what depends on them in the catalog
    std::vector<object::ObjectRef> lets_go{};  ///< before others change it
    std::vector<object::ObjectRef> completes{};  ///< columns that are there only then
    std::vector<sql::QualifiedName> takes{}, frees{};
};

Effects effects_of(Step const& step);

/// Objects as a whole: the order does not look at aspects.
object::ObjectRef whole(object::ObjectRef reference);

/// What uses a column goes before its type changes or it is dropped; to be added where something
/// goes.
void add_changed_columns(Alter<object::Table> const& step, Effects& effects);

/// All that it does is to rename the key, see schema::split_one.
bool gets_last_name(Alter<object::Table> const& step);

}  // namespace cm::schema

// What stays while something that it relies on is made anew, or waits for it, is changed by stages:
// first it lets go (its rest is "loose"), in the end it gets back what it let go.
#pragma once
#include "object/object_refs.hpp"
#include "schema/step.hpp"

namespace cm::schema {

template <class T>
bool is_loosening(Alter<T> const& step) {
    if constexpr (requires { step.to.is_loose; }) return !step.from.is_loose && step.to.is_loose;
    return false;
}

template <class T>
bool is_tightening(Alter<T> const& step) {
    if constexpr (requires { step.to.is_loose; }) return step.from.is_loose && !step.to.is_loose;
    return false;
}

/// DETACH PARTITION or NO INHERIT, which comes before all else (schema/leaving).
bool leaves_parents(Alter<object::Table> const& step);

/// `object` is changed to let go of `routines` that are made anew, if that is all it needs.
bool can_let_go(object::Definition const& object, object::ObjectRefs const& seeds);

/// The steps of what lets go, becomes `to`, and gets back what it let go.
Steps in_stages(object::Definition const& from, object::Definition const& to);

/// False for schema files, which tell of nothing that tables could have to let go.
bool relies_on_others(Schema const& schema);

/// Tables let go of definitions that `steps` make anew: defaults that call a function, types of
/// columns, what columns are generated from. `asked`: the changes of tables without that. Throws
/// Failure CM0319 where rows cannot be kept.
Steps let_tables_go(Schema const& from, Schema const& to, Steps const& asked, Steps steps);

}  // namespace cm::schema

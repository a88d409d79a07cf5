// What of a table or a definition stays while something that it relies on is made anew: its rest,
// which is loose.
#pragma once
#include <functional>
#include <set>

#include "schema/step.hpp"

namespace cm::schema {

/// What of a database is made anew under its tables.
struct Remade {
    std::set<object::ObjectRef> definitions{};
    std::set<object::ObjectRef> gone{};     ///< what is dropped: another may answer to its name
    std::set<object::ObjectRef> altered{};  ///< what is changed in place: no table may be OF it
    std::set<object::ObjectRef>
        retyped{};  ///< types under which columns are retyped: what says them in expressions waits
    std::set<object::ObjectRef>
        rows{};  ///< tables whose rows are written anew: no column may have such a row
    Schema const* from{};
    Schema const* to{};
};

bool is_in_the_way(object::Table const& table, object::ColumnUse const& use, Remade const& remade);

/// Does the table's primary key rely on something that is made anew, as its operator class?
bool has_key_in_the_way(object::Table const& table, Remade const& remade);

object::Definition rest_of(object::Definition const& object);

/// Without what is in the way. Throws Failure CM0319 where the rows cannot be kept meanwhile.
object::Table rest_of(object::Table const& table, Remade const& remade);
/// Without the uses for which `lets_go` holds.
object::Table rest_of(object::Table table, Remade const& remade,
                      std::function<bool(object::ColumnUse const&)> const& lets_go);

/// Throws Failure CM0319 if the table is partitioned by something that is made anew.
void refuse_key(object::Table const& table, Remade const& remade);

/// From one to the other by way of their rests: `from_rest` and `to_rest` are loose.
template <class T>
Steps stages(T const& from, T const& from_rest, T const& to_rest, T const& to) {
    Steps steps{};
    if (!(from == from_rest)) steps.push_back(Alter<T>{from, from_rest});
    if (!(from_rest == to_rest)) steps.push_back(Alter<T>{from_rest, to_rest});
    if (!(to_rest == to)) steps.push_back(Alter<T>{to_rest, to});
    return steps;
}

}  // namespace cm::schema

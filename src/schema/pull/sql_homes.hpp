// What the objects of a database belong to where they are written as SQL: a trigger to its table, a
// partition to the table that it is a part of.
#pragma once
#include <map>
#include <string_view>

#include "schema/step.hpp"

namespace cm::schema {

class Homes {
  public:
    explicit Homes(Schema const& schema);

    /// The object that the step's object is written with; itself, if it stands alone.
    object::ObjectRef of(Step const& step) const;

    /// Where such an object is written, see DefinitionKind::place; empty for what nobody knows.
    std::string_view place(object::ObjectRef const& home) const;

  private:
    object::ObjectRef home_of(object::ObjectRef object) const;

    std::map<object::ObjectRef, object::ObjectRef> owners_{};
    std::map<object::ObjectRef, std::string_view> places_{};
};

}  // namespace cm::schema

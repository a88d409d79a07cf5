// Steps: what must be done to lead from one schema to another. They hold the objects themselves, so
// that nothing after the differ needs the two schemas.
#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "base/overloaded.hpp"
#include "schema/schema.hpp"

namespace cm::schema {

using object::Alter;
using object::Create;
using object::Drop;

/// A column whose type is being rebuilt.
struct EnumColumn {
    sql::QualifiedName table{};
    std::string column{};
    bool is_array{};
    bool has_default{};          ///< it must go while the type changes
    std::string default_text{};  ///< put back afterwards; empty if it does not stay
    bool
        stays{};  ///< false: the column is dropped or retyped later and becomes text for the moment
    bool is_inherited{};  ///< the statement for the parent's column changes it too
    bool operator==(EnumColumn const&) const = default;
};

/// Values go from an enum, or come and are used at once: PostgreSQL cannot do that, so a new type
/// takes the old one's place under its columns.
struct RebuildEnum {
    object::Enum from{}, to{};
    std::vector<EnumColumn> columns{};
    std::string new_name{}, old_name{};  ///< of both types while the one takes the other's place
    bool operator==(RebuildEnum const&) const = default;
};

/// The columns A and B of a join table change sides: each takes the other's name.
struct ExchangeJoinColumns {
    object::Table object{};   ///< as it was before
    bool had_foreign_keys{};  ///< on both columns: no row can refer to nothing
    bool operator==(ExchangeJoinColumns const&) const = default;
};

struct NameChange {
    std::string from{}, to{};
    bool operator==(NameChange const&) const = default;
};

/// A table takes another name, or its columns do, with what is named after them.
struct RenameTable {
    object::Table from{};  ///< as it was before
    sql::QualifiedName to{};
    std::vector<NameChange> columns{};      ///< one after the other
    std::vector<NameChange> sequences{};    ///< that its columns own
    std::vector<NameChange> constraints{};  ///< of NOT NULL, which PostgreSQL 18 keeps by name
    bool operator==(RenameTable const&) const = default;
};

/// An enum takes another name, or its values do.
struct RenameEnum {
    object::Enum from{};  ///< as it was before
    sql::QualifiedName to{};
    std::vector<NameChange> values{};  ///< one after the other
    bool operator==(RenameEnum const&) const = default;
};

/// What others name (a view, a function, a domain …) takes another name, or its parts do.
struct RenameDefinition {
    object::Definition from{};        ///< as it was before
    object::Definition to{};          ///< the same under its new name, its parts as they were
    std::vector<NameChange> parts{};  ///< its columns, attributes or constraints
    bool operator==(RenameDefinition const&) const = default;
};

/// A schema takes another name, with all that lies in it.
struct RenameNamespace {
    object::Namespace from{};
    std::string to{};
    bool operator==(RenameNamespace const&) const = default;
};

using Step =
    std::variant<Create<object::Namespace>, Alter<object::Namespace>, Drop<object::Namespace>,
                 Create<object::Extension>, Alter<object::Extension>, Drop<object::Extension>,
                 Create<object::Enum>, Alter<object::Enum>, Drop<object::Enum>,
                 Create<object::Table>, Alter<object::Table>, Drop<object::Table>,
                 Create<object::Index>, Alter<object::Index>, Drop<object::Index>,
                 Create<object::ForeignKey>, Alter<object::ForeignKey>, Drop<object::ForeignKey>,
                 Create<object::Definition>, Alter<object::Definition>, Drop<object::Definition>,
                 RebuildEnum, ExchangeJoinColumns, RenameTable, RenameEnum, RenameDefinition,
                 RenameNamespace>;

using Steps = std::vector<Step>;

/// What a step is about: what changes or goes as it was, what comes as it will be.
template <class Step_>
auto const& placed_object(Step_ const& step) {
    if constexpr (requires { step.object; }) {
        return step.object;
    } else {
        return step.from;
    }
}

}  // namespace cm::schema

// What all kinds of database object share: their names, what they need, and the questions each must
// answer.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "dsl/ast.hpp"
#include "sql/name.hpp"
#include "sql/rows.hpp"
#include "sql/writer.hpp"

namespace cm::object {

/// What a reference can name. Relations of all sorts share one name space, and so do types,
/// whichever kind of object they are.
enum class ObjectKind {
    namespace_,
    extension,
    enum_,  ///< any type
    table,  ///< any relation but an index
    index,
    foreign_key,
    definition,
    routine,
    constraint,
    trigger,
    rule,
    policy,
    statistics,
    collation,
    event_trigger,
    publication,
    comment,
    privileges,
    sequence_owner,
    cast,
    operator_,
    operator_class,
    operator_family,
    text_search_configuration,
    text_search_dictionary,
    conversion,
    foreign_data_wrapper,
    foreign_server,
};

/// From `relation`, `foreign key` …, as the queries of src/schema spell kinds.
std::optional<ObjectKind> object_kind(std::string_view word);
/// The other way round; empty for those that they do not name.
std::string_view word_of(ObjectKind kind);

/// Which side of an object somebody relies on.
enum class DependencyKind {
    object,      ///< that it exists
    column,      ///< that its column `part` exists
    type,        ///< that its column `part` has the type it has
    exact_type,  ///< the same, its modifiers included
    values,      ///< that its column `part` is not written anew
    expression,  ///< that its column `part` has a sort of type that expressions with it fit
    key,         ///< that the columns `part` are unique (key_columns)
};

/// An object, or an aspect of it.
struct ObjectRef {
    ObjectKind kind{};
    sql::QualifiedName name{};
    DependencyKind aspect = DependencyKind::object;
    std::string part{};
    auto operator<=>(ObjectRef const&) const = default;
};

using References = std::vector<ObjectRef>;

/// The `part` of DependencyKind::key: the columns in one order, whatever order the key has.
std::string key_columns(std::vector<std::string> columns);

/// What an object was called before, the last name first: `@renamed from` beside its declaration.
/// A column's or a value's has no schema, and others may have none: that of the object is meant.
struct FormerNames {
    std::vector<sql::QualifiedName> names{};
    /// The first was said for this change alone (`--rename`): it may be exchanged for another.
    bool is_asked{};
    bool operator==(FormerNames const&) const = default;
};

FormerNames lower(dsl::FormerNames const& declaration);

/// A name that is unique only within its table.
struct TableMember {
    sql::QualifiedName table{};
    std::string name{};
    auto operator<=>(TableMember const&) const = default;
};

/// "table", as in «added the table `User`».
template <class T>
requires requires {
    T::title;
}

std::string_view title_of(T const& /*object*/) {
    return T::title;
}

/// How one value of a kind becomes another.
enum class ChangeStrategy { none, alter, recreate };

template <class T>
struct Create {
    T object{};
    bool operator==(Create const&) const = default;
};

template <class T>
struct Alter {
    T from{}, to{};
    bool operator==(Alter const&) const = default;
};

template <class T>
struct Drop {
    T object{};
    bool operator==(Drop const&) const = default;
};

enum class HazardKind {
    data_loss,  ///< data goes, or becomes another value
    may_fail,   ///< fails if the rows that exist do not allow it
};

/// A question to the server that confirms or disproves a hazard: one row (affected, total), both
/// bigint. Affected 0 disproves it.
struct Probe {
    std::string query{};
    std::string
        finding{};  ///< what to say with the counts: "{affected} of {total} rows have no `email`"
    bool operator==(Probe const&) const = default;
};

/// A warning that belongs to a statement, and says the same as a rule of `lint`.
struct Hazard {
    HazardKind kind{};
    std::string_view code{};  ///< of the rule; CM03xx if PostgreSQL itself refuses
    std::string message{};
    std::string help{};
    Origin origin{};
    std::optional<Probe> probe{};
    bool is_conclusive =
        true;  ///< rows that the probe finds make a may_fail statement fail for certain
    bool operator==(Hazard const&) const = default;
};

using Hazards = std::vector<Hazard>;

/// The questions every kind of database object must answer: the checklist for a new kind.
template <class T>
concept DatabaseObject = std::equality_comparable<T> &&
    requires(T const& object, sql::Writer& out, Hazards& hazards_out, std::string& text) {
    { T::kind } -> std::convertible_to<ObjectKind>;
    {
        T::holds_data
        } -> std::convertible_to<bool>;  // if not, it may be dropped and made anew unasked
    { title_of(object) } -> std::convertible_to<std::string_view>;  // "table"
    { object.origin } -> std::convertible_to<Origin>;
    { key(object) } -> std::totally_ordered;
    { display_name(object) } -> std::convertible_to<std::string>;
    { self(object) } -> std::same_as<ObjectRef>;         // what others refer to
    { references(object) } -> std::same_as<References>;  // what must exist for it
    {
        owner(object)
        } -> std::same_as<std::optional<ObjectRef>>;  // it goes when the owner is dropped
    {
        renamed(object, object)
        } -> std::same_as<bool>;  // equal but for the name, and renaming keeps it
    { strategy(object, object) } -> std::same_as<ChangeStrategy>;
    to_sql(Create<T>{object}, out);
    to_sql(Alter<T>{object, object}, out);
    to_sql(Drop<T>{object}, out);
    hazards(Create<T>{object}, hazards_out);
    hazards(Alter<T>{object, object}, hazards_out);
    hazards(Drop<T>{object}, hazards_out);
    {
        describe(Alter<T>{object, object})
        } -> std::same_as<std::vector<std::string>>;  // lines for people
};

}  // namespace cm::object

// THE REGISTRY: all kinds of object that cm-migrate manages, and the value that holds a whole
// database's worth of them.
#pragma once
#include <map>
#include <tuple>
#include <vector>

#include "object/definition/definition.hpp"
#include "object/enum/enum.hpp"
#include "object/extension/extension.hpp"
#include "object/foreign_key/foreign_key.hpp"
#include "object/index/index.hpp"
#include "object/namespace/namespace.hpp"
#include "object/table/table.hpp"

namespace cm::schema {

/// Objects of one kind, ordered by their key; `declared` gives the order of output.
template <class T>
class Objects {
  public:
    using Key = decltype(key(std::declval<T const&>()));

    /// False if the key is taken; the first stays.
    bool add(T object) {
        auto name = key(object);
        return map_.emplace(std::move(name), std::move(object)).second;
    }

    void remove(Key const& name) { map_.erase(name); }

    T const* find(Key const& name) const {
        auto const found = map_.find(name);
        return found == map_.end() ? nullptr : &found->second;
    }

    T* find(Key const& name) {
        auto const found = map_.find(name);
        return found == map_.end() ? nullptr : &found->second;
    }

    std::size_t size() const { return map_.size(); }

    bool empty() const { return map_.empty(); }

    auto begin() const { return map_.begin(); }

    auto end() const { return map_.end(); }

    bool operator==(Objects const&) const = default;

  private:
    std::map<Key, T> map_{};
};

struct Schema {
    Objects<object::Namespace> namespaces{};
    Objects<object::Extension> extensions{};
    Objects<object::Enum> enums{};
    Objects<object::Table> tables{};
    Objects<object::Index> indexes{};
    Objects<object::ForeignKey> foreign_keys{};
    Objects<object::Definition> definitions{};
    /// Everything is here that the database holds: what a declaration could not have said, too, and
    /// what is missing is to be dropped, schemas and extensions included.
    bool is_whole{};
    bool operator==(Schema const&) const = default;
};

/// The one list of object kinds, in order of creation. All stages iterate over it.
inline constexpr std::tuple object_kinds{
    &Schema::namespaces, &Schema::extensions,   &Schema::enums,      &Schema::tables,
    &Schema::indexes,    &Schema::foreign_keys, &Schema::definitions};
static_assert(sizeof(Schema) ==
                  std::tuple_size_v<decltype(object_kinds)> * sizeof(Objects<object::Table>) +
                      alignof(Objects<object::Table>),
              "a kind is missing from object_kinds");
static_assert(object::DatabaseObject<object::Namespace> &&
              object::DatabaseObject<object::Extension> && object::DatabaseObject<object::Enum> &&
              object::DatabaseObject<object::Table> && object::DatabaseObject<object::Index> &&
              object::DatabaseObject<object::ForeignKey> &&
              object::DatabaseObject<object::Definition>);

/// Calls `function(&Schema::member)` for each kind.
template <class Function>
void for_each_kind(Function function) {
    std::apply([&](auto... members) { (function(members), ...); }, object_kinds);
}

/// `_AToB` with the columns A and B, and no others: by its form, the table of an implicit
/// many-to-many relation.
bool is_named_join_table(object::Table const& table);

/// Lets tables know those that inherit from them.
void note_heirs(Schema& schema);

/// The parents, their parents, and so on.
std::vector<sql::QualifiedName> ancestors(std::vector<sql::QualifiedName> const& parents,
                                          Schema const& side);

/// The state of a database in which nothing has been made: it has its default schema.
Schema empty(std::string_view default_schema);

}  // namespace cm::schema

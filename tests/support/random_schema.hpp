// Random schemas for property tests: a draft that is changed at random, and its text in the schema
// language, with rows.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/dice.hpp"

namespace cm::test {

namespace random_schema {

enum class Arity { required, optional, list };

struct Field {
    std::size_t type{};  ///< of the generator's scalars, and behind them of its enums
    Arity arity{};
    std::optional<std::size_t> default_value{};
    bool is_mapped{};   ///< the column has another name
    bool is_renamed{};  ///< the field has another name, and the column has not
    bool is_ignored{};
};

struct Index {
    std::set<std::string> fields{};
    bool is_unique{}, is_descending{}, has_name{}, has_condition{};
    std::size_t method{};     ///< of the generator's; a b-tree where it does not fit
    std::size_t condition{};  ///< which field it is about, and what it says of it
};

struct Relation {
    bool is_optional{};
    std::size_t on_delete{}, on_update{};  ///< of the generator's actions; none if beyond
};

struct Model {
    std::size_t id_type{};
    bool id_counts{};
    bool counts_with_loose_sequence{};  ///< in the database: with one that no column owns
    bool has_compound_key{};
    bool is_mapped{}, is_elsewhere{}, is_ignored{};  ///< elsewhere: in the second schema
    std::map<std::string, Field> fields{};
    std::map<std::string, Index> indexes{};
    std::map<std::string, Relation> relations{};  ///< by target
};

struct Draft {
    std::map<std::string, std::vector<std::string>> enums{};
    bool enums_are_elsewhere{};
    bool has_foreign_keys = true;  ///< false: relationMode = "prisma"
    bool has_view{};
    std::map<std::string, Model> models{};
    std::set<std::pair<std::string, std::string>> many_to_many{};
};

using test::Dice;

/// Makes one change at random; what would not be valid is left out of the text.
void change(Draft& draft, Dice& dice);

/// The enums and models, which lie in the schemas `public` and `other`.
std::string models(Draft const& draft);

/// The models under other names, with a comment at each that has one.
struct RenamedText {
    std::string models{}, models_back{};  ///< and what leads from there to the first names again
    std::size_t count{};                  ///< how many have another name
};

/// Models, their tables, fields, columns, enums and values get other names at random.
RenamedText with_renames(Draft const& draft, Dice& dice);

/// What lies in a third schema, `loose`, that is not managed, and the type `pair` beside it.
std::string surroundings();

/// Lets ids count with sequences in `loose` that no column owns; empty if none does.
std::string loosen_sequences(Draft const& draft);

/// The datasource for them, with the preview features that they use.
std::string datasource(Draft const& draft);

/// Two rows a table, which refer to the first row of others.
std::string rows(Draft const& draft);

}  // namespace random_schema

}  // namespace cm::test

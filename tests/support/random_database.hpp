// Random databases for property tests: SQL that makes objects of every kind that a database can
// hold, all of it accepted by PostgreSQL, from choices that can be edited.
#pragma once
#include <string>
#include <vector>

#include "support/choices.hpp"

namespace cm::test {

namespace random_database {

/// What can be done with values of a type.
enum class Sort { number, text, flag, moment, list, row, range, json, address, other };

struct Type {
    std::string name{};  ///< as SQL has it
    Sort sort{};
    std::string literal{};  ///< one that every type of this name, edited or not, has
    bool is_ordered{true};
    bool is_own{};  ///< made by the database itself
};

struct Column {
    std::string name{};
    Type type{};
    bool is_generated{}, is_required{}, is_inherited{};
    bool is_plain{};  ///< of a view: a column of a table
};

/// A table, a partition or a view, as others see it.
struct Relation {
    std::string path{};   ///< of its choices
    std::string tag{};    ///< what the names of its constraints end with
    std::string plain{};  ///< its name without the schema
    std::string name{};
    std::vector<Column> columns{};
    bool is_view{}, is_materialized{}, is_partitioned{}, is_partition{}, is_child{}, is_parent{};
    bool is_unlogged{};
    bool is_updatable{};        ///< of a view: its columns can be written to
    bool has_key{};             ///< on its first column alone, which foreign keys can refer to
    std::string key_columns{};  ///< of a partitioned table, what every key must have
};

/// What is being made, and what there is of it so far.
struct Making {
    Choices& choices;
    int version{};
    std::vector<std::string> statements{};
    std::vector<std::string> schemas{};
    std::vector<Type> types{};
    std::vector<std::string> collations{};
    std::vector<std::string> sequences{};  ///< free ones
    std::vector<Relation> tables{}, views{};
    std::string number_function{}, text_function{};  ///< immutable, of one argument; may be missing
    std::string counting_function{};                 ///< volatile, without arguments
    std::string trigger_function{}, aggregate{};
    std::vector<std::string> described{};  ///< what COMMENT ON can say: `TABLE public.t`
    std::vector<std::pair<std::string, std::string>> granted{};  ///< (privileges, on what)
};

/// A name to be put into SQL: quoted where it must be. `number`: tells those of a sort apart.
std::string name(Making& made, std::string const& path, std::string const& word);
/// With a schema.
std::string placed(Making& made, std::string const& path, std::string const& name);
std::string nextval(std::string const& sequence);
void add(Making& made, std::string statement);
/// An object that can be commented on.
void describe(Making& made, std::string const& what);
void grantable(Making& made, std::string const& privileges, std::string const& on);

/// A type that a column can have.
Type type(Making& made, std::string const& path);
/// An immutable expression of a column, and what type it has.
std::string expression(Making& made, std::string const& path, Column const& column);
Type type_of_expression(Making& made, std::string const& path, Column const& column);
/// An immutable condition on a column, whose words may have a prefix: `NEW.`.
std::string condition(Making& made, std::string const& path, Column const& column,
                      std::string const& prefix = {});

void make_types(Making& made);
void make_sequences(Making& made);
void make_routines(Making& made);
void make_tables(Making& made);
void make_keys(Making& made);
void make_indexes(Making& made);
/// Indexes of a materialized view.
void make_indexes_of(Making& made, Relation const& relation);
void make_views(Making& made);
void make_routines_of_tables(Making& made);
void make_members(Making& made);
void make_attached(Making& made);

/// The whole database, statement by statement.
std::vector<std::string> statements(Choices& choices, int version);

}  // namespace random_database

}  // namespace cm::test

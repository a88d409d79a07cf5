// Reading parse trees for what rules ask of them: the commands of ALTER TABLE, the columns and
// constraints that a statement writes, names, and where all of that stands.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/script.hpp"

namespace cm::lint {

/// A RangeVar node.
sql::QualifiedName relation_name(sql::Node range_var);
/// A list of String nodes.
sql::QualifiedName object_name(std::vector<sql::Node> const& parts);

/// As messages have it: `public.users`, without quotes.
std::string shown(sql::QualifiedName const& name);
std::string shown(std::string_view name);

/// As the statement would have to write it: `public.users`, with quotes where they are needed.
std::string written(sql::QualifiedName const& name);
std::string written(std::string_view name);

/// One command of ALTER TABLE.
struct AlterCommand {
    std::string kind{};  ///< without `AT_`: "AddColumn"
    std::string name{};  ///< the column or constraint that it is about
    sql::Node node{nullptr};
    Place place{};
    bool is_conditional{};  ///< IF EXISTS, IF NOT EXISTS

    bool has_definition() const { return node.contains("def"); }

    sql::Node definition() const { return node["def"]; }
};

struct AlterTable {
    sql::QualifiedName table{};
    std::vector<AlterCommand> commands{};
};

/// Of ALTER TABLE, with its commands; null for other statements (ALTER INDEX, VIEW …).
inline AlterTable const* alter_table(Statement const& statement) {
    return statement.alter.get();
}

/// The same, as Script reads it once for all rules.
std::shared_ptr<AlterTable const> read_alter_table(Statement const& statement);

/// One of the statements about indexes, which may run CONCURRENTLY; DROP, of whatever it is.
bool may_run_concurrently(Statement const& statement);

/// ALTER TABLE … RENAME, of the table, a column or a constraint.
bool renames_part_of_table(Statement const& statement);

/// A column as CREATE TABLE or ADD COLUMN define it.
struct ColumnDefinition {
    sql::QualifiedName table{};
    std::string name{};
    sql::Node node{nullptr};
    Place place{};
    bool is_added{};  ///< by ALTER TABLE
};

std::vector<ColumnDefinition> const& column_definitions(Statement const& statement);

/// "CONSTR_NOTNULL" and the like: the constraint of a column or a table; none if it has none such.
std::optional<sql::Node> find_constraint(sql::Node column, std::string_view kind);

/// A type that a statement gives a column: by CREATE TABLE, ADD COLUMN or ALTER COLUMN … TYPE.
struct WrittenType {
    sql::QualifiedName table{};
    std::string column{};
    std::string name{};    ///< PostgreSQL's own: "int4", "varchar"; `serial` is "serial"
    bool has_modifiers{};  ///< `varchar(20)`
    bool is_array{};
    Place place{};
};

std::vector<WrittenType> const& written_types(Statement const& statement);

struct WrittenColumns {
    std::vector<ColumnDefinition> definitions{};
    std::vector<WrittenType> types{};
};

/// Both, as Script reads them once for all rules.
std::shared_ptr<WrittenColumns const> read_columns(Statement const& statement);

/// A constraint that ALTER TABLE adds to the table, not to a new column.
struct AddedConstraint {
    sql::QualifiedName table{};
    std::string
        kind{};  ///< without `CONSTR_`: "CHECK", "FOREIGN", "UNIQUE", "PRIMARY", "EXCLUSION"
    std::string name{};
    sql::Node node{nullptr};
    Place place{};
    bool is_checked{};   ///< existing rows are: no NOT VALID
    bool takes_index{};  ///< USING INDEX
};

std::vector<AddedConstraint> added_constraints(Statement const& statement);

/// `a, b` of a list of String nodes under `key`.
std::string column_list(sql::Node node, char const* key);

/// From `location`, a place in the statement's parse tree, to the end of that token.
Place token_place(Statement const& statement, int location);
/// From there to the end of the list element that it lies in.
Place element_place(Statement const& statement, int location);

/// From the first of its words that is `word` (upper case) to the end of the statement.
Place clause_place(Statement const& statement, std::string_view word);

/// The words behind the place of `location`, without what comes after the element.
std::string_view text_at(Script const& script, Place place);

}  // namespace cm::lint

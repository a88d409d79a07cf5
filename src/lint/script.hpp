// An SQL file as rules see it: its statements, each with its parse tree and with what is known of
// the moment before it runs.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "lint/new_objects.hpp"
#include "sql/name.hpp"
#include "sql/parse_node.hpp"
#include "sql/relation_effects.hpp"
#include "sql/split.hpp"
#include "sql/statement_tree.hpp"

namespace cm::lint {

struct AlterTable;
struct WrittenColumns;

/// Bytes [begin, end) of a file.
struct Place {
    std::uint32_t begin{};
    std::uint32_t end{};
    bool operator==(Place const&) const = default;
};

struct Statement {
    std::string_view text{};  ///< without leading comments and without `;`
    Place place{};
    sql::TransactionMode mode{};
    std::size_t index{};  ///< in the file, from 0
    /// None if PostgreSQL's parser, as it is linked, does not understand the statement.
    std::optional<sql::StatementTree> tree{};
    std::uint32_t tree_origin{};  ///< locations in the tree count from here in the file
    /// It runs in a transaction with other statements: between BEGIN and COMMIT, or in the one that
    /// the file is applied in.
    bool in_transaction{};
    bool in_explicit_transaction{};  ///< between the file's own BEGIN and COMMIT
    /// The number of its transaction in the file; 0 if it has one of its own.
    std::size_t transaction{};

    /// What it locks, scans and rewrites.
    sql::RelationEffects effects{};
    std::shared_ptr<AlterTable const> alter{};        ///< see alter_table
    std::shared_ptr<WrittenColumns const> columns{};  ///< see column_definitions

    /// "AlterTableStmt"; empty if there is no tree.
    std::string_view kind() const { return tree ? std::string_view{tree->name} : ""; }

    bool is(std::string_view node_name) const { return kind() == node_name; }

    sql::Node node() const { return sql::Node{tree->tree.get()}; }
};

/// How files are carried out.
enum class Transactions {
    as_written,   ///< each statement by itself unless the file says BEGIN
    by_migration  ///< as `deploy` does: all that may, in one transaction
};

class Script {
  public:
    /// The text must stay in `sources`. `server`: the major version that effects are told for.
    Script(FileId file, SourceMap const& sources, Transactions transactions,
           std::optional<int> server = {});

    FileId file() const { return file_; }

    std::string_view text() const { return text_; }

    std::vector<Statement> const& statements() const { return statements_; }

    /// Created by this file before the statement: what is done to it makes nobody wait and loses
    /// nothing.
    bool is_new(sql::QualifiedName const& object, Statement const& before) const {
        return objects_.is_new(object, before.index);
    }

    /// A statement before has given it the name, by creating or renaming it. Names are exchanged by
    /// way of a third one, which no program has ever seen. `table`: as in sql::DefinedObject.
    bool is_named_before(Statement const& before, sql::DefinedKind kind,
                         sql::QualifiedName const& name,
                         sql::QualifiedName const& table = {}) const;

    NewObjects const& new_objects() const { return objects_; }

  private:
    FileId file_{};
    std::string_view text_{};
    std::vector<Statement> statements_{};
    NewObjects objects_{};
};

}  // namespace cm::lint

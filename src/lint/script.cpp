// Follows BEGIN and COMMIT, and cuts a migration as `deploy` does.
#include "lint/script.hpp"

#include <algorithm>

#include "lint/syntax.hpp"
#include "sql/parsed_script.hpp"

namespace cm::lint {
namespace {

/// Of those that `sql::relation_effects` knows.
constexpr int oldest_server = 12;
constexpr int newest_server = 18;
constexpr int usual_server = 15;

/// Follows BEGIN and COMMIT through a file.
class TransactionCursor {
  public:
    explicit TransactionCursor(bool joins_statements) : joins_statements_(joins_statements) {}

    void place(Statement& statement) {
        if (statement.mode == sql::TransactionMode::control) {
            follow_control(statement);
            return;
        }
        if (statement.mode == sql::TransactionMode::alone && !is_open_) {
            ++number_;
            return;
        }
        statement.in_explicit_transaction = is_open_;
        statement.in_transaction = is_open_ || joins_statements_;
        statement.transaction = statement.in_transaction ? number_ : 0;
    }

  private:
    /// BEGIN, START TRANSACTION; all else that controls transactions ends them.
    static bool begins(Statement const& statement) {
        if (!statement.is("TransactionStmt")) return false;
        auto const kind = statement.node().text("kind");
        return kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START";
    }

    void follow_control(Statement const& statement) {
        is_open_ = begins(statement) ||
                   (statement.is("TransactionStmt") && statement.node().boolean("chain"));
        ++number_;
    }

    bool joins_statements_;
    bool is_open_ = false;
    std::size_t number_ = 1;
};

}  // namespace

Script::Script(FileId file, SourceMap const& sources, Transactions transactions,
               std::optional<int> server)
    : file_(file), text_(sources.text(file)) {
    auto const version = std::clamp(server.value_or(usual_server), oldest_server, newest_server);
    auto [script, trees] = sql::split_and_parse(text_);
    TransactionCursor cursor(transactions == Transactions::by_migration && !script.no_transaction);
    statements_.reserve(script.statements.size());
    for (std::size_t i = 0; i < script.statements.size(); ++i) {
        auto const& one = script.statements[i];
        Statement statement{.text = text_.substr(one.begin, one.end - one.begin),
                            .place = {one.begin, one.end},
                            .mode = one.mode,
                            .index = i};
        if (trees[i]) {
            statement.tree = std::move(trees[i]->tree);
            statement.tree_origin = trees[i]->origin;
        }
        cursor.place(statement);
        if (statement.tree) {
            objects_.follow(*statement.tree, statement.index);
            statement.alter = read_alter_table(statement);
            statement.columns = read_columns(statement);
            statement.effects = sql::relation_effects(*statement.tree, version);
        }
        statements_.push_back(std::move(statement));
    }
}

bool Script::is_named_before(Statement const& before, sql::DefinedKind kind,
                             sql::QualifiedName const& name,
                             sql::QualifiedName const& table) const {
    auto const gives_name = [&](sql::DefinedObject const& one) {
        auto const given = one.action == sql::DefinedAction::renames
                               ? sql::QualifiedName{one.name.schema, one.new_name.name}
                               : one.name;
        return one.kind == kind && given == name && one.table == table &&
               one.action != sql::DefinedAction::drops;
    };
    return std::any_of(statements_.begin(), statements_.end(), [&](Statement const& other) {
        auto const& defined = other.effects.defines;
        return other.index < before.index &&
               std::any_of(defined.begin(), defined.end(), gives_name);
    });
}

}  // namespace cm::lint

// A table of errors that migrations meet most, by the kind of statement.
#include "history/advice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

enum class Kind { insert, update, remove, alter_table, create_index, other };

/// The statement's words and names, as far as they tell its kind.
class Outline {
  public:
    explicit Outline(std::string_view statement) : text_(statement) {
        for (auto token = sql::next_significant_token(text_, 0);
             token.kind != sql::TokenKind::end && tokens_.size() < most;
             token = sql::next_significant_token(text_, token.end)) {
            tokens_.push_back(token);
        }
    }

    bool begins_with(std::initializer_list<std::string_view> words) const {
        std::size_t at = 0;
        return std::all_of(words.begin(), words.end(),
                           [&](std::string_view word) { return is(at++, word); });
    }

    bool has(std::string_view word) const {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (is(i, word)) return true;
        }
        return false;
    }

    /// ADD [COLUMN] [IF NOT EXISTS] `column`.
    bool adds(std::string_view column) const {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!is(i, "ADD")) continue;
            auto at = i + 1;
            for (auto const word : {"COLUMN", "IF", "NOT", "EXISTS"}) at += is(at, word) ? 1 : 0;
            if (at < tokens_.size() && name(at) == column) return true;
        }
        return false;
    }

  private:
    static constexpr std::size_t most = 500;

    bool is(std::size_t at, std::string_view word) const {
        return at < tokens_.size() && sql::is_word(text_, tokens_[at], word);
    }

    std::string name(std::size_t at) const { return sql::name_of(text_, tokens_[at]); }

    std::string_view text_;
    std::vector<sql::Token> tokens_{};
};

Kind kind_of(Outline const& statement) {
    if (statement.begins_with({"INSERT"}) || statement.begins_with({"COPY"})) return Kind::insert;
    if (statement.begins_with({"UPDATE"}) || statement.begins_with({"MERGE"})) return Kind::update;
    if (statement.begins_with({"DELETE"}) || statement.begins_with({"TRUNCATE"})) {
        return Kind::remove;
    }
    if (statement.begins_with({"ALTER", "TABLE"}) || statement.begins_with({"ALTER", "DOMAIN"})) {
        return Kind::alter_table;
    }
    if (statement.begins_with({"CREATE"}) && statement.has("INDEX")) return Kind::create_index;
    if (statement.begins_with({"WITH"})) {
        return statement.has("INSERT")   ? Kind::insert
               : statement.has("UPDATE") ? Kind::update
               : statement.has("DELETE") ? Kind::remove
                                         : Kind::other;
    }
    return Kind::other;
}

bool checks_rows(Kind kind) {
    return kind == Kind::alter_table || kind == Kind::create_index;
}

std::string of_null(pg::ServerMessage const& server, Outline const& statement, Kind kind) {
    if (kind != Kind::alter_table) {
        return server.column.empty()
                   ? "the column does not allow NULL: give it a value"
                   : fmt::format("the column `{}` does not allow NULL: give it a value",
                                 server.column);
    }
    return statement.adds(server.column)
               ? "add the column without NOT NULL, fill it with an UPDATE, then `ALTER COLUMN … "
                 "SET "
                 "NOT NULL`"
               : "first set the missing values, with an UPDATE";
}

std::string of_foreign_key(pg::ServerMessage const& server, Kind kind) {
    if (kind == Kind::alter_table) return "first fix the rows that refer to missing rows";
    auto const is_referenced = server.detail.find("still referenced") != std::string::npos;
    return kind == Kind::remove || is_referenced
               ? "first delete the rows that refer to it, or let them refer to another row"
               : "first insert the row that it refers to";
}

std::string of_cancelled(pg::ServerMessage const& server) {
    return server.message.find("statement timeout") != std::string::npos
               ? "increase the timeout (`--statement-timeout 10min`, or `SET statement_timeout` in "
                 "the file), or split the work into smaller parts"
               : "the statement was canceled, or its timeout expired: there is nothing wrong with "
                 "the statement itself";
}

}  // namespace

std::string advice_for(pg::ServerMessage const& server, std::string_view statement,
                       bool is_migration) {
    Outline const outline(statement);
    auto const kind = kind_of(outline);
    auto const& state = server.sqlstate;
    if (auto help = advice_by_state(server, statement); !help.empty()) return help;
    if (state == sqlstate::not_null_violation) return of_null(server, outline, kind);
    if (state == sqlstate::foreign_key_violation) return of_foreign_key(server, kind);
    if (state == sqlstate::query_canceled) return of_cancelled(server);
    if (state == sqlstate::unique_violation) {
        if (checks_rows(kind)) return "remove the duplicate rows first";
        return kind == Kind::insert ? "a row with this key already exists: skip the new one (`ON "
                                      "CONFLICT DO NOTHING`), or give it another key"
                                    : "another row already has this key: give this one another key";
    }
    if (state == sqlstate::check_violation) {
        return checks_rows(kind) ? "first fix the rows that violate the constraint"
                                 : "use values that the constraint allows";
    }
    if (state == sqlstate::datatype_mismatch && kind == Kind::alter_table && outline.has("TYPE")) {
        return "specify the conversion: `ALTER COLUMN … TYPE … USING …`";
    }
    if (state == sqlstate::invalid_text_representation) {
        return kind == Kind::alter_table
                   ? "first fix the values that cannot be converted, or convert them with `USING`"
                   : "";
    }
    if ((state == sqlstate::string_data_right_truncation ||
         state == sqlstate::numeric_value_out_of_range) &&
        kind == Kind::alter_table) {
        return "first fix the values that do not fit, or convert them with `USING`";
    }
    if (state == sqlstate::undefined_table) {
        return is_migration ? "have all migrations before this one been applied? check with "
                              "`cm-migrate status`"
                            : "have all migrations been applied? check with `cm-migrate status`";
    }
    return {};
}

bool already_exists(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 5> states{
        sqlstate::duplicate_table, sqlstate::duplicate_column, sqlstate::duplicate_object,
        sqlstate::duplicate_schema, sqlstate::duplicate_function};
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

}  // namespace cm::history

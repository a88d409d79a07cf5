// A table of errors that migrations meet most, by the kind of statement.
#include "history/advice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "history/state_advice.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

enum class Kind { insert, update, remove, alter_table, create_index, other };

/// The statement's words and names, as far as they tell its kind.
class Outline {
  public:
    explicit Outline(std::string_view statement) : text_(statement) {
        for (auto token = sql::next_solid_token(text_, 0);
             token.kind != sql::TokenKind::end && tokens_.size() < most;
             token = sql::next_solid_token(text_, token.end)) {
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

    std::string name(std::size_t at) const {
        auto const token = tokens_[at];
        auto const words = text_.substr(token.begin, token.end - token.begin);
        return token.kind == sql::TokenKind::name && words.size() >= 2
                   ? std::string(words.substr(1, words.size() - 2))
                   : to_lower(words);
    }

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
                   ? "the column takes no NULL: give it a value"
                   : fmt::format("the column `{}` takes no NULL: give it a value", server.column);
    }
    return statement.adds(server.column)
               ? "add the column without NOT NULL, fill it with an UPDATE, then `ALTER COLUMN … "
                 "SET "
                 "NOT NULL`"
               : "fill the rows that have no value there first, with an UPDATE";
}

std::string of_foreign_key(pg::ServerMessage const& server, Kind kind) {
    if (kind == Kind::alter_table) return "correct the rows that refer to nothing first";
    auto const is_referenced = server.detail.find("still referenced") != std::string::npos;
    return kind == Kind::remove || is_referenced
               ? "delete the rows that refer to it first, or let them refer to another one"
               : "insert the row that it refers to first";
}

std::string of_cancelled(pg::ServerMessage const& server) {
    return server.message.find("statement timeout") != std::string::npos
               ? "give it more time (`--statement-timeout 10min`, or `SET statement_timeout` in "
                 "the "
                 "file), or let it do less at once"
               : "the statement was cancelled from outside, or its time was up: nothing is wrong "
                 "with it";
}

}  // namespace

std::string advice_for(pg::ServerMessage const& server, std::string_view statement,
                       bool is_migration) {
    Outline const outline(statement);
    auto const kind = kind_of(outline);
    auto const& state = server.sqlstate;
    if (auto help = advice_by_state(server, statement); !help.empty()) return help;
    if (state == "23502") return of_null(server, outline, kind);
    if (state == "23503") return of_foreign_key(server, kind);
    if (state == "57014") return of_cancelled(server);
    if (state == "23505") {
        if (checks_rows(kind)) return "remove the duplicate rows first";
        return kind == Kind::insert
                   ? "a row has this key already: leave the new one out (`ON CONFLICT DO "
                     "NOTHING`), or give it another key"
                   : "another row has this key already: give this one another key";
    }
    if (state == "23514") {
        return checks_rows(kind) ? "correct the rows that break the constraint first"
                                 : "give the row values that the constraint allows";
    }
    if (state == "42804" && kind == Kind::alter_table && outline.has("TYPE")) {
        return "say how to convert: `ALTER COLUMN … TYPE … USING …`";
    }
    if (state == "22P02") {
        return kind == Kind::alter_table ? "correct the values that cannot be converted first, or "
                                           "convert them with `USING`"
                                         : "";
    }
    if ((state == "22001" || state == "22003") && kind == Kind::alter_table) {
        return "correct the values that do not fit first, or convert them with `USING`";
    }
    if (state == "42P01") {
        return is_migration
                   ? "have all migrations before this one been applied? `cm-migrate status` tells"
                   : "have all migrations been applied? `cm-migrate status` tells";
    }
    return {};
}

bool already_exists(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 5> states{"42P07", "42701", "42710", "42P06", "42723"};
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

}  // namespace cm::history

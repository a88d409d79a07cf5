// See leftover.hpp.
#include "history/leftover.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "sql/token.hpp"

namespace cm::history {
namespace {

using Parameters = std::vector<std::optional<std::string>>;

/// Reads a statement word by word.
class Words {
  public:
    explicit Words(std::string_view statement) : text_(statement) {}

    bool take(std::string_view word) {
        auto const token = sql::next_solid_token(text_, at_);
        if (!sql::is_word(text_, token, word)) {
            return false;
        }
        at_ = token.end;
        return true;
    }

    bool take_all(std::initializer_list<std::string_view> words) {
        auto const before = at_;
        for (auto const word : words) {
            if (!take(word)) {
                at_ = before;
                return false;
            }
        }
        return true;
    }

    /// A name as it is written, with its schema; empty if there is none.
    std::string name() {
        std::string result{};
        for (;;) {
            auto const part = sql::next_solid_token(text_, at_);
            if (part.kind != sql::TokenKind::word && part.kind != sql::TokenKind::name) {
                return result;
            }
            at_ = part.end;
            result += text_.substr(part.begin, part.end - part.begin);
            auto const dot = sql::next_solid_token(text_, at_);
            if (dot.kind != sql::TokenKind::symbol || text_[dot.begin] != '.') {
                return result;
            }
            at_ = dot.end;
            result += '.';
        }
    }

    bool mentions(std::string_view word) {
        for (auto token = sql::next_solid_token(text_, 0); token.kind != sql::TokenKind::end;
             token = sql::next_solid_token(text_, token.end)) {
            if (sql::is_word(text_, token, word)) {
                return true;
            }
        }
        return false;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// The index that a CREATE INDEX names, as it is there. Whoever may not see what others do learns
/// of it that they build something on the table. A partitioned one that waits for its parts is
/// sound.
struct FoundIndex {
    std::string name{};
    bool is_valid{};
    int builder{};  ///< the server's process that builds it
};

std::optional<FoundIndex> find_index(Words& words, std::string const& index,
                                     pg::Connection& connection) {
    words.take("ON");
    words.take("ONLY");
    auto const rows = connection.fetch(
        "SELECT i.indexrelid::regclass::text AS name, i.indisvalid OR c.relkind = 'I' AS valid, "
        "(SELECT p.pid FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid OR "
        "(p.relid IS NULL AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = p.pid AND l.relation = "
        "i.indrelid AND l.database = (SELECT oid FROM pg_database WHERE datname = "
        "current_database()))) LIMIT 1) AS builder "
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE i.indrelid = to_regclass($1) AND c.relname = (parse_ident($2))[1]::name",
        Parameters{words.name(), index});
    if (rows.empty()) return {};
    return FoundIndex{
        rows[0].text("name"), rows[0].boolean("valid"),
        rows[0].is_null("builder") ? 0 : static_cast<int>(rows[0].integer("builder"))};
}

Leftover of_create_index(Words words, pg::Connection& connection) {
    words.take_all({"IF", "NOT", "EXISTS"});
    if (words.take("ON")) {
        return {.effect = Effect::unknown};  // PostgreSQL chose the name
    }
    auto const index = words.name();
    auto const found = find_index(words, index, connection);
    if (!found || found->builder != 0) {
        return {};
    }
    if (found->is_valid) {
        return {.effect = Effect::whole};
    }
    return {.tidying = {"DROP INDEX CONCURRENTLY " + found->name}};
}

Leftover of_drop_index(Words words, pg::Connection& connection) {
    words.take_all({"IF", "EXISTS"});
    auto const rows =
        connection.fetch("SELECT to_regclass($1) IS NULL AS gone", Parameters{words.name()});
    return {.effect = rows[0].boolean("gone") ? Effect::whole : Effect::none};
}

/// A REINDEX … CONCURRENTLY that was cut off leaves invalid copies `…_ccnew` or `…_ccold`.
Leftover of_reindex(Words words, pg::Connection& connection) {
    if (!words.mentions("CONCURRENTLY")) {
        return {};
    }
    auto const rows = connection.fetch(
        "SELECT i.indexrelid::regclass::text AS name FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid "
        "AND c.relname ~ '_cc(new|old)[0-9]*$' AND NOT EXISTS (SELECT FROM "
        "pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid OR p.relid = "
        "i.indrelid)");
    Leftover leftover{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        leftover.tidying.push_back("DROP INDEX CONCURRENTLY " + rows[i].text("name"));
    }
    return leftover;
}

Leftover of_detach(Words words, pg::Connection& connection) {
    words.take_all({"IF", "EXISTS"});
    words.take("ONLY");
    auto const parent = words.name();
    words.take_all({"DETACH", "PARTITION"});
    auto const partition = words.name();
    auto const rows = connection.fetch(
        "SELECT inhdetachpending AS pending FROM pg_inherits WHERE inhparent = to_regclass($1) "
        "AND inhrelid = to_regclass($2)",
        Parameters{parent, partition});
    if (rows.empty()) {
        return {.effect = Effect::whole};
    }
    if (rows[0].boolean("pending")) {
        return {.instead =
                    fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE", parent, partition)};
    }
    return {};
}

/// What is not in a schema: databases, tablespaces, subscriptions.
Leftover of_named(Words words, pg::Connection& connection, std::string_view catalogue,
                  std::string_view column, bool created) {
    words.take_all({"IF", "EXISTS"});
    auto const rows = connection.fetch(
        fmt::format("SELECT FROM {} WHERE {} = (parse_ident($1))[1]::name", catalogue, column),
        Parameters{words.name()});
    return {.effect = rows.empty() != created ? Effect::whole : Effect::none};
}

Leftover repeatable(Words, pg::Connection&) {
    return {};
}

/// The statements that are known, by their first words.
struct Known {
    std::array<std::string_view, 4> words{};
    Leftover (*look)(Words, pg::Connection&){};
};

constexpr std::array known{
    Known{{"CREATE", "INDEX", "CONCURRENTLY"}, of_create_index},
    Known{{"CREATE", "UNIQUE", "INDEX", "CONCURRENTLY"}, of_create_index},
    Known{{"DROP", "INDEX", "CONCURRENTLY"}, of_drop_index},
    Known{{"REINDEX"}, of_reindex},
    Known{{"ALTER", "TABLE"}, of_detach},
    Known{{"VACUUM"}, repeatable},
    Known{{"CLUSTER"}, repeatable},
    Known{{"ALTER", "SYSTEM"}, repeatable},
    Known{{"ALTER", "DATABASE"}, repeatable},
    Known{{"DISCARD"}, repeatable},
    Known{
        {"CREATE", "DATABASE"},
        [](Words w, pg::Connection& c) { return of_named(w, c, "pg_database", "datname", true); }},
    Known{
        {"DROP", "DATABASE"},
        [](Words w, pg::Connection& c) { return of_named(w, c, "pg_database", "datname", false); }},
    Known{{"CREATE", "TABLESPACE"},
          [](Words w, pg::Connection& c) {
              return of_named(w, c, "pg_tablespace", "spcname", true);
          }},
    Known{{"DROP", "TABLESPACE"},
          [](Words w, pg::Connection& c) {
              return of_named(w, c, "pg_tablespace", "spcname", false);
          }},
    Known{{"CREATE", "SUBSCRIPTION"},
          [](Words w, pg::Connection& c) {
              return of_named(w, c, "pg_subscription", "subname", true);
          }},
    Known{{"DROP", "SUBSCRIPTION"},
          [](Words w, pg::Connection& c) {
              return of_named(w, c, "pg_subscription", "subname", false);
          }},
};

/// The entry for a statement, with the words that it begins with taken.
Known const* find(Words& words) {
    for (auto const& entry : known) {
        Words attempt = words;
        bool fits = true;
        for (auto const word : entry.words) {
            fits = fits && (word.empty() || attempt.take(word));
        }
        if (fits) {
            words = attempt;
            return &entry;
        }
    }
    return nullptr;
}

}  // namespace

Leftover look_for_leftover(std::string_view statement, pg::Connection& connection) {
    Words words{statement};
    auto const* const entry = find(words);
    return entry == nullptr ? Leftover{.effect = Effect::unknown} : entry->look(words, connection);
}

std::string advice_on_invalid_index(std::string_view statement, pg::Connection& connection) {
    Words words{statement};
    if (!words.take("CREATE")) return {};
    words.take("UNIQUE");
    if (!words.take("INDEX")) return {};
    words.take("CONCURRENTLY");
    words.take_all({"IF", "NOT", "EXISTS"});
    auto const index = words.name();
    auto const found = find_index(words, index, connection);
    if (!found || found->is_valid) return {};
    if (found->builder != 0) {
        return fmt::format("process {} of the server is building this index: wait until it is done",
                           found->builder);
    }
    return fmt::format(
        "the index that is there is invalid, left by a CREATE INDEX CONCURRENTLY that failed: "
        "`DROP "
        "INDEX CONCURRENTLY {};`, then run the command again",
        found->name);
}

bool can_be_repeated(std::string_view statement) {
    Words words{statement};
    auto const* const entry = find(words);
    if (entry == nullptr) return false;
    if (entry->look != of_create_index) return true;
    words.take_all({"IF", "NOT", "EXISTS"});
    return !words.take("ON");  // an index whose name PostgreSQL chose is not found again
}

bool waits_politely(std::string_view statement) {
    Words words{statement};
    auto const* const entry = find(words);
    return entry != nullptr && words.mentions("CONCURRENTLY") && entry->look != of_detach;
}

}  // namespace cm::history

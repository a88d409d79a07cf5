// What PostgreSQL makes of expressions: they are put into a table of a scratch database, in a
// transaction that is rolled back, and read back as it prints them. Nothing of them is carried out,
// no function is called: defaults and CHECK constraints are stored as they are parsed, where the
// condition of an index would have its constants folded.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "object/table/table.hpp"
#include "pg/connection.hpp"

namespace cm::engine {

/// Where expressions are asked about: never the database that a user works with.
struct Server {
    /// Gives a scratch database when there is something to ask, and only then. Throws Failure if
    /// none can be had.
    std::function<pg::Connection&()> connection{};
    /// Where the catalog can be read: of the live database, or of the scratch one.
    std::function<pg::Connection&()> catalog{};
    bool has_everything{};  ///< that the expressions may name: what it refuses is wrong

    explicit operator bool() const { return connection != nullptr; }
};

/// Do two expressions mean the same?
struct Answer {
    enum Verdict { same, different, unknown } verdict = unknown;

    std::string reason{};  ///< why it is unknown
};

/// Two defaults of a column of that type, each a text that is exactly one expression.
struct DefaultQuestion {
    sql::Type type{};
    std::string wanted{}, present{};
};

/// Two conditions of an index on that table.
struct ConditionQuestion {
    object::Table const* table{};
    std::vector<std::string> columns{};  ///< that the two name
    std::string wanted{}, present{};
};

/// The answers in the order of the questions, in a few round trips. `search_path`: the schema that
/// unqualified names mean.
std::vector<Answer> ask(std::vector<DefaultQuestion> const& questions, Server const& server,
                        std::string const& search_path);
std::vector<Answer> ask(std::vector<ConditionQuestion> const& questions, Server const& server,
                        std::string const& search_path);

}  // namespace cm::engine

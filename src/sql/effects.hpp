// What a statement does beyond its text: one answer for all who must know, told from PostgreSQL's
// own parse tree by the table in effects_table.hpp. Here its part on reach: whether the effect ends
// with the database that the statement runs in.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

/// What lies outside of the database that a statement runs in.
enum class Outside : std::uint8_t {
    roles,          ///< of the server, their memberships and settings
    databases,      ///< as a whole: settings, privileges, owner; other ones
    server,         ///< its settings, sessions, log, slots, background jobs
    tablespaces,    ///< folders of the server
    subscriptions,  ///< to another server
    files,          ///< of the server
    programs,       ///< that the server runs
    other_servers,
    unknown,  ///< text that is put together when it runs
};

std::string_view describe(Outside outside);

/// True if a private server keeps the effect from everybody else.
bool is_contained(Outside outside);

/// One thing that a statement reaches for.
struct Reach {
    Outside outside{};
    std::string words{};  ///< how it is called, without what may be secret: "ALTER ROLE `app`"
    bool operator==(Reach const&) const = default;
};

enum class StatementClass : std::uint8_t {
    other,
    data,      ///< INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY … : no part in the schema
    query,     ///< SELECT, CALL, EXECUTE …: whatever it calls may do anything
    block,     ///< DO
    routine,   ///< CREATE FUNCTION or PROCEDURE: does nothing before it is called
    table_as,  ///< CREATE TABLE or MATERIALIZED VIEW … AS: a definition, filled at once
    view,      ///< and rules, triggers, policies: a query that is kept
    create_role,
    role,       ///< other statements about roles
    privilege,  ///< nothing but owner, privileges, the session's role
    policy,
};

struct Effects {
    StatementClass statement_class{};
    std::string words{};           ///< how the statement is called: "CREATE FUNCTION `f`"
    std::vector<Reach> reaches{};  ///< by the statement, or by a block or routine when it runs
    /// The part that reaches out cannot be told from one that changes the database.
    bool is_mixed{};
    /// Foreign tables, and views and tables over them: whoever reads or writes these reaches out.
    std::vector<std::string> outside_relations{};

    bool operator==(Effects const&) const = default;
};

/// `outside_relations`: names that reach out when they are read or written, as far as they are
/// known. The statement stands alone, without `;`.
Effects effects(std::string_view statement, std::set<std::string> const& outside_relations = {});

struct StatementTree;

/// The same of a statement that has been parsed; `statement` is its text.
Effects effects_of(StatementTree const& tree, std::string_view statement,
                   std::set<std::string> const& outside_relations = {});

/// What the strings of a query speak of, in case that it calls something that runs them; nothing
/// for statements that call nothing.
std::vector<Reach> reaches_in_arguments(std::string_view statement);

/// False if nothing in the text can reach out; cheap, for whole scripts. True decides nothing.
bool may_reach_out(std::string_view text);

/// A role that a statement names, and where; none if it stands in a body or is no plain name.
struct NamedRole {
    std::string name{};
    std::optional<std::size_t> offset{};
    bool operator==(NamedRole const&) const = default;
};

/// In the order of the text; those of a DO block or a routine's body, too.
std::vector<NamedRole> named_roles(std::string_view statement);

}  // namespace cm::sql

// Statements in another form, for where they cannot run as they stand: only what must be changed
// is, the rest keeps its text.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

/// CREATE TABLE … AS, CREATE MATERIALIZED VIEW … AS without carrying out the query.
std::string without_data(std::string_view statement);

/// The role that a statement makes, if it does.
std::optional<std::string> created_role(std::string_view statement);

/// CREATE ROLE "name" NOLOGIN for a statement that makes a role; none for any other.
std::optional<std::string> without_login(std::string_view statement);

/// CREATE FUNCTION or PROCEDURE with the same head and a body that raises `sqlstate`; that of a
/// trigger lets the row pass. It says by a digest which body it stands for. None if it is not
/// understood.
std::optional<std::string> with_stub_body(std::string_view statement, std::string_view sqlstate);
/// True of what PostgreSQL prints of such a function.
bool has_stub_body(std::string_view definition);
/// Is the one what with_stub_body makes of the other, both as PostgreSQL prints them?
bool is_stub_of(std::string_view stub, std::string_view definition, std::string_view sqlstate);

/// The roles that the statement names among `names` become CURRENT_USER.
std::string with_current_user(std::string_view statement, std::vector<std::string> const& names);

/// The words behind TABLESPACE.
std::vector<std::string> named_tablespaces(std::string_view statement);
/// Each becomes `pg_default`.
std::string with_default_tablespace(std::string_view statement);

}  // namespace cm::sql

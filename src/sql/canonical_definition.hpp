// Definitions as PostgreSQL prints them, in the form by which they are compared. Its text is nearly
// a normal form: what it prints, loaded, prints the same again, but for two things that its parser
// does to an expression when it reads its own text (both keep the meaning):
//
//     (ARRAY['x'::character varying, …])::text[]  →  ARRAY[('x'::character varying)::text, …]
//     (((a >= 1) AND (a <= 2)) AND b)             →  ((a >= 1) AND (a <= 2) AND b)
//
// This is done on the tokens, not on a parse tree: libpg_query knows the syntax of one version of
// PostgreSQL, and its trees leave out things that differ (15 writes 0 for each negative integer).
// tests/sql/canonical_definition_test.cpp puts it to a server.
#pragma once
#include <string>
#include <string_view>

namespace cm::sql {

/// Of a whole statement or of any part of one (an expression, the query of a view, a constraint),
/// as PostgreSQL's own functions print it (pg_get_expr, pg_get_viewdef, …; not "pretty", which
/// leaves out parentheses) under the settings in engine/catalog_snapshot.hpp. Still SQL of the same
/// meaning. White space between tokens counts as one blank; a semicolon at the end does not count.
std::string canonical_definition(std::string_view printed);

/// Are they the same in that form?
bool are_same_definitions(std::string_view a, std::string_view b);

}  // namespace cm::sql

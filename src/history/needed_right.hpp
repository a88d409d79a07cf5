// Which rights a statement needs, by its words: PostgreSQL's message names the object alone.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::history {

/// On the table or view `relation`, for GRANT: "SELECT, INSERT".
std::string table_rights(std::string_view statement, std::string_view relation, int version);

/// On a schema: "USAGE", or "USAGE, CREATE" if the statement creates something there.
/// `creation_schema`: where it creates what it names without one.
std::string schema_rights(std::string_view statement, std::string_view schema,
                          std::string_view creation_schema);

/// On a sequence.
std::string sequence_rights(std::string_view statement, std::string_view sequence);

/// The statement calls functions, procedures or blocks: what they do its words do not say.
bool runs_unseen_code(std::string_view statement);

/// What a GRANT gives: the words between GRANT and ON; none if it is no GRANT of rights.
std::optional<std::string> granted_rights(std::string_view statement);

bool begins_with(std::string_view statement, std::string_view words);
bool mentions(std::string_view statement, std::string_view words);

/// True if the statement names it, as a table or in any other way.
bool names(std::string_view statement, std::string_view name);

/// The name behind these words, in quotes where it needs them: `OWNER TO app`. Empty if there is
/// none.
std::string name_behind(std::string_view statement, std::string_view words);

/// The statement of a function or block that failed, from PostgreSQL's CONTEXT; else `statement`.
std::string_view innermost(std::string_view context, std::string_view statement);

}  // namespace cm::history

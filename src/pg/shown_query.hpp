// What a cm-migrate at work runs, for those who watch it: the statement of the migration, not the
// statements of ours around it.
#pragma once
#include <string>
#include <string_view>

namespace cm::pg {

/// `query` as pg_stat_activity has it, in one line of at most 120 bytes; empty if all of it is
/// ours. Without passwords.
std::string shown_query(std::string_view query);

/// Any query, cut likewise, without passwords.
std::string in_one_line(std::string_view query);

}  // namespace cm::pg

// Cuts a script into statements with PostgreSQL's own parser, falling back to its scanner for
// syntax newer than it knows, and says of each whether it may run inside a transaction block.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace cm::sql {

enum class TransactionMode {
    any,      ///< may run in a transaction block
    alone,    ///< refuses one: CREATE INDEX CONCURRENTLY, VACUUM, CREATE DATABASE …
    control,  ///< BEGIN, COMMIT, ROLLBACK … : the script manages its own transaction (savepoints
              ///< are `any`)
};

/// What cannot be sent to a server as it stands.
enum class Unsupported {
    no,
    copy_data,     ///< COPY … FROM STDIN whose data is not there, or has no end
    meta_command,  ///< psql's own: \c, \i …
};

/// One statement: bytes [begin, end) of the script, without leading blanks and comments and without
/// the `;`.
struct Statement {
    std::uint32_t begin{};
    std::uint32_t end{};
    TransactionMode mode = TransactionMode::any;
    Unsupported unsupported = Unsupported::no;
    /// COPY … FROM STDIN: bytes [data_begin, data_end) of the script, the lines up to `\.`.
    std::uint32_t data_begin{};
    std::uint32_t data_end{};
    /// It changes how text is read (`SET standard_conforming_strings = off`): what comes after is
    /// to be sent once it has been carried out.
    bool ends_message{};
    bool operator==(Statement const&) const = default;

    bool has_data() const { return data_begin != 0; }
};

/// Bytes [begin, end) of a script.
struct Gap {
    std::uint32_t begin{};
    std::uint32_t end{};
    bool operator==(Gap const&) const = default;
};

struct Script {
    std::vector<Statement> statements{};
    /// What is no SQL and is not sent: data of COPY, and the `\restrict` lines of pg_dump.
    std::vector<Gap> gaps{};
    bool no_transaction =
        false;  ///< a comment above the first statement says `cm-migrate: no-transaction`
    bool operator==(Script const&) const = default;
};

/// The text must hold no NUL byte (CM_ASSERT): PostgreSQL's parser would stop there. The session
/// begins with `standard_conforming_strings` on.
Script split(std::string_view text);

/// True if the whole script can be sent inside one transaction of ours.
bool is_transactional(Script const& script);

}  // namespace cm::sql

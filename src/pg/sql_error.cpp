// Failed statements: where they point to, and what a user is told. Declared in connection.hpp.
#include <utility>

#include "base/diagnostic.hpp"
#include "base/sqlstate.hpp"
#include "pg/advice.hpp"
#include "pg/connection.hpp"

namespace cm::pg {

SqlError::SqlError(ServerMessage message, std::size_t completed)
    : std::runtime_error(message.message), message_(std::move(message)), completed_(completed) {}

std::size_t byte_offset(std::string_view text, int character_position) {
    std::size_t at = 0;
    for (int left = character_position - 1; left > 0 && at < text.size(); --left) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
            ++at;
        }
    }
    return at;
}

void throw_failure(SqlError const& failed, std::string_view doing_what) {
    auto const& server = failed.server();
    if (failed.connection_lost()) {
        throw Failure(error("CM0408", "the connection to the server was lost while {}", doing_what)
                          .note("{}", server.message)
                          .help("check the server log, then run the command again"),
                      ExitCode::cannot_connect);
    }
    auto diagnostic =
        error("CM0406", "{} failed: {} ({})", doing_what, server.message, server.sqlstate)
            .about({.sqlstate = server.sqlstate});
    if (!server.detail.empty()) {
        diagnostic.note("{}", server.detail);
    }
    if (!server.context.empty()) {
        diagnostic.note("{}", server.context);  // the function that raised it, such as a trigger's
    }
    if (!server.hint.empty()) {
        diagnostic.help("{}", server.hint);
    }
    if (auto const help = advice_for(server.sqlstate); !help.empty()) {
        diagnostic.help("{}", help);
    }
    throw Failure(std::move(diagnostic), server.sqlstate == sqlstate::lock_not_available
                                             ? ExitCode::busy
                                             : ExitCode::failure);
}

}  // namespace cm::pg

// See exit_codes.hpp.
#include "command/exit_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cm::command {

std::span<ExitCodeMeaning const> exit_codes() {
    static constexpr std::array all{
        ExitCodeMeaning{ExitCode::ok, "done; `status`: everything is up to date", "goes on"},
        ExitCodeMeaning{ExitCode::failure, "the command could not do its work",
                        "stops; the report says why"},
        ExitCodeMeaning{ExitCode::usage,
                        "wrong arguments, or an answer is needed and there is no terminal; `diff "
                        "--exit-code`: there is a difference",
                        "stops; the report names the option"},
        ExitCodeMeaning{ExitCode::pending, "`status`: migrations are pending", "deploys"},
        ExitCodeMeaning{ExitCode::drift,
                        "drift, or an edited or missing migration; `deploy --strict`: or one that "
                        "is out of order",
                        "stops"},
        ExitCodeMeaning{ExitCode::failed_migration,
                        "a migration failed, or a failed one stands in the way", "stops"},
        ExitCodeMeaning{ExitCode::cannot_connect,
                        "no connection, or it was lost, and it may work in a moment: the server "
                        "does not answer, is starting, or has no connection left",
                        "tries again"},
        ExitCodeMeaning{ExitCode::busy,
                        "busy: another cm-migrate is at work, a lock was not free after the last "
                        "retry, or an index is being built",
                        "tries again"},
        ExitCodeMeaning{ExitCode::not_verified,
                        "`status`: it could not be verified that the database is up to date",
                        "stops; the report says what is needed"},
        ExitCodeMeaning{ExitCode::misconfigured,
                        "the connection can never work as it is configured: a malformed URL, a "
                        "wrong password, a missing database, no CONNECT privilege, a certificate "
                        "that is not trusted",
                        "stops; trying again does not help"},
        ExitCodeMeaning{ExitCode::interrupted, "interrupted (Ctrl-C, SIGTERM)",
                        "as it likes: nothing goes on in the background"}};
    return all;
}

std::string explain_exit_code(std::string_view number) {
    auto const all = exit_codes();
    auto const found = std::find_if(all.begin(), all.end(), [&](ExitCodeMeaning const& one) {
        return fmt::to_string(static_cast<int>(one.code)) == number;
    });
    if (found == all.end()) {
        return {};
    }
    return fmt::format("# Exit code {}\n\n{}.\n\nA pipeline {}.\n", number, found->meaning,
                       found->in_a_pipeline);
}

}  // namespace cm::command

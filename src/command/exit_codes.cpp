// See exit_codes.hpp.
#include "command/exit_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cm::command {

std::span<ExitCodeMeaning const> exit_codes() {
    static constexpr std::array all{
        ExitCodeMeaning{ExitCode::ok, "success; `status`: everything is up to date", "continues"},
        ExitCodeMeaning{ExitCode::failure, "the command failed", "stops; the report says why"},
        ExitCodeMeaning{ExitCode::usage,
                        "invalid arguments, or confirmation is required and there is no terminal; "
                        "`diff --exit-code`: there is a difference",
                        "stops; the report names the option"},
        ExitCodeMeaning{ExitCode::pending, "`status`: migrations are pending", "deploys"},
        ExitCodeMeaning{ExitCode::drift,
                        "drift, or an edited or missing migration; `deploy --strict`: or one that "
                        "is out of order",
                        "stops"},
        ExitCodeMeaning{ExitCode::failed_migration,
                        "a migration failed, or an earlier failed migration blocks the command",
                        "stops"},
        ExitCodeMeaning{ExitCode::cannot_connect,
                        "could not connect, or the connection was lost, and a retry may work: the "
                        "server does not respond, is starting up, or has no free connections",
                        "retries"},
        ExitCodeMeaning{ExitCode::busy,
                        "busy: another cm-migrate is running, a lock timed out after the last "
                        "retry, or an index is being built",
                        "retries"},
        ExitCodeMeaning{ExitCode::not_verified,
                        "`status`: it could not be verified that the database is up to date",
                        "stops; the report says what is needed"},
        ExitCodeMeaning{
            ExitCode::misconfigured,
            "the connection cannot work as configured: an invalid URL, a wrong password, a missing "
            "database, no CONNECT privilege, an untrusted certificate",
            "stops; retrying does not help"},
        ExitCodeMeaning{ExitCode::interrupted, "interrupted (Ctrl-C, SIGTERM)",
                        "retries or stops: no statement is still running on the server"}};
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

// Refusals as libpq words them, in any language of the server.
#include "pg/connect_failure.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"

namespace cm::pg {
namespace {

std::string code(RefusedConnection const& refused) {
    try {
        throw_connect_failure(parse_url("postgresql://me:SECRET@localhost/db"), refused);
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.exit_code(), ExitCode::cannot_connect);
        EXPECT_FALSE(failed.diagnostics().front().helps.empty());
        return std::string(failed.diagnostics().front().code);
    }
}

TEST(ConnectFailure, FindsTheStateInAnyLanguage) {
    auto const refused = read_refusal(
        "connection to server at \"h\" (::1), port 5432 failed: FATALE:  3D000: il database \"x\" "
        "non esiste\nPOSIZIONE:  x.c\n",
        false);
    EXPECT_EQ(refused.sqlstate, "3D000");
    EXPECT_EQ(refused.reason, "il database \"x\" non esiste");
    EXPECT_EQ(code(refused), "CM0404");
}

TEST(ConnectFailure, TellsThemApart) {
    EXPECT_EQ(code(read_refusal("connection to server on socket \"/x/.s\" failed: No such file or "
                                "directory\n\tIs the server running locally?\n",
                                false)),
              "CM0402");
    EXPECT_EQ(code(read_refusal(
                  "could not translate host name \"nope\" to address: Name or service not known\n",
                  false)),
              "CM0402");
    EXPECT_EQ(code(read_refusal("connection to server at \"h\" (1.2.3.4), port 5432 failed: "
                                "fe_sendauth: no password supplied\n",
                                true)),
              "CM0403");
    EXPECT_EQ(
        code(read_refusal(
            "… failed: FATAL:  28P01: password authentication failed for user \"me\"\n", false)),
        "CM0403");
    EXPECT_EQ(
        code(read_refusal("… failed: FATAL:  53300: sorry, too many clients already\n", false)),
        "CM0405");
    EXPECT_EQ(code(read_refusal("connection to server at \"h\" (1.2.3.4), port 5432 failed: server "
                                "does not support SSL, but SSL was required\n",
                                false)),
              "CM0405");
}

}  // namespace
}  // namespace cm::pg

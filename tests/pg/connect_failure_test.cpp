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

TEST(ConnectFailure, OfSeveralAttemptsTheOneThatSaysMostIsTold) {
    // The server asks for TLS, and the password is wrong.
    auto const wrong_password = read_refusal(
        "connection to server at \"h\" (1.2.3.4), port 5432 failed: FATAL:  28P01: password "
        "authentication failed for user \"me\"\nLOCATION:  auth_failed, auth.c:326\n"
        "connection to server at \"h\" (1.2.3.4), port 5432 failed: FATAL:  28000: no pg_hba.conf "
        "entry for host \"5.6.7.8\", no encryption\nLOCATION:  ClientAuthentication, auth.c:545\n",
        false);
    EXPECT_EQ(wrong_password.sqlstate, "28P01");
    ASSERT_EQ(wrong_password.other_reasons.size(), 1U);
    EXPECT_NE(wrong_password.other_reasons.front().find("no encryption"), std::string::npos);
    // Nobody listens at the first address of the host.
    auto const second_address = read_refusal(
        "connection to server at \"localhost\" (::1), port 5432 failed: Connection refused\n\tIs "
        "the server running on that host and accepting TCP/IP connections?\n"
        "connection to server at \"localhost\" (127.0.0.1), port 5432 failed: FATAL:  28000: no\n",
        false);
    EXPECT_EQ(second_address.sqlstate, "28000");
    EXPECT_EQ(code(second_address), "CM0403");
    // The certificate does not fit, and without TLS the server lets nobody in.
    auto const certificate = read_refusal(
        "connection to server at \"h\" (1.2.3.4), port 5432 failed: SSL error: certificate verify "
        "failed\nconnection to server at \"h\" (1.2.3.4), port 5432 failed: FATAL:  28000: no\n",
        false);
    EXPECT_EQ(certificate.reason, "SSL error: certificate verify failed");
    EXPECT_EQ(code(certificate), "CM0405");
}

ExitCode exit_code(std::string_view message, bool needs_password = false) {
    try {
        throw_connect_failure(parse_url("postgresql://me:SECRET@localhost/db"),
                              read_refusal(message, needs_password));
    } catch (Failure const& failed) {
        return failed.exit_code();
    }
}

TEST(ConnectFailure, KnowsWhatMayPass) {
    std::string const at = "connection to server at \"h\" (1.2.3.4), port 5432 failed: ";
    for (std::string const passing :
         {"Connection refused", "timeout expired", "FATAL:  53300: sorry",
          "FATAL:  57P03: starting", "FATAL:  58000: out of memory",
          "FATAL:  08P01: server login has been failing",
          "server closed the connection unexpectedly", "SSL SYSCALL error: EOF detected"}) {
        EXPECT_EQ(exit_code(at + passing + "\n"), ExitCode::cannot_connect) << passing;
    }
    EXPECT_EQ(
        exit_code("could not translate host name \"h\" to address: Name or service not known"),
        ExitCode::cannot_connect);
}

TEST(ConnectFailure, KnowsWhatStaysUntilSomebodyChangesSomething) {
    std::string const at = "connection to server at \"h\" (1.2.3.4), port 5432 failed: ";
    for (std::string const lasting :
         {"FATAL:  28P01: password authentication failed", "FATAL:  28000: no pg_hba.conf entry",
          "FATAL:  3D000: database \"x\" does not exist", "FATAL:  42501: permission denied",
          "FATAL:  55000: database \"x\" is not currently accepting connections",
          "FATAL:  42704: unrecognized configuration parameter \"nonsense\"",
          "SSL error: certificate verify failed",
          "server does not support SSL, but SSL was required",
          "server certificate for \"a\" does not match host name \"b\"",
          "channel binding required, but server did not offer an authentication method"}) {
        EXPECT_EQ(exit_code(at + lasting + "\n"), ExitCode::misconfigured) << lasting;
    }
    EXPECT_EQ(exit_code(at + "fe_sendauth: no password supplied", true), ExitCode::misconfigured);
    EXPECT_EQ(exit_code("invalid sslmode value: \"maybe\"\n"), ExitCode::misconfigured);
    EXPECT_EQ(exit_code("could not match 2 port numbers to 1 hosts\n"), ExitCode::misconfigured);
    EXPECT_EQ(exit_code("definition of service \"x\" not found\n"), ExitCode::misconfigured);
}

}  // namespace
}  // namespace cm::pg

#include "pg/url.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"

namespace cm::pg {
namespace {

using Parameters = std::map<std::string, std::string>;

Parameters parse(std::string_view text) {
    return parse_url(text).parameters;
}

/// The whole refusal in one line.
std::string refusal(std::string_view text) {
    try {
        parse_url(text);
    } catch (Failure const& failed) {
        auto const& diagnostic = failed.diagnostics().front();
        EXPECT_EQ(diagnostic.code, "CM0401");
        EXPECT_EQ(failed.exit_code(), ExitCode::cannot_connect);
        return diagnostic.message + " | " + diagnostic.helps.front();
    }
    return "accepted";
}

TEST(Url, ReadsAllParts) {
    auto const url = parse_url(
        "postgresql://me:p%40ss%2F%3A@db.example.com:5433/my%20db?schema=my+app&sslmode=require");
    EXPECT_EQ(url.parameters, (Parameters{{"user", "me"},
                                          {"password", "p@ss/:"},
                                          {"host", "db.example.com"},
                                          {"port", "5433"},
                                          {"dbname", "my db"},
                                          {"sslmode", "require"}}));
    EXPECT_EQ(url.schema, "my+app");
}

TEST(Url, LeavesOutWhatIsNotGiven) {
    EXPECT_EQ(parse("postgres://"), Parameters{});
    EXPECT_EQ(parse("postgresql:///db"), (Parameters{{"dbname", "db"}}));
    EXPECT_EQ(parse("postgresql://h/"), (Parameters{{"host", "h"}}));
    EXPECT_EQ(parse("  postgresql://h?connect_timeout=3\n"),
              (Parameters{{"host", "h"}, {"connect_timeout", "3"}}));
    EXPECT_EQ(parse_url("postgresql://h/db").schema, "public");
    EXPECT_EQ(parse_url("postgresql://h/db?schema=").schema, "public");
}

TEST(Url, ReadsSocketsAndSeveralHosts) {
    EXPECT_EQ(parse("postgresql:///db?host=/run/pg"),
              (Parameters{{"dbname", "db"}, {"host", "/run/pg"}}));
    EXPECT_EQ(parse("postgresql://u@localhost/db?host=/run/pg"),
              (Parameters{{"user", "u"}, {"dbname", "db"}, {"host", "/run/pg"}}));
    EXPECT_EQ(parse("postgresql://u@%2Frun%2Fpg/db"),
              (Parameters{{"user", "u"}, {"dbname", "db"}, {"host", "/run/pg"}}));
    EXPECT_EQ(parse("postgresql://a:1,[::1]:2,c/db?target_session_attrs=read-write"),
              (Parameters{{"host", "a,::1,c"},
                          {"port", "1,2,"},
                          {"dbname", "db"},
                          {"target_session_attrs", "read-write"}}));
}

TEST(Url, IgnoresThePoolsParameters) {
    EXPECT_EQ(parse("postgresql://h/"
                    "db?connection_limit=5&pool_timeout=2&pgbouncer=true&socket_timeout=3&"
                    "statement_cache_size=0&foo=bar&application_name=x"),
              (Parameters{{"host", "h"}, {"dbname", "db"}, {"application_name", "x"}}));
}

TEST(Url, TranslatesPrismasCertificates) {
    EXPECT_EQ(parse("postgresql://h/?sslcert=ca.pem&sslmode=verify-ca"),
              (Parameters{{"host", "h"}, {"sslrootcert", "ca.pem"}, {"sslmode", "verify-ca"}}));
    EXPECT_EQ(parse("postgresql://h/?sslcert=c.pem&sslkey=k.pem"),
              (Parameters{{"host", "h"}, {"sslcert", "c.pem"}, {"sslkey", "k.pem"}}));
    EXPECT_EQ(parse("postgresql://h/?sslaccept=strict&sslcert=ca.pem"),
              (Parameters{{"host", "h"}, {"sslrootcert", "ca.pem"}, {"sslmode", "verify-full"}}));
    EXPECT_EQ(
        parse("postgresql://h/?sslaccept=accept_invalid_certs&sslcert=ca.pem&sslmode=require"),
        (Parameters{{"host", "h"}, {"sslmode", "require"}}));
    EXPECT_EQ(parse("postgresql://h/?ssl=true"),
              (Parameters{{"host", "h"}, {"sslmode", "require"}}));
    EXPECT_EQ(parse("postgresql://h/?sslcert=ca.pem&sslidentity=x.p12&sslpassword=secret"),
              (Parameters{{"host", "h"},
                          {"sslrootcert", "ca.pem"},
                          {"sslidentity", "x.p12"},
                          {"sslpassword", "secret"}}));
}

TEST(Url, ReadsKeywords) {
    EXPECT_EQ(parse("host=/run/pg dbname='my db' user=me"),
              (Parameters{{"host", "/run/pg"}, {"dbname", "my db"}, {"user", "me"}}));
}

TEST(Url, TakesTheLastAt) {
    EXPECT_EQ(parse("postgresql://me:p@ss@h/db"),
              (Parameters{{"user", "me"}, {"password", "p@ss"}, {"host", "h"}, {"dbname", "db"}}));
}

TEST(Url, RefusesWithoutShowingThePassword) {
    for (auto const* text :
         {"postgresql://me:SECRET/x@h:5432/db", "postgresql://me:SECRET%zz@h/db",
          "postgresql://me:SECRET?@h/db", "mysql://me:SECRET@h/db", "me:SECRET@h/db",
          "postgresql://me:SECRET@h:99999/db", "password=SECRET foo=bar",
          "postgresql://me:SECRET@[::1/db", "postgresql://me:SECRET%00@h/db", "password='SECRET"}) {
        auto const message = refusal(text);
        EXPECT_NE(message, "accepted") << text;
        EXPECT_EQ(message.find("SECRET"), std::string::npos) << message;
    }
    EXPECT_NE(refusal("mysql://h/db").find("`mysql:` is not PostgreSQL"), std::string::npos);
    EXPECT_NE(refusal("").find("empty"), std::string::npos);
    EXPECT_NE(refusal("postgresql://me:a/b@h:5432/db").find("percent-encoded"), std::string::npos);
}

TEST(Url, RefusesAnUnknownSslMode) {
    EXPECT_NE(refusal("postgresql://h/db?sslmode=maybe").find("`sslmode=maybe` is unknown"),
              std::string::npos);
    EXPECT_EQ(refusal("postgresql://h/db?sslmode=verify-full"), "accepted");
}

TEST(Url, ComesBackFromItsText) {
    for (auto const* text :
         {"postgresql://me:p%40%2F@h:5433/my%20db?sslmode=require&schema=a%22b",
          "postgresql://u@localhost/db?host=/run/my%20pg", "postgresql://a:1,[::1]:2,c/db",
          "postgresql:///db", "postgresql://[::1]/", "postgresql://u@localhost:6000/db?host=/x"}) {
        auto const url = parse_url(text);
        EXPECT_EQ(parse_url(to_text(url, ShowPassword::yes)), url)
            << to_text(url, ShowPassword::yes);
    }
    EXPECT_EQ(to_text(parse_url("postgresql://me:SECRET@h/db")), "postgresql://me@h/db");
    EXPECT_EQ(to_text(parse_url("postgresql:///db?host=/run/pg&user=u")),
              "postgresql://u@localhost/db?host=/run/pg");
}

TEST(Url, NamesServerAndDatabase) {
    EXPECT_EQ(server_address(parse_url("postgresql://h/db")), "h:5432");
    EXPECT_EQ(server_address(parse_url("postgresql://h,[::1]:7/db")), "h:5432, [::1]:7");
    EXPECT_EQ(server_address(parse_url("postgresql:///db?host=/run/pg")), "/run/pg");
    EXPECT_EQ(database_name(parse_url("postgresql://h/db")), "db");
    EXPECT_EQ(database_name(parse_url("postgresql://me@h")), "me");
    EXPECT_EQ(database_name(with_database(parse_url("postgresql://h/db"), "other")), "other");
}

}  // namespace
}  // namespace cm::pg

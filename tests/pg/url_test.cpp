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
        EXPECT_EQ(failed.exit_code(), ExitCode::misconfigured);
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
                    "statement_cache_size=0&supa=base-pooler.x&application_name=x"),
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
          "postgresql://me:SECRET@[::1/db", "postgresql://me:SECRET%00@h/db", "password='SECRET",
          "postgresql://me:a@SECRET?application_name=b@h/db"}) {
        auto const message = refusal(text);
        EXPECT_NE(message, "accepted") << text;
        EXPECT_EQ(message.find("SECRET"), std::string::npos) << message;
    }
    EXPECT_NE(refusal("mysql://h/db").find("`mysql:` is not PostgreSQL"), std::string::npos);
    EXPECT_NE(refusal("").find("empty"), std::string::npos);
    EXPECT_NE(refusal("\"postgresql://me:SECRET@h/db\"").find("starts with a quote"),
              std::string::npos);
    EXPECT_NE(refusal("prisma+postgres://accelerate.example/?api_key=SECRET").find("directUrl"),
              std::string::npos);
    EXPECT_NE(refusal("postgresql://me:a/b@h:5432/db").find("percent-encoded"), std::string::npos);
}

/// Whatever stands in a password that nobody has encoded, no piece of it becomes a host, a database
/// or the name of a parameter.
TEST(Url, NeverTakesAPieceOfAPasswordForSomethingElse) {
    for (std::string const user : {"postgresql://me", "postgres://me%40corp", "postgresql://"}) {
        for (std::string const password :
             {"12/SECRET", "SECRET/12", "12?SECRET", "SECRET?x=SECRET", "12#SECRET/x", "@/SECRET",
              "a@SECRET/b", "a@SECRET?b", "SECRET?a=b&c", "1@2?SECRET=1", "SECRET%", "SECRET%2",
              "100%SECRET", "a/b?SECRET#c@d", "SECRET@x/y@z", "SECRET:1/2", "[SECRET/",
              "1/SECRET?"}) {
            for (std::string const rest :
                 {"@db.example.com:5432/shop?schema=app", "@db.example.com/shop", "@db"}) {
                auto text = user;
                text += ":" + password + rest;
                try {
                    auto const url = parse_url(text);
                    EXPECT_EQ(url.parameters.at("password"), password) << text;
                    EXPECT_EQ(to_text(url).find("SECRET"), std::string::npos) << text;
                    EXPECT_TRUE(server_address(url).starts_with("db")) << text;
                } catch (Failure const& failure) {
                    auto const& diagnostic = failure.diagnostics().front();
                    for (auto const& words : {diagnostic.message, diagnostic.helps.front()}) {
                        EXPECT_EQ(words.find("SECRET"), std::string::npos) << text << "\n" << words;
                    }
                }
            }
        }
    }
}

TEST(Url, RefusesUnknownParameters) {
    EXPECT_NE(refusal("postgresql://h/db?sslmod=require").find("did you mean `sslmode`?"),
              std::string::npos);
    EXPECT_NE(refusal("postgresql://h/db?SSLMODE=require").find("did you mean `sslmode`?"),
              std::string::npos);
    EXPECT_NE(refusal("postgresql://h/db?conection_limit=1").find("`connection_limit`"),
              std::string::npos);
    EXPECT_NE(refusal("postgresql://h/db?search_path=app").find("schema=NAME"), std::string::npos);
    EXPECT_NE(
        refusal("postgresql://h/db?statement_timeout=5").find("options=-c%20statement_timeout"),
        std::string::npos);
    EXPECT_NE(refusal("host=h sslmod=require").find("did you mean `sslmode`?"), std::string::npos);
    EXPECT_NE(refusal("postgresql://h/db?connect_timeout=soon").find("not a number"),
              std::string::npos);
    EXPECT_NE(refusal("postgresql://h/db?ssl=ture").find("did you mean `ssl=true`?"),
              std::string::npos);
    EXPECT_NE(
        refusal("postgresql://h/db?sslaccept=strikt").find("did you mean `sslaccept=strict`?"),
        std::string::npos);
    // Behind a password in the query names may be pieces of it.
    EXPECT_EQ(refusal("postgresql://h/db?password=a&SECRET=b").find("SECRET"), std::string::npos);
    EXPECT_EQ(refusal("password=a SECRET=b").find("SECRET"), std::string::npos);
}

TEST(Url, TakesWhatLibpqAndPrismaKnow) {
    for (auto const* parameter : {"connection_limit=1",
                                  "pool_timeout=1",
                                  "socket_timeout=1",
                                  "pgbouncer=true",
                                  "statement_cache_size=1",
                                  "single_use_connections=true",
                                  "max_connection_lifetime=1",
                                  "max_idle_connection_lifetime=1",
                                  "sslaccept=strict",
                                  "sslidentity=x",
                                  "schema=x",
                                  "connect_timeout=1",
                                  "keepalives=0",
                                  "gssencmode=disable",
                                  "channel_binding=prefer",
                                  "target_session_attrs=any",
                                  "options=-c%20role%3Dx",
                                  "application_name=me@laptop",
                                  "service=x",
                                  "passfile=x",
                                  "hostaddr=127.0.0.1",
                                  "tcp_user_timeout=1",
                                  "ssl=true"}) {
        EXPECT_EQ(refusal(std::string("postgresql://u:p@h/db?") + parameter), "accepted")
            << parameter;
    }
}

TEST(Url, NamesTheSchemaOfAnythingThatLooksLikeAUrl) {
    EXPECT_EQ(schema_in("prisma://accelerate.example/?api_key=k&schema=my%20app"), "my app");
    EXPECT_EQ(schema_in("dummy-url"), "public");
    EXPECT_EQ(schema_in("file:./dev.db?schema="), "public");
}

TEST(Url, RefusesAnUnknownSslMode) {
    EXPECT_NE(refusal("postgresql://h/db?sslmode=maybe").find("unknown value `sslmode=maybe`"),
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

// What libpq says about its own options: with the library that is loaded, with a newer one from the
// npm servers, and with a list of the test's own.
#include "pg/libpq_options.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <filesystem>

#include "pg/late_libpq.hpp"
#include "pg/url.hpp"
#include "places.hpp"

namespace cm::pg {
namespace {

std::vector<std::string> secrets(std::vector<LibpqOption> const& options) {
    std::vector<std::string> names{};
    for (auto const& option : options) {
        if (option.is_secret && option.keyword != "replication") names.push_back(option.keyword);
    }
    return names;
}

PQconninfoOption option(char const* keyword, char const* mark) {
    PQconninfoOption result{};
    result.keyword = const_cast<char*>(keyword);
    result.dispchar = const_cast<char*>(mark);
    return result;
}

TEST(LibpqOptions, KnowsSecretsByTheirMark) {
    PQconninfoOption const list[] = {option("host", ""), option("future_token", "*"),
                                     option("future_key", "D"), option(nullptr, nullptr)};
    EXPECT_EQ(secrets(read_options(list)),
              (std::vector<std::string>{"future_token", "future_key"}));
}

TEST(LibpqOptions, KnowsThoseOfTheLoadedLibrary) {
    EXPECT_TRUE(is_secret("password"));
    EXPECT_TRUE(is_secret("sslpassword"));
    EXPECT_FALSE(is_secret("host"));
    EXPECT_TRUE(is_secret("nobody_knows_this"));
    EXPECT_TRUE(is_libpq_option("target_session_attrs"));
    EXPECT_FALSE(is_libpq_option("schema"));
}

TEST(LibpqOptions, KnowsThoseOfLibpq18) {
    auto const library = test::places::build / "servers/18/lib/libpq.so.5";
    if (!std::filesystem::exists(library)) {
        GTEST_SKIP() << "bash tests/fetch_servers.sh brings it: " << library;
    }
    auto* const loaded = open_library(library.c_str());
    auto const parse =
        reinterpret_cast<decltype(&PQconninfoParse)>(find_function(loaded, "PQconninfoParse"));
    auto const all = read_options(parse("", nullptr));
    for (auto const* name : {"password", "sslpassword", "oauth_client_secret", "scram_client_key",
                             "scram_server_key"}) {
        auto const found = secrets(all);
        EXPECT_NE(std::find(found.begin(), found.end(), name), found.end()) << name;
    }
}

TEST(LibpqOptions, AreNotShownWithTheUrl) {
    auto const text = to_text(parse_url("postgresql://u:SECRET@h/db?sslkey=k&sslpassword=SECRET"));
    EXPECT_EQ(text.find("SECRET"), std::string::npos) << text;
}

}  // namespace
}  // namespace cm::pg

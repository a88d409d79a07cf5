// Sessions and throw-away databases on the scratch cluster.
#include "support/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <pqxx/pqxx>
#include <random>
#include <stdexcept>
#include <thread>

#include "support/crowded_house.hpp"

namespace cm::test {

namespace {

/// The options of the URL, if it has some, take the place of the usual ones.
std::string with_usual_settings(std::string const& url) {
    if (url.find("options=") != std::string::npos) return url;
    std::string options{};
    for (char const c : std::string_view(usual_settings)) {
        options += c == ' ' ? "%20" : c == '=' ? "%3D" : std::string(1, c);
    }
    return fmt::format("{}{}options={}", url, url.find('?') == std::string::npos ? '?' : '&',
                       options);
}

constexpr auto pause = std::chrono::milliseconds(50);

}  // namespace

std::string fresh_name() {
    std::random_device random{};
    return fmt::format("case_{:08x}{:08x}", random(), random());
}

/// The script goes as one simple query, as psql -c sends it; transactions are the script's affair.
struct Session::Client {
    explicit Client(std::string const& url) : connection(with_usual_settings(url)) {}

    pqxx::result run(std::string const& script) {
        try {
            return pqxx::nontransaction(connection).exec(script);
        } catch (pqxx::sql_error const& error) {
            throw std::runtime_error(fmt::format("{}in: {}", error.what(), script));
        }
    }

    pqxx::result run_prepared(std::string const& query) {
        auto const [known, is_new] = names.try_emplace(query, fmt::format("q{}", names.size()));
        try {
            if (is_new) connection.prepare(known->second, query);
            return pqxx::nontransaction(connection).exec_prepared(known->second);
        } catch (pqxx::sql_error const& error) {
            throw std::runtime_error(fmt::format("{}in: {}", error.what(), query));
        }
    }

    pqxx::connection connection;
    std::map<std::string, std::string> names{};  // of prepared statements, by their text
};

namespace {

sql::Rows rows_of(pqxx::result const& result) {
    sql::Rows rows{};
    for (pqxx::row::size_type column = 0; column < result.columns(); ++column) {
        rows.columns.emplace_back(result.column_name(column));
    }
    for (auto const& row : result) {
        auto& fields = rows.fields.emplace_back();
        for (auto const& field : row) {
            if (field.is_null()) {
                fields.emplace_back(std::nullopt);
            } else {
                fields.emplace_back(field.c_str());
            }
        }
    }
    return rows;
}

}  // namespace

Session::Session(std::string const& url) : client_(std::make_unique<Client>(url)) {}

Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

void Session::execute(std::string const& script) {
    client_->run(script);
}

sql::Rows Session::fetch(std::string const& query) {
    return rows_of(client_->run(query));
}

sql::Rows Session::fetch_prepared(std::string const& query) {
    return rows_of(client_->run_prepared(query));
}

int server_version(Session& session) {
    return std::stoi(session.fetch("SHOW server_version_num").fields.at(0).at(0).value()) / 10000;
}

void complete(Session& session) {
    if (server_version(session) < 13) session.execute("CREATE EXTENSION pgcrypto");
}

std::optional<std::string> server_url() {
    auto const* url = std::getenv("CM_TEST_URL");
    if (url == nullptr || *url == '\0') return std::nullopt;
    return url;
}

std::string with_user_and_database(std::string const& url, std::string_view user,
                                   std::string_view database) {
    auto const scheme_end = url.find("://");
    if (scheme_end == std::string::npos) throw std::runtime_error("CM_TEST_URL is not a URL");
    auto const host = std::max(scheme_end + 3, url.rfind('@') + 1);
    auto const path = std::min(url.find('/', host), url.size());
    return fmt::format("{}{}@{}/{}", url.substr(0, scheme_end + 3), user,
                       url.substr(host, path - host), database);
}

TestDatabase::TestDatabase(std::string const& server, RoleRights rights, Neighbours neighbours)
    : server_(server), name_(fresh_name()), url_(with_user_and_database(server, name_, name_)) {
    Session session(server_);
    session.execute(fmt::format("CREATE ROLE {} LOGIN {}", name_,
                                rights == RoleRights::superuser ? "SUPERUSER" : "NOCREATEDB"));
    if (neighbours == Neighbours::none || !house::is_open_to_this_test()) {
        session.execute(fmt::format("CREATE DATABASE {0} OWNER {0} TEMPLATE template0", name_));
    } else {
        house::make_database(session, name_);
        neighbours_ = house::first_digest(session);
    }
}

namespace {

/// WITH (FORCE) by hand: PostgreSQL 12 does not know it.
void drop_database(Session& session, std::string const& name) {
    session.execute(fmt::format(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", name));
    session.execute(fmt::format("DROP DATABASE IF EXISTS \"{}\"", name));
}

/// Roles whose names begin with the test's: dropped with its databases gone, and told, since a test
/// removes what it has made of the server.
std::string drop_roles_of_test(Session& session, std::string const& name) {
    std::string names{};
    auto const left = session.fetch(
        fmt::format("SELECT rolname FROM pg_roles WHERE rolname LIKE '{}\\_%' ORDER BY 1", name));
    for (auto const& row : left.fields) {
        auto const& role = row.at(0).value();
        session.execute(fmt::format("DROP ROLE \"{}\"", role));
        names += (names.empty() ? "" : " ") + role;
    }
    return names;
}

}  // namespace

TestDatabase::~TestDatabase() {
    try {
        EXPECT_EQ(left_behind(), "");
        if (!neighbours_.empty()) {
            EXPECT_EQ(house::disturbance(server_, name_, neighbours_), "") << "the neighbours";
        }
        Session session(server_);
        drop_database(session, name_);
        auto const others = session.fetch(
            fmt::format("SELECT datname FROM pg_database WHERE datdba = '{}'::regrole", name_));
        for (auto const& row : others.fields) {
            drop_database(session, row.at(0).value());
        }
        EXPECT_EQ(drop_roles_of_test(session, name_), "") << "roles that the test has left";
        session.execute(fmt::format("DROP ROLE {}", name_));
    } catch (std::exception const& error) {
        fmt::print(stderr, "test database {}: {}\n", name_, error.what());
    }
}

std::string TestDatabase::wait_for_none(std::string const& query,
                                        std::chrono::milliseconds patience) const {
    Session session(server_);
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto found = session.fetch(query).fields.at(0).at(0).value();
        if (found.empty() || std::chrono::steady_clock::now() > deadline) return found;
        std::this_thread::sleep_for(pause);
    }
}

std::string TestDatabase::scratch_databases_left(std::chrono::milliseconds patience) const {
    return wait_for_none(
        fmt::format("SELECT coalesce(string_agg(datname, ' '), '') FROM pg_database"
                    " WHERE datname LIKE 'cm\\_migrate\\_scratch\\_%' AND datdba = '{}'::regrole",
                    name_),
        patience);
}

std::string TestDatabase::left_behind(std::chrono::milliseconds patience) const {
    auto const sessions = wait_for_none(
        fmt::format(
            "SELECT coalesce(string_agg(format('session %s, %s: %s', pid, state, query), "
            "E'\\n'), '') FROM pg_stat_activity WHERE usename = '{}' AND application_name = "
            "'cm-migrate'",
            name_),
        patience);
    return sessions + scratch_databases_left(patience);
}

}  // namespace cm::test

// The tests' own client, libpqxx: what src/pg does is judged by somebody else's connection.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sql/rows.hpp"

namespace cm::test {

/// A session; every failure is a std::runtime_error with the server's message.
class Session {
  public:
    explicit Session(std::string const& url);
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();
    void execute(std::string const& script);
    sql::Rows fetch(std::string const& query);
    /// The same for a statement that the session asks again and again, as those that read the
    /// catalog: the server reads and plans it once.
    sql::Rows fetch_prepared(std::string const& query);

  private:
    struct Client;  // libpqxx's headers cost each test that would include them a second

    std::unique_ptr<Client> client_;
};

/// Options of a session in which values are shown as usual, whatever a database has set.
inline constexpr char const* usual_settings =
    "-c datestyle=ISO -c intervalstyle=postgres -c timezone=UTC -c extra_float_digits=1 -c "
    "bytea_output=hex -c quote_all_identifiers=off -c xmloption=content -c statement_timeout=0 -c "
    "lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c jit=off";

/// Unique among test processes that run at the same time.
std::string fresh_name();

/// The major version of the server.
int server_version(Session& session);

/// Gives a database of PostgreSQL 12 what later servers have built in and its users take from
/// pgcrypto: gen_random_uuid().
void complete(Session& session);

/// The superuser's URL of the scratch cluster that tests/run.sh started (CM_TEST_URL); none without
/// a server.
std::optional<std::string> server_url();

/// May the role that owns a test's database make other databases?
enum class RoleRights { superuser, no_createdb };

/// Other people's objects and settings in a test's database (support/crowded_house.hpp).
enum class Neighbours { as_many_as_there_are, none };

/// A database of one test, with a role of its own: what that role leaves behind can be told from
/// what other tests, which run at the same time, are doing. If anything is left at the end, or the
/// neighbours are not as they were, the test has failed.
class TestDatabase {
  public:
    explicit TestDatabase(std::string const& server, RoleRights rights = RoleRights::superuser,
                          Neighbours neighbours = Neighbours::as_many_as_there_are);
    TestDatabase(TestDatabase const&) = delete;
    TestDatabase& operator=(TestDatabase const&) = delete;
    ~TestDatabase();

    std::string const& name() const { return name_; }  ///< of both the database and the role

    std::string const& url() const { return url_; }

    /// Databases of this role with names `cm_migrate_scratch_…`, waiting a while for them to go.
    std::string scratch_databases_left(
        std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

    bool has_neighbours() const { return !neighbours_.empty(); }

    /// The neighbours (support/crowded_house.hpp) have been joined by more of their kind, which
    /// must be there at the end, too.
    void settle_again();

    /// Those, and sessions of cm-migrate (a lock belongs to a session).
    std::string left_behind(std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

  private:
    /// Waits a while for the query's only value to be empty.
    std::string wait_for_none(std::string const& query, std::chrono::milliseconds patience) const;

    std::string server_{};
    std::string name_{};
    std::string url_{};
    std::string neighbours_{};  ///< their digest; empty where there are none
};

/// `postgresql://user@host:port/database` with another user and database.
std::string with_user_and_database(std::string const& url, std::string_view user,
                                   std::string_view database);

}  // namespace cm::test

/// Leaves the test, reported as skipped, when there is no server to run it on.
#define CM_NEEDS_SERVER()          \
    if (!::cm::test::server_url()) \
    GTEST_SKIP() << "no server: CM_TEST_URL is not set (tests/run.sh sets it)"

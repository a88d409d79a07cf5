// A session with a server, over libpq. Errors arrive as SqlError with PostgreSQL's own fields.
#pragma once
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "pg/url.hpp"
#include "sql/rows.hpp"

namespace cm::pg {

/// What the server said when a statement failed.
struct ServerMessage {
    std::string severity{};
    std::string sqlstate{};  ///< five characters; empty if the connection was lost
    std::string message{};
    std::string detail{};
    std::string hint{};
    std::string context{};
    std::string schema{}, table{}, column{}, constraint{};
    int position{};  ///< 1-based, in characters of the text that was sent; 0 if unknown
    std::string disconnect_sqlstate{};  ///< if the connection was lost: the SQLSTATE that the
                                        ///< server gave, if it could say anything. It has undone
                                        ///< the open transaction then
    std::string internal_query{};  ///< of a function or an extension: not in the text that was sent
};

/// A failed statement or a lost connection. Stays inside pg, history and engine; commands see
/// Failure.
class SqlError : public std::runtime_error {
  public:
    explicit SqlError(ServerMessage message, std::size_t completed = 0);

    ServerMessage const& server() const { return message_; }

    bool connection_lost() const { return message_.sqlstate.empty(); }

    /// How many statements of the script had succeeded before: the index of the one to blame.
    std::size_t completed() const { return completed_; }

  private:
    ServerMessage message_{};
    std::size_t completed_{};
};

/// Byte offset in `text` of the server's 1-based character position.
std::size_t byte_offset(std::string_view text, int character_position);

/// Hears of a statement that has been running for a while: see Connection::on_wait.
struct WaitListener {
    std::function<void(std::chrono::milliseconds)> told{};
    std::chrono::milliseconds first{1000};
};

class Connection {
  public:
    /// Connects, with application_name "cm-migrate" unless the URL gives one and search_path set to
    /// the URL's schema. Throws Failure with ExitCode::cannot_connect: CM0402 no server, CM0403
    /// wrong password or role, CM0404 no such database, CM0405 anything else.
    /// `meanwhile` is what can be done while the server starts; if it throws, so does this.
    explicit Connection(Url url, std::function<void()> const& meanwhile = {});
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    Url const& url() const;
    int server_version() const;  ///< 150018
    int backend_pid() const;

    /// One statement, parameters as text ($1 …). Throws SqlError.
    sql::Rows fetch(std::string_view query,
                    std::vector<std::optional<std::string>> const& parameters = {});
    /// The rows of each statement that gives some, in one round trip. Throws SqlError.
    std::vector<sql::Rows> fetch_all(std::string_view script);
    /// One or more statements in one round trip, results thrown away. `data` is what their COPY …
    /// FROM STDIN read, each in turn. Throws SqlError.
    void execute(std::string_view script, std::vector<std::string_view> const& data = {});
    /// Takes back what a script may have done to the encoding in which we talk to the server.
    void keep_utf8();
    /// In a transaction block, a failed one too.
    bool in_transaction() const;
    /// The limits on time that the server, the database or the role set for ordinary work do not
    /// apply to this session: for work of our own.
    void lift_limits();
    /// SQL that takes back what a script may have SET: role, search_path and all other settings.
    /// Safe in a transaction.
    std::string reset_statements() const;
    /// A Fetch over this connection; it must outlive the function.
    sql::QueryFunction reader();
    /// NOTICE, WARNING … arrive here while a statement runs. Of several that were sent together
    /// libpq does not tell which one it is.
    void on_notice(std::function<void(ServerMessage const&)> listener);
    /// Called when a statement has been running for a while, and then once a second, with the time
    /// since it was sent. May use other connections, never this one. Gives back the listener
    /// before.
    WaitListener on_wait(WaitListener listener);
    /// How long a statement that only looks may wait for a lock; zero: as long as the server says.
    void set_read_lock_timeout(std::chrono::milliseconds timeout);
    std::chrono::milliseconds read_lock_timeout() const;
    /// Who should hear, in one line, of a statement that only looks and waits for somebody's lock.
    void on_read_wait(std::function<void(std::string_view)> listener);
    std::function<void(std::string_view)> const& read_wait_listener() const;
    /// How long statements that only look have waited for locks so far.
    void add_read_wait(std::chrono::milliseconds time);
    std::chrono::milliseconds read_waited() const;
    /// A new session in place of one that was lost; listeners stay. Throws Failure like the
    /// constructor.
    void reconnect();

  private:
    void connect(std::function<void()> const& meanwhile);

    struct Session;
    std::unique_ptr<Session> session_;
};

/// 150018 → 15
constexpr int major_version(int server_version) {
    constexpr int of_one_major = 10'000;
    return server_version / of_one_major;
}

/// `SET LOCAL lock_timeout = …;` for a script that only looks; empty if the server's limit holds.
std::string read_lock_limit(Connection const& connection);

/// BEGIN … COMMIT; rolls back unless committed.
class Transaction {
  public:
    explicit Transaction(Connection& connection, std::string_view begin = "BEGIN");
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction();
    void commit();

  private:
    Connection& connection_;
    bool open_ = true;
};

/// Ctrl-C and SIGTERM: the running statement is cancelled and the next call throws Failure with
/// ExitCode::interrupted, so that scratch databases and servers are removed on the way out.
void install_interrupt_handler();
/// Throws that Failure if an interrupt has arrived.
void throw_if_interrupted();

/// Sleeps; throws that Failure soon after an interrupt has arrived.
void pause(std::chrono::milliseconds time);

/// While one of these lives, an interrupt that has arrived no longer stops statements: for tidying
/// up.
class InterruptsIgnored {
  public:
    InterruptsIgnored();
    InterruptsIgnored(InterruptsIgnored const&) = delete;
    InterruptsIgnored& operator=(InterruptsIgnored const&) = delete;
    ~InterruptsIgnored();
};

/// A failed statement as a Failure for the user, where no migration is to blame (CM0406).
[[noreturn]] void throw_failure(SqlError const& error, std::string_view doing_what);

}  // namespace cm::pg

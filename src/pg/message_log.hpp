// What the log says of a message to the server and its answers. Does nothing while the log is off.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/elapsed.hpp"
#include "base/log.hpp"

struct pg_result;

namespace cm::pg {

/// One message, written when this goes: each statement with its rows or its error. Statements that
/// are sent together are answered together, so that only the whole of them has a duration.
class MessageLog {
  public:
    /// Whose session it is.
    struct Session {
        std::string database{};
        int backend_pid{};
    };

    /// `text` must live as long as this does.
    MessageLog(Session const& session, std::string_view text) : session_(session), text_(text) {}

    MessageLog(MessageLog const&) = delete;
    MessageLog& operator=(MessageLog const&) = delete;
    ~MessageLog();

    void add(pg_result* result) {
        if (is_on_) keep(result);
    }

  private:
    struct Answer {
        std::string command{};  ///< "INSERT 0 5"
        long rows{};
        std::string sqlstate{};
        std::string error{};
    };

    void keep(pg_result* result);
    void write(std::string_view sql, Answer const& answer,
               std::optional<std::chrono::steady_clock::duration> elapsed) const;

    bool is_on_ = log::is_on(log::Level::debug);
    Session const& session_;
    std::string_view text_;
    std::vector<Answer> answers_{};
    Stopwatch time_{};
};

}  // namespace cm::pg

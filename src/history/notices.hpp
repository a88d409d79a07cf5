// Hands on what the server tells while statements of a script run, and nothing that it tells at
// other times.
#pragma once
#include "history/run_script.hpp"

namespace cm::history {

/// While it lives, notices go to `options.notice`. What is sent around the script in the same
/// message (BEGIN, SET, the record, COMMIT) causes none of its own.
class NoticesHeard {
  public:
    NoticesHeard(pg::Connection& connection, RunOptions const& options)
        : connection_(connection), is_on_(options.notice != nullptr) {
        if (is_on_) connection_.on_notice(options.notice);
    }

    NoticesHeard(NoticesHeard const&) = delete;
    NoticesHeard& operator=(NoticesHeard const&) = delete;

    ~NoticesHeard() {
        if (is_on_) connection_.on_notice({});
    }

  private:
    pg::Connection& connection_;
    bool is_on_{};
};

}  // namespace cm::history

// A session as it was before a script ran in it.
#pragma once
#include <string_view>

#include "pg/connection.hpp"

namespace cm::history {

/// `restore` brings back what the script may have given away, before anybody else notices. Throws
/// Failure CM0407 if somebody has.
void roll_back(pg::Connection& connection, std::string_view restore);

/// Rolls back what is open and takes back settings, however a script ends.
class SessionReset {
  public:
    SessionReset(pg::Connection& connection, std::string_view restore)
        : connection_(connection), restore_(restore) {}

    SessionReset(SessionReset const&) = delete;
    SessionReset& operator=(SessionReset const&) = delete;
    ~SessionReset();

    void is_tidy() { tidy_ = true; }

  private:
    pg::Connection& connection_;
    std::string_view restore_{};
    bool tidy_ = false;
};

}  // namespace cm::history

// What the server tells while migrations are applied (NOTICE, WARNING …), as much of it as somebody
// will read.
#pragma once
#include <cstddef>
#include <functional>
#include <string>

#include "pg/connection.hpp"

namespace cm::engine {

/// One thing that the server told, or how many more there were.
struct Notice {
    std::string migration{};
    pg::ServerMessage const* message{};  ///< none: the rest is only counted
    std::size_t left_out{};
};

/// A loop may raise a million of them: the first of each migration are handed on, the others
/// counted.
class NoticeFilter {
  public:
    NoticeFilter(std::function<void(Notice const&)> told, std::size_t most)
        : told_(std::move(told)), most_(most) {}

    /// From now on it is about this migration; tells how many of the one before were left out.
    void begin(std::string migration);
    void hear(pg::ServerMessage const& message);
    void end();

  private:
    std::function<void(Notice const&)> told_{};
    std::size_t most_{};
    std::string migration_{};
    std::size_t heard_{};
};

}  // namespace cm::engine

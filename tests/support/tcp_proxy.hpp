// A server that is far away: passes bytes on, each after a delay, and counts round trips.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <string>

namespace cm::test {

/// A port of 127.0.0.1 on which nobody listens.
int free_port();

class TcpProxy {
  public:
    /// In front of the server of `url`; `delay` is for each direction.
    TcpProxy(std::string const& url, std::chrono::milliseconds delay);
    TcpProxy(TcpProxy const&) = delete;
    TcpProxy& operator=(TcpProxy const&) = delete;
    ~TcpProxy();

    /// The same database through the proxy.
    std::string const& url() const { return url_; }

    /// How often a client spoke after the server had, over all connections.
    long round_trips() const;

  private:
    std::string url_{};
    pid_t process_{};
    long* count_{};  ///< shared with the process
};

}  // namespace cm::test

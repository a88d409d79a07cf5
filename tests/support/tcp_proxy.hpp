// A server that is far away, or behind a line that breaks: passes bytes on, each after a delay,
// counts round trips, and cuts a connection off where it is told to.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <string>

namespace cm::test {

/// A port of 127.0.0.1 on which nobody listens.
int free_port();

/// Where the line breaks, once: at the client's message with these words in it.
struct Cut {
    std::string words{};
    bool arrives{};                    ///< the server gets the message, and only its answer is lost
    std::chrono::milliseconds dark{};  ///< how long after that nobody gets through
    int spared{};                      ///< so many messages with these words get through before
};

class TcpProxy {
  public:
    /// In front of the server of `url`; `delay` is for each direction.
    TcpProxy(std::string const& url, std::chrono::milliseconds delay, Cut const& cut = {});
    TcpProxy(TcpProxy const&) = delete;
    TcpProxy& operator=(TcpProxy const&) = delete;
    ~TcpProxy();

    /// The same database through the proxy.
    std::string const& url() const { return url_; }

    /// How often a client spoke after the server had, over all connections.
    long round_trips() const;
    /// The line was broken.
    bool has_cut() const;

    /// What the processes share.
    struct Shared {
        long count{};
        long met{};  ///< messages with the words of the cut
        long cuts{};
        long dark_until{};  ///< milliseconds of the steady clock
    };

  private:
    std::string url_{};
    pid_t process_{};
    Shared* shared_{};
};

}  // namespace cm::test

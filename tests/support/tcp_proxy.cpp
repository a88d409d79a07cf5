// See tcp_proxy.hpp. A process for the proxy and one for each connection: simple, and no threads in
// the tests.
#include "support/tcp_proxy.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <new>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace cm::test {

namespace {

sockaddr_in local_address(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

sockaddr const* generic(sockaddr_in const& address) {
    return reinterpret_cast<sockaddr const*>(&address);
}

bool write_all(int to, char const* bytes, ssize_t count) {
    while (count > 0) {
        auto const written = write(to, bytes, static_cast<std::size_t>(count));
        if (written <= 0) return false;
        bytes += written;
        count -= written;
    }
    return true;
}

/// What a proxy does with what it passes on.
struct Behavior {
    int server_port{};
    std::chrono::milliseconds delay{};
    Cut cut{};
};

/// Reads the server's answer to its end: ReadyForQuery.
void swallow_answer(int server) {
    std::string answer{};
    std::array<char, 65536> buffer{};
    while (answer.size() < 6 || answer.compare(answer.size() - 6, 5, std::string("Z\0\0\0\5", 5))) {
        auto const got = read(server, buffer.data(), buffer.size());
        if (got <= 0) return;
        answer.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

long milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// True if the line breaks at this message of the client's.
bool breaks(std::string_view message, int server, Cut const& cut, TcpProxy::Shared& shared) {
    if (cut.words.empty() || message.find(cut.words) == std::string_view::npos) return false;
    if (__atomic_fetch_add(&shared.met, 1, __ATOMIC_SEQ_CST) < cut.spared) return false;
    if (__atomic_fetch_add(&shared.cuts, 1, __ATOMIC_SEQ_CST) > 0) return false;
    __atomic_store_n(&shared.dark_until, milliseconds_now() + cut.dark.count(), __ATOMIC_SEQ_CST);
    if (cut.arrives && write_all(server, message.data(), static_cast<ssize_t>(message.size()))) {
        swallow_answer(server);
    }
    return true;
}

/// One connection: both directions, until either side has ended.
void serve(int client, Behavior const& behavior, TcpProxy::Shared& shared) {
    auto const address = local_address(behavior.server_port);
    int const server = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(server, generic(address), sizeof address) != 0) return;
    int const on = 1;
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::array<char, 65536> buffer{};
    bool server_spoke = true;
    for (;;) {
        std::array<pollfd, 2> both{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        if (poll(both.data(), both.size(), -1) <= 0) return;
        for (auto const& side : both) {
            if (side.revents == 0) continue;
            auto const got = read(side.fd, buffer.data(), buffer.size());
            if (got <= 0) return;
            if (side.fd == client && server_spoke) {
                __atomic_add_fetch(&shared.count, 1, __ATOMIC_SEQ_CST);
            }
            server_spoke = side.fd == server;
            std::this_thread::sleep_for(behavior.delay);
            std::string_view const message(buffer.data(), static_cast<std::size_t>(got));
            if (side.fd == client && breaks(message, server, behavior.cut, shared)) return;
            if (!write_all(side.fd == client ? server : client, buffer.data(), got)) return;
        }
    }
}

[[noreturn]] void accept_all(int listener, Behavior const& behavior, TcpProxy::Shared& shared) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int const client = accept(listener, nullptr, nullptr);
        if (client < 0) _exit(1);
        auto const dark_until = __atomic_load_n(&shared.dark_until, __ATOMIC_SEQ_CST);
        if (milliseconds_now() >= dark_until && fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            serve(client, behavior, shared);
            _exit(0);
        }
        close(client);
    }
}

}  // namespace

int free_port() {
    int const handle = socket(AF_INET, SOCK_STREAM, 0);
    auto address = local_address(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    bool const ok = bind(handle, any, size) == 0 && getsockname(handle, any, &size) == 0;
    close(handle);
    if (!ok) throw std::runtime_error("no free port on 127.0.0.1");
    return ntohs(address.sin_port);
}

TcpProxy::TcpProxy(std::string const& url, std::chrono::milliseconds delay, Cut const& cut) {
    auto const colon = url.find(':', url.find('@'));
    auto const slash = url.find('/', colon);
    auto const server_port = std::stoi(url.substr(colon + 1, slash - colon - 1));
    auto const port = free_port();
    url_ =
        fmt::format("{}127.0.0.1:{}{}", url.substr(0, url.find('@') + 1), port, url.substr(slash));
    auto* const shared =
        mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) throw std::runtime_error("no shared memory");
    shared_ = new (shared) Shared{};
    int const listener = socket(AF_INET, SOCK_STREAM, 0);
    int const on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto const address = local_address(port);
    if (bind(listener, generic(address), sizeof address) != 0 || listen(listener, 64) != 0) {
        throw std::runtime_error("the proxy cannot listen");
    }
    process_ = fork();
    if (process_ == 0) accept_all(listener, {server_port, delay, cut}, *shared_);
    close(listener);
}

TcpProxy::~TcpProxy() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    munmap(shared_, sizeof(Shared));
}

long TcpProxy::round_trips() const {
    return __atomic_load_n(&shared_->count, __ATOMIC_SEQ_CST);
}

bool TcpProxy::has_cut() const {
    return __atomic_load_n(&shared_->cuts, __ATOMIC_SEQ_CST) > 0;
}

}  // namespace cm::test

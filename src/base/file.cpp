// See file.hpp. Writing goes through a file beside the target, because only rename is atomic.
#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <iterator>
#include <system_error>

#include "base/assert.hpp"
#include "base/diagnostic.hpp"

namespace cm {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}

    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    ~Descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }

    int value() const { return value_; }

  private:
    int value_;
};

std::string reason(int error_number) {
    return std::generic_category().message(error_number);
}

[[noreturn]] void fail_to_read(std::filesystem::path const& path, int error_number) {
    throw Failure(error("CM0010", "cannot read `{}`: {}", path.string(), reason(error_number))
                      .help("check the path and its permissions"));
}

[[noreturn]] void fail_to_write(std::filesystem::path const& path, int error_number) {
    throw Failure(error("CM0011", "cannot write `{}`: {}", path.string(), reason(error_number))
                      .help("check the permissions of the folder, and that the disk is not full"));
}

/// One `read` for an ordinary file; what has no size is read to its end.
std::string read_all(Descriptor const& file, std::string const& path) {
    struct stat status {};

    auto const is_known = ::fstat(file.value(), &status) == 0 && S_ISREG(status.st_mode);
    auto const size = is_known ? static_cast<std::size_t>(status.st_size) : 0;
    constexpr std::size_t piece = 65536;
    std::string text(size == 0 ? piece : size, '\0');
    std::size_t end = 0;
    while (true) {
        auto const count = ::read(file.value(), text.data() + end, text.size() - end);
        if (count < 0 && errno != EINTR) {
            fail_to_read(path, errno);
        }
        end += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        if (count == 0 || (end > 0 && end == size)) {
            text.resize(end);
            return text;
        }
        if (end == text.size()) {
            text.resize(2 * text.size());
        }
    }
}

/// `opened` is what open() gave; `path` is for the message.
std::optional<std::string> read_if_opened(int opened, std::string const& path) {
    Descriptor const file(opened);
    if (file.value() < 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return {};
        }
        fail_to_read(path, errno);
    }
    return read_all(file, path);
}

/// Zero, or the error number.
int write_all(int file, std::string_view text) {
    while (!text.empty()) {
        auto const count = ::write(file, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        if (count > 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    return ::fsync(file) == 0 || errno == EINVAL ? 0 : errno;
}

mode_t mode_of(std::filesystem::path const& path) {
    struct stat status {};

    return ::stat(path.c_str(), &status) == 0 ? (status.st_mode & 07777U) : 0;
}

/// A symbolic link stays one; the file that it names is replaced.
std::filesystem::path behind_links(std::filesystem::path const& path) {
    std::error_code failed{};
    auto const resolved = std::filesystem::canonical(path, failed);
    return failed ? path : resolved;
}

}  // namespace

std::string read_file(std::filesystem::path const& path) {
    auto text = read_file_if_exists(path);
    if (!text) {
        fail_to_read(path, ENOENT);
    }
    return std::move(*text);
}

std::optional<std::string> read_file_if_exists(std::filesystem::path const& path) {
    return read_if_opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path.native());
}

OpenFolder::OpenFolder(std::filesystem::path const& path)
    : path_(path.native() + '/'),
      descriptor_(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ < 0) fail_to_read(path, errno);
}

OpenFolder::~OpenFolder() {
    ::close(descriptor_);
}

std::string read_standard_input() {
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

std::optional<std::string> OpenFolder::read_file_if_exists(std::string const& path) const {
    CM_ASSERT(path.starts_with(path_));
    return read_if_opened(::openat(descriptor_, path.c_str() + path_.size(), O_RDONLY | O_CLOEXEC),
                          path);
}

void write_file(std::filesystem::path const& path, std::string_view text) {
    auto const target = behind_links(path);
    auto const beside = target.string() + fmt::format(".{}.tmp", ::getpid());
    Descriptor const file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.value() < 0) {
        fail_to_write(path, errno);
    }
    RemovalGuard guard(beside);
    if (auto const mode = mode_of(target); mode != 0) {
        ::fchmod(file.value(), mode);
    }
    if (auto const failed = write_all(file.value(), text); failed != 0) {
        fail_to_write(path, failed);
    }
    if (::rename(beside.c_str(), target.c_str()) != 0) {
        fail_to_write(path, errno);
    }
    guard.keep();
    auto const folder = target.has_parent_path() ? target.parent_path() : ".";
    Descriptor const parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent.value() >= 0) {
        ::fsync(parent.value());
    }
}

void remove_file(std::filesystem::path const& path) {
    std::error_code failed{};
    std::filesystem::remove(path, failed);
    if (failed) fail_to_write(path, failed.value());
    for (auto folder = path.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        // Refused where something is left in it.
        if (!std::filesystem::remove(folder, failed) || failed) return;
    }
}

bool is_present(std::filesystem::path const& path) {
    std::error_code failed{};
    return std::filesystem::status(path, failed).type() != std::filesystem::file_type::not_found;
}

bool is_folder(std::filesystem::path const& path) {
    std::error_code failed{};
    return std::filesystem::is_directory(path, failed);
}

void make_directory(std::filesystem::path const& path) {
    std::error_code failed{};
    std::filesystem::create_directories(path, failed);
    if (failed) {
        throw Failure(
            error("CM0012", "cannot create the folder `{}`: {}", path.string(), failed.message())
                .help("check the permissions of the parent folder"));
    }
}

void make_gitignored_directory(std::filesystem::path const& path) {
    make_directory(path);
    auto const ignore = path / ".gitignore";
    if (!is_present(ignore)) {
        write_file(ignore, "*\n");
    }
}

RemovalGuard::~RemovalGuard() {
    if (path_.empty()) {
        return;
    }
    std::error_code ignored{};
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace cm

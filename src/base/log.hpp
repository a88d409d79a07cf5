// What the program does, written entry by entry to a file for whoever has to find out later what
// happened. Off unless somebody asks for it; then nothing but one comparison is left of it.
// Passwords never reach the file.
#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace cm::log {

enum class Level { trace, debug, info, warning, error, off };

enum class Format { text, json };

struct Options {
    std::filesystem::path file{};
    Level level = Level::info;
    Format format = Format::text;
    bool operator==(Options const&) const = default;
};

/// `trace`, `debug`, `info`, `warning` (or `warn`), `error`.
std::optional<Level> level_named(std::string_view word);

/// From now on entries of that level and above are appended to the file, which only its owner may
/// read if it is made here. Throws Failure CM0014.
void open(Options const& options);

/// Opens the same file again, in a child process that has closed all files; stays off if that
/// fails.
void open_in_child() noexcept;

/// Why an entry could not be written; nothing was written since.
std::optional<std::string> const& failure();

namespace detail {
/// What is written; changed by `open` alone.
extern Level threshold;
}  // namespace detail

inline bool is_on(Level level) {
    return level >= detail::threshold;
}

/// A named value of an entry; texts need only live until it is written. An empty text and a value
/// that is none are left out.
struct Field {
    std::string_view name{};
    std::variant<std::monostate, std::int64_t, double, bool, std::string_view> value{};

    Field(std::string_view n, std::string_view text) : name(n), value(text) {}

    Field(std::string_view n, std::string const& text) : name(n), value(std::string_view(text)) {}

    Field(std::string_view n, char const* text) : name(n), value(std::string_view(text)) {}

    Field(std::string_view n, bool is_true) : name(n), value(is_true) {}

    template <class Number>

    requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
        Field(std::string_view n, Number number)
        : name(n), value(static_cast<std::int64_t>(number)) {}

    /// In milliseconds.
    template <class Count, class Period>
    Field(std::string_view n, std::chrono::duration<Count, Period> time)
        : name(n), value(std::chrono::duration<double, std::milli>(time).count()) {}

    template <class Value>
    Field(std::string_view n, std::optional<Value> const& known) : name(n) {
        if (known) *this = Field(n, *known);
    }
};

/// Writes an entry if its level is on: what happened, and its values. May be called from several
/// threads.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

/// An error that is not told to the user because something else counts; `during` says what was
/// tried.
void swallowed(std::string_view during, std::exception const& error);

/// The database that entries are about unless they name another one.
void set_database(std::string_view name);

/// While it lives, entries are about this migration.
class InMigration {
  public:
    explicit InMigration(std::string_view name);
    InMigration(InMigration const&) = delete;
    InMigration& operator=(InMigration const&) = delete;
    ~InMigration();
};

}  // namespace cm::log

// The only file that sees spdlog, whose sink and patterns are used without its registry of loggers.
// Its names are given another home: a program that embeds cm-migrate may have an spdlog of its own.
#include "base/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#define spdlog cm_spdlog
#define SPDLOG_PREVENT_CHILD_FD
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>

#include "base/diagnostic.hpp"
#include "base/display.hpp"
#include "base/hidden_passwords.hpp"
#include "base/utf8.hpp"

namespace cm::log {

namespace detail {
constinit Level threshold = Level::off;
}

namespace {

/// Of a longer text the beginning is written, unless everything is wanted.
constexpr std::size_t longest_text = 4000;

struct State {
    Options options{};
    std::shared_ptr<spdlog::logger> logger{};
    std::string database{};
    std::string migration{};
    std::optional<std::string> failure{};
};

State& state() {
    static State the_state{};
    return the_state;
}

spdlog::level::level_enum native(Level level) {
    switch (level) {
        case Level::trace:
            return spdlog::level::trace;
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
        case Level::off:
            break;
    }
    return spdlog::level::off;
}

/// spdlog puts the time, the level and the process in front.
char const* pattern(Format format) {
    return format == Format::json
               ? R"({"timestamp":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","process":%P,%v})"
               : "%Y-%m-%dT%H:%M:%S.%fZ %P %-7l %v";
}

void append_escape(std::string& out, char c) {
    switch (c) {
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        case '"':
        case '\\':
            out += '\\';
            break;
        default:
            break;
    }
    out += c;
}

/// A string of JSON; bytes that are no UTF-8 become U+FFFD.
void append_quoted(std::string& out, std::string_view text) {
    std::string quoted{'"'};
    while (!text.empty()) {
        auto const bad = utf8::find_invalid(text);
        for (auto const c : text.substr(0, bad.value_or(text.size()))) append_escape(quoted, c);
        if (!bad) break;
        quoted += "\xEF\xBF\xBD";
        text.remove_prefix(*bad + 1);
    }
    quoted += '"';
    out += visible_json(quoted);
}

bool is_plain(std::string_view text) {
    return text.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:/@+") ==
           std::string_view::npos;
}

std::string fit_to_write(std::string_view text) {
    auto shown = with_passwords_hidden(text);
    if (shown.size() > longest_text && !is_on(Level::trace)) {
        shown = std::string(utf8::cut(shown, longest_text)) + "…";
    }
    return shown;
}

/// One entry, put together behind what spdlog writes in front.
class Entry {
  public:
    Entry(Format format, std::string_view event) : is_json_(format == Format::json) {
        if (is_json_) {
            text_ += "\"event\":";
            append_quoted(text_, event);
        } else {
            text_ += event;
        }
    }

    void add(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        begin(name);
        auto const shown = fit_to_write(value);
        if (!is_json_ && is_plain(shown)) {
            text_ += shown;
        } else {
            append_quoted(text_, shown);
        }
    }

    void add(std::string_view, std::monostate) {}

    void add(std::string_view name, std::int64_t value) { append(name, fmt::to_string(value)); }

    void add(std::string_view name, double value) { append(name, fmt::format("{:.3f}", value)); }

    void add(std::string_view name, bool value) { append(name, value ? "true" : "false"); }

    std::string const& text() const { return text_; }

  private:
    void begin(std::string_view name) {
        if (is_json_) {
            text_ += ',';
            append_quoted(text_, name);
            text_ += ':';
        } else {
            text_ += ' ';
            text_ += name;
            text_ += '=';
        }
    }

    void append(std::string_view name, std::string_view value) {
        begin(name);
        text_ += value;
    }

    bool is_json_;
    std::string text_{};
};

std::shared_ptr<spdlog::logger> logger_for(Options const& options) {
    auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file.string());
    auto logger = std::make_shared<spdlog::logger>("cm-migrate", std::move(sink));
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        pattern(options.format), spdlog::pattern_time_type::utc));
    logger->set_level(native(options.level));
    // Entry by entry: a process that is killed leaves all that it has written.
    logger->flush_on(spdlog::level::trace);
    logger->set_error_handler([](std::string const& reason) {
        if (!state().failure) state().failure = reason;
        detail::threshold = Level::off;
    });
    return logger;
}

Failure cannot_open(std::filesystem::path const& file, std::string const& reason) {
    return Failure(error("CM0014", "the log file `{}` cannot be opened: {}", file.string(), reason)
                       .help("name a file that can be written with `--log-file` or in "
                             "CM_MIGRATE_LOG"),
                   ExitCode::usage);
}

/// Statements may hold what is nobody else's business.
void make_private_file(std::filesystem::path const& file) {
    auto const descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
    if (descriptor < 0) throw cannot_open(file, std::system_category().message(errno));
    ::close(descriptor);
}

}  // namespace

std::optional<Level> level_named(std::string_view word) {
    if (word == "trace") return Level::trace;
    if (word == "debug") return Level::debug;
    if (word == "info") return Level::info;
    if (word == "warning" || word == "warn") return Level::warning;
    if (word == "error") return Level::error;
    return {};
}

void open(Options const& options) {
    auto& current = state();
    current.options = options;
    std::error_code unknown{};
    auto const absolute = std::filesystem::absolute(options.file, unknown);
    if (!unknown) current.options.file = absolute;
    make_private_file(current.options.file);
    try {
        current.logger = logger_for(current.options);
    } catch (spdlog::spdlog_ex const& failed) {
        throw cannot_open(options.file, failed.what());
    }
    detail::threshold = options.level;
}

void open_in_child() noexcept {
    auto const level = std::exchange(detail::threshold, Level::off);
    if (level == Level::off) return;
    try {
        // The old one goes without being closed: its number may belong to another file by now.
        auto* const old = new std::shared_ptr<spdlog::logger>(std::move(state().logger));
        static_cast<void>(old);
        state().logger = logger_for(state().options);
        detail::threshold = level;
    } catch (...) {
        detail::threshold = Level::off;  // there is nobody to tell
    }
}

std::optional<std::string> const& failure() {
    return state().failure;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!is_on(level)) return;
    auto const& current = state();
    Entry entry(current.options.format, event);
    auto const is_given = [&](std::string_view name) {
        return std::any_of(fields.begin(), fields.end(),
                           [&](Field const& field) { return field.name == name; });
    };
    if (!is_given("database")) entry.add("database", std::string_view(current.database));
    if (!is_given("migration")) entry.add("migration", std::string_view(current.migration));
    for (auto const& field : fields) {
        std::visit([&](auto value) { entry.add(field.name, value); }, field.value);
    }
    current.logger->log(native(level), spdlog::string_view_t(entry.text()));
}

void swallowed(std::string_view during, std::exception const& error) {
    write(Level::warning, "error ignored", {{"during", during}, {"error", error.what()}});
}

void set_database(std::string_view name) {
    if (is_on(Level::error)) state().database = name;
}

InMigration::InMigration(std::string_view name) {
    if (is_on(Level::error)) state().migration = name;
}

InMigration::~InMigration() {
    if (is_on(Level::error)) state().migration.clear();
}

}  // namespace cm::log

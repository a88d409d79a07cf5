// See drizzle_config.hpp.
#include "engine/drizzle_config.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/file.hpp"
#include "base/process.hpp"
#include "engine/config_script/evaluate.hpp"
#include "pg/percent.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;
using config_script::Value;
using config_script::ValueKind;

constexpr std::array<std::string_view, 6> drizzle_extensions{".ts", ".mts", ".cts",
                                                             ".js", ".mjs", ".cjs"};

class DrizzleReader {
  public:
    DrizzleReader(FileId file, fs::path const& path, Environment const& environment,
                  SourceMap const& sources)
        : file_(file),
          root_(environment.working_directory),
          script_(config_script::parse_config_script(file, sources)),
          evaluator_(script_, path, environment, sources) {
        result_.common.file = std::string(sources.name(file));
    }

    DrizzleConfig read() {
        // drizzle-kit loads .env before it runs the file.
        result_.common.dotenv_files.push_back(root_ / ".env");
        for (auto const& one : evaluator_.dotenv_files())
            result_.common.dotenv_files.emplace_back(fs::path(one).lexically_normal());
        auto const whole = evaluator_.exported();
        auto out = std::string{"drizzle"};
        if (whole.is(ValueKind::object)) {
            read_members(whole, out);
        } else {
            result_.common.url.is_unclear = true;
            warn("the configuration in this file", whole, R"_("url": "env(DATABASE_URL)")_");
        }
        result_.common.migrations = ((root_ / out).lexically_normal() / "migrations").string();
        return std::move(result_);
    }

  private:
    void read_members(Value const& whole, std::string& out) {
        if (auto const text = text_of(whole, "dialect", {})) {
            refuse_other_dialect(*text);
            result_.dialect = *text;
        }
        if (auto const text = text_of(whole, "out", R"_("migrations": "drizzle/migrations")_"))
            out = *text;
        read_list(whole, "schemaFilter", {}, result_.schemas);
        read_list(whole, "tablesFilter", R"_("managedTables": ["media_*"])_", result_.table_filter);
        read_credentials(member(whole, "dbCredentials"));
    }

    /// What is spread may have it.
    static Value member(Value const& object, std::string_view name) {
        auto value = object.member(name);
        auto const spread = object.member("...");
        return value.is(ValueKind::undefined) && spread.is(ValueKind::unknown) ? spread : value;
    }

    std::optional<std::string> text_of(Value const& whole, std::string_view name,
                                       std::string_view elsewhere) {
        auto const value = member(whole, name);
        if (value.is(ValueKind::undefined)) return {};
        if (value.is(ValueKind::text) && !value.text.empty()) return value.text;
        warn(fmt::format("`{}`", name), value, elsewhere);
        return {};
    }

    void read_list(Value const& whole, std::string_view name, std::string_view elsewhere,
                   std::vector<std::string>& list) {
        auto const value = member(whole, name);
        if (value.is(ValueKind::undefined)) return;
        auto const items = value.is(ValueKind::array) ? value.items : std::vector{value};
        auto const is_text = [](Value const& item) { return item.is(ValueKind::text); };
        if (!std::all_of(items.begin(), items.end(), is_text)) {
            return warn(fmt::format("`{}`", name), value, elsewhere);
        }
        for (auto const& item : items) list.push_back(item.text);
    }

    void read_credentials(Value const& credentials) {
        auto& url = result_.common.url;
        if (credentials.is(ValueKind::undefined)) return;
        auto value = credentials.is(ValueKind::object) ? member(credentials, "url") : credentials;
        auto const host = credentials.member("host");
        if (value.is(ValueKind::undefined) && value.variable.empty() &&
            !(host.is(ValueKind::undefined) && host.variable.empty())) {
            value = url_of_parts(credentials);
        }
        if (value.is(ValueKind::undefined)) {
            url.missing_variable = value.variable;
        } else if (value.is(ValueKind::text)) {
            if (!value.text.empty()) url.text = value.text;
        } else {
            url.is_unclear = true;
            warn("`dbCredentials`", value, R"_("url": "env(DATABASE_URL)")_");
        }
    }

    /// `host`, `port`, `user`, `password`, `database`: the first that is not known counts.
    static Value url_of_parts(Value const& credentials) {
        std::string text = "postgresql://";
        auto const part = [&](std::string_view name) {
            auto const value = credentials.member(name);
            return value.is(ValueKind::text) ? pg::percent_encode(value.text) : value.text;
        };
        for (auto const* const name : {"host", "port", "user", "password", "database", "ssl"}) {
            auto const value = credentials.member(name);
            auto const is_plain = value.is(ValueKind::text) || value.is(ValueKind::number) ||
                                  value.is(ValueKind::boolean) ||
                                  (value.is(ValueKind::undefined) && value.variable.empty());
            if (!is_plain) return value;
        }
        if (auto const user = part("user"); !user.empty()) {
            auto const password = part("password");
            text += user + (password.empty() ? "" : ":" + password) + "@";
        }
        text += part("host");
        if (auto const port = part("port"); !port.empty()) text += ":" + port;
        text += "/" + part("database");
        auto const ssl = credentials.member("ssl");
        if (ssl.is(ValueKind::text)) text += "?sslmode=" + ssl.text;
        if (ssl.is(ValueKind::boolean) && ssl.text == "true") text += "?sslmode=require";
        return config_script::text_value(text);
    }

    void refuse_other_dialect(std::string const& dialect) const {
        if (dialect == "postgresql") return;
        Diagnostic diagnostic{.code = "CM0065",
                              .message = fmt::format("the dialect `{}` is not supported", dialect)};
        diagnostic.primary = Label{place_of("dialect"), {}};
        throw Failure(std::move(diagnostic).help("cm-migrate works on PostgreSQL alone"));
    }

    void warn(std::string const& what, Value const& value, std::string_view elsewhere) {
        Diagnostic diagnostic{.severity = Severity::warning,
                              .code = "CM0062",
                              .message = fmt::format("{} cannot be evaluated", what)};
        auto const has_place = value.is(ValueKind::unknown) && value.span.end != 0;
        diagnostic.primary = Label{has_place ? value.span : Span{file_, 0, 0}, {}};
        std::string const note = "cm-migrate reads the file without executing it";
        diagnostic.note("{}", value.text.empty() || !value.is(ValueKind::unknown) ||
                                      value.text.starts_with("this ")
                                  ? note
                                  : note + ", and it is " + value.text);
        if (!elsewhere.empty()) diagnostic.help("set it in cm-migrate.json: `{{ {} }}`", elsewhere);
        result_.common.warnings.push_back(std::move(diagnostic));
    }

    Span place_of(std::string_view name) const {
        return find_key(script_.exported, name).value_or(Span{file_, 0, 0});
    }

    static std::optional<Span> find_key(config_script::Node const& node, std::string_view name) {
        if (node == nullptr) return {};
        for (auto const& property : node->properties) {
            if (property.name == name) return property.name_span;
        }
        for (auto const& operand : node->operands) {
            if (auto found = find_key(operand, name)) return found;
        }
        return {};
    }

    FileId file_{};
    fs::path root_{};
    config_script::ConfigScript script_{};
    config_script::Evaluator evaluator_;
    DrizzleConfig result_{};
};

}  // namespace

std::optional<fs::path> find_drizzle_config(fs::path const& root) {
    for (auto const extension : drizzle_extensions) {
        auto path = root / ("drizzle.config" + std::string(extension));
        if (is_present(path)) return path;
    }
    return {};
}

bool is_drizzle_config(std::string_view file_name) {
    auto const name = fs::path(file_name).filename().string();
    return name.starts_with("drizzle") && is_config_script(name);
}

DrizzleConfig read_drizzle_config(FileId file, fs::path const& path, Environment const& environment,
                                  SourceMap const& sources) {
    return DrizzleReader(file, path, environment, sources).read();
}

std::string drizzle_record_suffix(std::string_view config_file) {
    std::string suffix = "_drizzle";
    std::string word{};
    auto const stem = fs::path(config_file).stem().string();
    for (auto const c : stem.substr(std::string_view{"drizzle"}.size()) + ".") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            continue;
        }
        if (!word.empty() && word != "config") suffix += "_" + word;
        word.clear();
    }
    return suffix;
}

std::string drizzle_export(std::string const& config_file) {
    auto const is_plain = std::all_of(config_file.begin(), config_file.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view{"_./-"}.find(c) != std::string_view::npos;
    });
    return "npx drizzle-kit export --config " + (is_plain ? config_file : quote_word(config_file));
}

}  // namespace cm::engine

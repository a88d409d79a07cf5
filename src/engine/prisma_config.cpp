// See prisma_config.hpp: a table of the keys, and where else each can be said.
#include "engine/prisma_config.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/file.hpp"
#include "base/text.hpp"
#include "engine/config_script/evaluate.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;
using config_script::Value;
using config_script::ValueKind;

constexpr std::array<std::string_view, 6> extensions{".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"};

struct Reading {
    fs::path folder{};  ///< of the file: paths in it are relative to it
    fs::path root{};
    PrismaConfig config{};
};

/// `schema` or `datasource.url`.
struct Key {
    std::string_view group{};
    std::string_view name{};
    std::string_view elsewhere{};  ///< in cm-migrate.json
    std::string_view example{};
    /// False if it is a value of another kind.
    bool (*read)(Value const& value, Reading& reading) = nullptr;
};

/// A path is relative to the file; below `.config` some people write it from the project's folder.
std::string absolute(std::string const& path, Reading const& reading) {
    auto const here = (reading.folder / path).lexically_normal();
    auto const there = (reading.root / path).lexically_normal();
    return !is_present(here) && is_present(there) ? there.string() : here.string();
}

template <auto Member>
bool read_path(Value const& value, Reading& reading) {
    if (!value.is(ValueKind::text) || value.text.empty()) return false;
    reading.config.*Member = absolute(value.text, reading);
    return true;
}

/// A path, or what Prisma 6.4 took: `{ kind: "single", filePath }`, `{ kind: "multi", folderPath
/// }`.
bool read_schema(Value const& value, Reading& reading) {
    if (!value.is(ValueKind::object)) return read_path<&PrismaConfig::schema>(value, reading);
    for (auto const* const name : {"filePath", "folderPath", "folder"}) {
        if (read_path<&PrismaConfig::schema>(value.member(name), reading)) return true;
    }
    return false;
}

bool read_seed(Value const& value, Reading& reading) {
    if (!value.is(ValueKind::text) || value.text.empty()) return false;
    reading.config.seed = value.text;
    return true;
}

template <auto Member>
bool read_url(Value const& value, Reading& reading) {
    if (!value.is(ValueKind::text)) return false;
    if (!value.text.empty()) (reading.config.*Member).text = value.text;
    return true;
}

template <auto Member>
bool read_patterns(Value const& value, Reading& reading) {
    auto const is_list = value.is(ValueKind::array) &&
                         std::all_of(value.items.begin(), value.items.end(),
                                     [](Value const& item) { return item.is(ValueKind::text); });
    if (!is_list) return false;
    for (auto const& item : value.items) (reading.config.*Member).push_back(item.text);
    return true;
}

/// SQL for the shadow database: here it lies in a file.
bool read_nothing(Value const&, Reading&) {
    return false;
}

constexpr std::array keys{
    Key{"", "schema", "schema", R"_("prisma/schema.prisma")_", read_schema},
    Key{"migrations", "path", "migrations", R"_("prisma/migrations")_",
        read_path<&PrismaConfig::migrations>},
    Key{"migrations", "seed", "seed", R"_("tsx prisma/seed.ts")_", read_seed},
    Key{"migrations", "initShadowDb", "scratchSetup", R"_("prisma/setup.sql")_", read_nothing},
    Key{"datasource", "url", "url", R"_("env(DATABASE_URL)")_", read_url<&PrismaConfig::url>},
    Key{"datasource", "directUrl", "url", R"_("env(DIRECT_URL)")_",
        read_url<&PrismaConfig::direct_url>},
    Key{"datasource", "shadowDatabaseUrl", "shadowDatabaseUrl", R"_("env(SHADOW_DATABASE_URL)")_",
        read_url<&PrismaConfig::shadow_database_url>},
    Key{"tables", "external", "externalTables", R"_(["auth.*"])_",
        read_patterns<&PrismaConfig::external_tables>},
    Key{"enums", "external", "externalEnums", R"_(["auth.*"])_",
        read_patterns<&PrismaConfig::external_enums>}};

/// Keys of Prisma's that say nothing about migrations.
constexpr std::array<std::string_view, 10> other_keys{
    "adapter",   "compilerOptions", "earlyAccess", "engine",   "experimental",
    "generator", "migrate",         "studio",      "typedSql", "views"};

std::string full_name(Key const& key) {
    return key.group.empty() ? std::string(key.name) : fmt::format("{}.{}", key.group, key.name);
}

class ConfigReader {
  public:
    ConfigReader(FileId file, fs::path const& path, Environment const& environment,
                 SourceMap const& sources)
        : file_(file),
          script_(config_script::parse_config_script(file, sources)),
          evaluator_(script_, path, environment, sources) {
        reading_.folder = path.parent_path();
        reading_.root = environment.working_directory;
        reading_.config.file = std::string(sources.name(file));
    }

    PrismaConfig read() {
        for (auto const& one : evaluator_.dotenv_files()) {
            reading_.config.dotenv_files.emplace_back(fs::path(one).lexically_normal());
        }
        auto const whole = evaluator_.exported();
        if (!whole.is(ValueKind::object)) {
            warn_whole(whole);
            return std::move(reading_.config);
        }
        for (auto const& key : keys) read(key, whole);
        warn_misspelled(whole);
        return std::move(reading_.config);
    }

  private:
    void read(Key const& key, Value const& whole) {
        auto const group = key.group.empty() ? whole : whole.member(key.group);
        auto value = group.is(ValueKind::object) ? group.member(key.name) : group;
        auto const spread = group.member("...");
        if (value.is(ValueKind::undefined) && spread.is(ValueKind::unknown)) value = spread;
        if (value.is(ValueKind::undefined) && whole.member("...").is(ValueKind::unknown)) {
            value = whole.member("...");
        }
        if (value.is(ValueKind::undefined)) {
            if (auto* const url = url_of(key)) url->missing_variable = value.variable;
            return;
        }
        // What is spread may have this key or not.
        if (key.read == read_nothing && value.is(ValueKind::unknown)) return;
        if (value.is(ValueKind::unknown) || !key.read(value, reading_)) {
            if (auto* const url = url_of(key)) url->is_unclear = true;
            warn(key, value, whole);
        }
    }

    ConfiguredUrl* url_of(Key const& key) {
        if (key.group != "datasource") return nullptr;
        if (key.name == "url") return &reading_.config.url;
        return key.name == "directUrl" ? &reading_.config.direct_url
                                       : &reading_.config.shadow_database_url;
    }

    void warn(Key const& key, Value const& value, Value const& whole) {
        // Of what is spread nobody knows whether it has the key at all.
        auto const is_spread = value.is(ValueKind::unknown) &&
                               value.span == whole.member("...").span && value.span.end != 0;
        if (is_spread && spread_is_told_) return;
        spread_is_told_ = spread_is_told_ || is_spread;
        // A group that is not understood is told once.
        auto const is_group = value.is(ValueKind::unknown) && !key.group.empty() &&
                              whole.member(key.group).is(ValueKind::unknown);
        if (is_group && !told_groups_.insert(key.group).second) return;
        Diagnostic diagnostic{.severity = Severity::warning, .code = "CM0062"};
        if (is_group) {
            diagnostic.message = fmt::format("`{}` cannot be evaluated", key.group);
        } else if (is_spread) {
            diagnostic.message = "this part of the configuration cannot be evaluated";
        } else if (key.name == "initShadowDb") {
            diagnostic.message = "`migrations.initShadowDb` is not supported";
        } else {
            diagnostic.message = fmt::format("`{}` cannot be evaluated", full_name(key));
        }
        diagnostic.primary = Label{place_of(value, key), {}};
        if (value.is(ValueKind::unknown) && !value.text.empty() && !is_spread) {
            diagnostic.note("{}", why(value));
        }
        diagnostic.help("set it in cm-migrate.json: `{{ \"{}\": {} }}`", key.elsewhere,
                        key.example);
        reading_.config.warnings.push_back(std::move(diagnostic));
    }

    static std::string why(Value const& value) {
        std::string const text = "cm-migrate reads the file without executing it";
        return value.text.starts_with("this ") ? text : text + ", and it is " + value.text;
    }

    Span place_of(Value const& value, Key const& key) const {
        if (value.is(ValueKind::unknown) && value.span.end != 0) return value.span;
        return find_key(script_.exported, key).value_or(Span{file_, 0, 0});
    }

    /// Where the key is written in the object that is exported, if that is easily seen.
    static std::optional<Span> find_key(config_script::Node const& node, Key const& key) {
        if (node == nullptr) return {};
        std::optional<Span> found{};
        for (auto const& property : node->properties) {
            if (property.name == key.name) return property.name_span;
            if (!found && property.name == key.group) {
                found = find_key(property.value, key);
                if (!found) found = property.name_span;
            }
        }
        for (auto const& operand : node->operands) {
            if (!found) found = find_key(operand, key);
        }
        return found;
    }

    void warn_whole(Value const& whole) {
        reading_.config.url.is_unclear = true;
        Diagnostic diagnostic{.severity = Severity::warning,
                              .code = "CM0062",
                              .message = "the configuration in this file cannot be evaluated"};
        auto const has_place = whole.is(ValueKind::unknown) && whole.span.end != 0;
        diagnostic.primary = Label{has_place ? whole.span : Span{file_, 0, 0}, {}};
        if (script_.exported == nullptr) {
            diagnostic.note("the file has no `export default`");
        } else if (whole.is(ValueKind::unknown)) {
            diagnostic.note("{}", why(whole));
        }
        diagnostic.help(
            "set it in cm-migrate.json: `{{ \"schema\": \"prisma/schema.prisma\", \"migrations\": "
            "\"prisma/migrations\", \"url\": \"env(DATABASE_URL)\" }}`");
        reading_.config.warnings.push_back(std::move(diagnostic));
    }

    void warn_misspelled(Value const& whole) {
        std::vector<std::string_view> names(other_keys.begin(), other_keys.end());
        for (auto const& key : keys) names.push_back(key.group.empty() ? key.name : key.group);
        std::vector<std::string_view> outer = names;
        check_names(whole, {}, outer);
        for (auto const* const group : {"migrations", "datasource"}) {
            std::vector<std::string_view> inner{};
            for (auto const& key : keys) {
                if (key.group == group) inner.push_back(key.name);
            }
            check_names(whole.member(group), group, inner);
        }
    }

    void check_names(Value const& object, std::string_view group,
                     std::vector<std::string_view> const& names) {
        for (auto const& member : object.members) {
            auto const& name = member.first;
            if (name == "..." || std::find(names.begin(), names.end(), name) != names.end()) {
                continue;
            }
            auto const meant = did_you_mean(name, names);
            if (!meant) continue;
            Diagnostic diagnostic{.severity = Severity::warning,
                                  .code = "CM0062",
                                  .message = fmt::format("unknown key `{}`", name)};
            auto const place = find_key(script_.exported, Key{.group = group, .name = name});
            diagnostic.primary = Label{place.value_or(Span{file_, 0, 0}), {}};
            diagnostic.help("did you mean `{}`?", *meant);
            reading_.config.warnings.push_back(std::move(diagnostic));
        }
    }

    FileId file_{};
    config_script::ConfigScript script_{};
    config_script::Evaluator evaluator_;
    Reading reading_{};
    bool spread_is_told_ = false;
    std::set<std::string_view> told_groups_{};
};

}  // namespace

std::optional<fs::path> find_prisma_config(fs::path const& root) {
    for (auto const* const stem : {"prisma.config", ".config/prisma"}) {
        for (auto const extension : extensions) {
            auto path = root / (stem + std::string(extension));
            if (is_present(path)) return path;
        }
    }
    return {};
}

bool is_config_script(std::string_view file_name) {
    return std::any_of(extensions.begin(), extensions.end(),
                       [&](auto extension) { return file_name.ends_with(extension); });
}

PrismaConfig read_prisma_config(FileId file, fs::path const& path, Environment const& environment,
                                SourceMap const& sources) {
    return ConfigReader(file, path, environment, sources).read();
}

}  // namespace cm::engine

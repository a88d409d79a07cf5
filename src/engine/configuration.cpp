// See configuration.hpp: a table of keys, so that a new one is a line.
#include "engine/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/diagnostic.hpp"
#include "base/text.hpp"
#include "engine/lint_configuration.hpp"
#include "schema/undeclared.hpp"

namespace cm::engine {
namespace {

using Json = nlohmann::json;

/// A key: what it takes, and where the value goes. `read` gives false if the value is not of that
/// sort.
struct Key {
    std::string_view name;
    std::string_view expects;
    bool (*read)(Json const& value, Configuration& configuration);
};

/// No path, name, command or URL contains U+0000: whoever is given one would stop reading there.
bool is_usable_text(Json const& value) {
    if (!value.is_string()) return false;
    auto const& text = value.get_ref<std::string const&>();
    return !text.empty() && text.find('\0') == std::string::npos;
}

template <auto Member>
bool read_text(Json const& value, Configuration& configuration) {
    if (!is_usable_text(value)) {
        return false;
    }
    configuration.*Member = value.get<std::string>();
    return true;
}

/// `env(NAME)`, as in a schema with or without quotes around the name, or the URL itself.
template <auto Member>
bool read_url(Json const& value, Configuration& configuration) {
    if (!is_usable_text(value)) {
        return false;
    }
    auto text = value.get<std::string>();
    auto const is_environment = text.starts_with("env(") && text.ends_with(')');
    if (is_environment) {
        text = text.substr(4, text.size() - 5);
        std::erase_if(text, [](char c) { return c == '"' || c == '\'' || c == ' '; });
    }
    configuration.*Member = UrlSetting{std::move(text), is_environment};
    return true;
}

/// A path, or `{"command": "…"}`.
bool read_schema(Json const& value, Configuration& configuration) {
    if (!value.is_object()) return read_text<&Configuration::schema>(value, configuration);
    if (value.size() != 1 || !value.contains("command") || !is_usable_text(value["command"]))
        return false;
    configuration.schema_command = value["command"].get<std::string>();
    return true;
}

bool read_naming(Json const& value, Configuration& configuration) {
    if (value == "as-written") {
        configuration.naming.style = dsl::NamingStyle::as_written;
    } else if (value == "snake_case") {
        configuration.naming.style = dsl::NamingStyle::snake_case;
    } else {
        return false;
    }
    return true;
}

bool read_foreign_key_indexes(Json const& value, Configuration& configuration) {
    if (!value.is_boolean()) {
        return false;
    }
    configuration.naming.foreign_key_indexes = value.get<bool>();
    return true;
}

template <auto Member>
bool read_patterns(Json const& value, Configuration& configuration) {
    if (!value.is_array() || !std::all_of(value.begin(), value.end(), is_usable_text)) {
        return false;
    }
    configuration.external.*Member = value.get<std::vector<std::string>>();
    return true;
}

/// A kind that does not exist would silently fit nothing.
bool read_external_objects(Json const& value, Configuration& configuration) {
    if (!read_patterns<&schema::ExternalObjects::objects>(value, configuration)) return false;
    auto const titles = schema::kind_titles();
    auto const& patterns = configuration.external.objects;
    return std::all_of(patterns.begin(), patterns.end(), [&](std::string const& pattern) {
        auto const colon = pattern.find(':');
        return colon == std::string::npos ||
               std::find(titles.begin(), titles.end(), pattern.substr(0, colon)) != titles.end();
    });
}

/// "keep", "drop", or one of them by kind: `{"view": "drop"}`, "*" for all others.
bool read_undeclared(Json const& value, Configuration& configuration) {
    auto const is_drop = [](Json const& word) -> std::optional<bool> {
        if (word == "drop") return true;
        return word == "keep" ? std::optional{false} : std::nullopt;
    };
    auto& undeclared = configuration.undeclared;
    if (!value.is_object()) {
        auto const drops = is_drop(value);
        undeclared.is_dropped = drops.value_or(false);
        return drops.has_value();
    }
    auto const titles = schema::kind_titles();
    for (auto const& [kind, word] : value.items()) {
        auto const drops = is_drop(word);
        auto const is_known = std::find(titles.begin(), titles.end(), kind) != titles.end();
        if (!drops || (kind != "*" && !is_known)) return false;
        if (kind == "*") {
            undeclared.is_dropped = *drops;
        } else {
            undeclared.dropped_kinds[kind] = *drops;
        }
    }
    return true;
}

constexpr std::array keys{
    Key{"$schema", "a string", [](Json const& value, Configuration&) { return value.is_string(); }},
    Key{"externalEnums", "a list of patterns, such as `[\"auth.*\"]`",
        read_patterns<&schema::ExternalObjects::enums>},
    Key{"externalObjects", "a list of patterns, such as `[\"function:public.st_*\"]`",
        read_external_objects},
    Key{"externalTables", "a list of patterns, such as `[\"auth.*\"]`",
        read_patterns<&schema::ExternalObjects::tables>},
    Key{"foreignKeyIndexes", "`true` or `false`", read_foreign_key_indexes},
    Key{"generate", "a shell command", read_text<&Configuration::generate>},
    // Read by itself, see lint_configuration.hpp.
    Key{"lint", "an object", [](Json const&, Configuration&) { return true; }},
    Key{"managedTables", "a list of patterns, such as `[\"media_*\"]`",
        read_patterns<&schema::ExternalObjects::managed_tables>},
    Key{"migrations", "the path of a folder", read_text<&Configuration::migrations>},
    Key{"migrationsTable", "the name of a table", read_text<&Configuration::migrations_table>},
    Key{"naming", "\"as-written\" or \"snake_case\"", read_naming},
    Key{"objects", "the path of an .sql file or a folder", read_text<&Configuration::objects>},
    Key{"schema", "the path of a file or folder, or `{\"command\": \"…\"}`", read_schema},
    Key{"scratchSetup", "the path of an .sql file", read_text<&Configuration::scratch_setup>},
    Key{"seed", "the path of an .sql file or a shell command", read_text<&Configuration::seed>},
    Key{"shadowDatabaseUrl", "a URL, or `\"env(NAME)\"`",
        read_url<&Configuration::shadow_database_url>},
    Key{"undeclared",
        "\"keep\", \"drop\", or such a word for each kind, as in `{\"view\": \"drop\"}`",
        read_undeclared},
    Key{"url", "a URL, or `\"env(NAME)\"`", read_url<&Configuration::url>},
};

/// Where a key stands. The JSON library does not say, but at the top level a name in quotes is
/// unmistakable enough.
Span key_span(FileId file, SourceMap const& sources, std::string const& name) {
    auto const text = sources.text(file);
    auto const at = text.find(fmt::format("\"{}\"", name));
    if (at == std::string_view::npos) {
        return {file, 0, 0};
    }
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size() + 2)};
}

Json parse(FileId file, SourceMap const& sources) {
    auto const text = sources.text(file);
    try {
        return Json::parse(text, nullptr, true, true);
    } catch (Json::parse_error const& wrong) {
        auto const at =
            static_cast<std::uint32_t>(std::min(wrong.byte == 0 ? 0 : wrong.byte - 1, text.size()));
        Diagnostic diagnostic{.code = "CM0020", .message = "invalid JSON"};
        diagnostic.primary =
            Label{{file, at, std::min(at + 1, static_cast<std::uint32_t>(text.size()))}, {}};
        throw Failure(
            std::move(diagnostic)
                .help("keys and strings need double quotes, and entries need commas between them"));
    }
}

void unknown_key(std::string const& name, Span span, Diagnostics& diagnostics) {
    auto const names = configuration_keys();
    auto& diagnostic = diagnostics.error("CM0021", span, "unknown key `{}`", name);
    if (auto const meant = did_you_mean(name, names)) {
        diagnostic.help("did you mean `{}`?", *meant);
    } else {
        diagnostic.help("the known keys are {}", quoted_list(names));
    }
}

}  // namespace

Configuration parse_configuration(FileId file, SourceMap const& sources) {
    auto const json = parse(file, sources);
    if (!json.is_object()) {
        Diagnostic diagnostic{.code = "CM0020", .message = "this must be a JSON object"};
        diagnostic.primary = Label{{file, 0, 0}, {}};
        throw Failure(
            std::move(diagnostic).help("write `{{ \"schema\": \"prisma/schema.prisma\" }}`"));
    }
    Configuration configuration{};
    Diagnostics diagnostics{};
    for (auto const& entry : json.items()) {
        auto const& name = entry.key();
        auto const* const key =
            std::find_if(keys.begin(), keys.end(), [&](Key const& k) { return k.name == name; });
        auto const span = key_span(file, sources, name);
        if (key == keys.end()) {
            unknown_key(name, span, diagnostics);
        } else if (!key->read(entry.value(), configuration)) {
            diagnostics.error("CM0022", span, "`{}` must be {}", name, key->expects);
        } else if (name == "lint") {
            configuration.lint =
                read_lint_settings(entry.value(), file, span, sources, diagnostics);
        }
    }
    if (diagnostics.has_errors()) {
        diagnostics.sort();
        throw Failure(diagnostics.all());
    }
    return configuration;
}

std::vector<std::string_view> configuration_keys() {
    std::vector<std::string_view> names{};
    for (auto const& key : keys) names.push_back(key.name);
    return names;
}

PackageSettings parse_package_json(std::string_view text) {
    PackageSettings settings{};
    auto const json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return settings;
    if (json.contains("name") && json["name"].is_string())
        settings.name = json["name"].get<std::string>();
    if (!json.contains("prisma") || !json["prisma"].is_object()) return settings;
    auto const& prisma = json["prisma"];
    if (prisma.contains("schema") && prisma["schema"].is_string()) {
        settings.schema = prisma["schema"].get<std::string>();
    }
    if (prisma.contains("seed") && prisma["seed"].is_string()) {
        settings.seed = prisma["seed"].get<std::string>();
    }
    return settings;
}

}  // namespace cm::engine

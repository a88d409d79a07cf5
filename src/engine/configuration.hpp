// cm-migrate.json: what a project says about itself. Without the file a Prisma project is taken as
// it is.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "dsl/naming.hpp"
#include "lint/settings.hpp"
#include "schema/scope.hpp"

namespace cm::engine {

/// `env(NAME)` or the URL itself.
struct UrlSetting {
    std::string text{};  ///< the URL, or the variable's name
    bool is_environment{};
    bool operator==(UrlSetting const&) const = default;
};

/// What becomes of objects that the schema does not declare: they stay, unless this says otherwise.
struct Undeclared {
    bool is_dropped = false;                                   ///< for kinds that are not named
    std::map<std::string, bool, std::less<>> dropped_kinds{};  ///< by kind, in words: "view"
    bool operator==(Undeclared const&) const = default;

    bool keeps(std::string_view kind) const {
        auto const found = dropped_kinds.find(kind);
        return !(found == dropped_kinds.end() ? is_dropped : found->second);
    }
};

struct Configuration {
    std::optional<std::string> schema{};  ///< a file or a folder, relative to the configuration
    std::optional<std::string> schema_command{};  ///< instead: prints the schema in SQL
    std::optional<std::string> migrations{};      ///< a folder
    std::optional<std::string> objects{};         ///< an .sql file or a folder of such files
    std::string migrations_table = "_migrations";
    std::optional<std::string> seed{};      ///< an .sql file or a shell command
    std::optional<std::string> generate{};  ///< a shell command
    dsl::Naming naming{};
    schema::ExternalObjects external{};
    Undeclared undeclared{};
    std::optional<std::string> scratch_setup{};  ///< an .sql file, relative to the configuration
    std::optional<UrlSetting> url{};
    std::optional<UrlSetting> shadow_database_url{};
    lint::Settings lint{};
    bool operator==(Configuration const&) const = default;
};

/// Reads the text of cm-migrate.json (comments allowed). Throws Failure CM0020 (no JSON), CM0021
/// (unknown key), CM0022 (wrong value), each with its place.
Configuration parse_configuration(FileId file, SourceMap const& sources);

/// The keys that the file may have, in the order of the alphabet.
std::vector<std::string_view> configuration_keys();

/// What package.json says: its name, and under "prisma" `schema` and `seed`. Nothing if it is no
/// JSON.
struct PackageSettings {
    std::string name{};
    std::optional<std::string> schema{};
    std::optional<std::string> seed{};
};

PackageSettings parse_package_json(std::string_view text);

}  // namespace cm::engine

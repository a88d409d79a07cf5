// Nested keys, each with its place: what is wrong is said all at once.
#include "engine/lint_configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "lint/levels.hpp"
#include "lint/registry.hpp"

namespace cm::engine {
namespace {

using Json = nlohmann::json;

/// Reads the object part by part and says where each is wrong.
class LintReader {
  public:
    LintReader(FileId file, Span place, SourceMap const& sources, Diagnostics& diagnostics)
        : file_(file), place_(place), sources_(sources), diagnostics_(diagnostics) {}

    lint::Settings read(Json const& value) {
        if (!value.is_object()) {
            wrong("lint", "an object");
            return {};
        }
        for (auto const& [key, part] : value.items()) {
            if (key == "rules") {
                read_rules(part);
            } else if (key == "postgres") {
                read_version(part);
            } else if (key == "baseline") {
                read_baseline(part);
            } else if (key == "custom") {
                read_custom(part);
            } else {
                unknown(key, {"rules", "postgres", "baseline", "custom"});
            }
        }
        check_names();
        return std::move(settings_);
    }

  private:
    /// Where a word in quotes stands behind the key; the JSON library does not say.
    Span span_of(std::string_view word) const {
        auto const text = sources_.text(file_);
        auto const at = text.find(fmt::format("\"{}\"", word), place_.end);
        if (at == std::string_view::npos) return place_;
        return {file_, static_cast<std::uint32_t>(at),
                static_cast<std::uint32_t>(at + word.size() + 2)};
    }

    void wrong(std::string_view key, std::string_view expects) {
        diagnostics_.error("CM0022", key == "lint" ? place_ : span_of(key), "`{}` must be {}", key,
                           expects);
    }

    void unknown(std::string const& key, std::vector<std::string_view> const& known) {
        auto& diagnostic = diagnostics_.error("CM0021", span_of(key), "unknown key `{}`", key);
        if (auto const meant = did_you_mean(key, known)) {
            diagnostic.help("did you mean `{}`?", *meant);
        } else {
            diagnostic.help("the known keys are {}", quoted_list(known));
        }
    }

    std::optional<lint::Level> read_level(std::string_view key, Json const& value) {
        auto const level = value.is_string() ? lint::level_of(value.get<std::string>())
                                             : std::optional<lint::Level>{};
        if (!level) wrong(key, "`\"off\"`, `\"note\"`, `\"warning\"` or `\"error\"`");
        return level;
    }

    void read_rules(Json const& value) {
        if (!value.is_object()) {
            wrong("rules", "an object, such as `{\"ban-drop-column\": \"warning\"}`");
            return;
        }
        for (auto const& [name, word] : value.items()) {
            if (auto const level = read_level(name, word)) settings_.rules[name] = *level;
        }
    }

    void read_version(Json const& value) {
        constexpr int oldest = 9;
        constexpr int newest = 99;
        if (!value.is_number_integer() || value < oldest || value > newest) {
            wrong("postgres", "a major version, such as `15`");
            return;
        }
        settings_.server = value.get<int>();
    }

    void read_baseline(Json const& value) {
        if (!value.is_string() || value.get_ref<std::string const&>().empty()) {
            wrong("baseline", "the name of a migration");
            return;
        }
        settings_.baseline = value.get<std::string>();
    }

    void read_custom(Json const& value) {
        if (!value.is_array()) {
            wrong("custom", "a list of rules");
            return;
        }
        for (auto const& one : value) {
            if (!one.is_object()) {
                wrong("custom", "a list of objects with `name`, `pattern` and `message`");
                continue;
            }
            read_custom_rule(one);
        }
    }

    void read_custom_rule(Json const& value) {
        lint::CustomRule rule{};
        for (auto const& [key, part] : value.items()) {
            if (key == "level") {
                if (auto const level = read_level(key, part)) rule.level = *level;
                continue;
            }
            auto* const text = key == "name"      ? &rule.name
                               : key == "pattern" ? &rule.pattern
                               : key == "message" ? &rule.message
                               : key == "help"    ? &rule.help
                                                  : nullptr;
            if (text == nullptr) {
                unknown(key, {"name", "pattern", "message", "help", "level"});
            } else if (!part.is_string()) {
                wrong(key, "a string");
            } else {
                *text = part.get<std::string>();
            }
        }
        if (rule.name.empty() || rule.pattern.empty() || rule.message.empty()) {
            wrong("custom", "a list of objects with `name`, `pattern` and `message`");
            return;
        }
        if (lint::find_rule(rule.name) != nullptr) {
            diagnostics_.error("CM0022", span_of(rule.name), "a rule named `{}` already exists",
                               rule.name);
        }
        settings_.custom.push_back(std::move(rule));
    }

    void check_names() {
        for (auto const& set : settings_.rules) {
            auto const& name = set.first;
            auto const is_custom =
                std::any_of(settings_.custom.begin(), settings_.custom.end(),
                            [&](lint::CustomRule const& rule) { return rule.name == name; });
            if (is_custom || lint::find_rule(name) != nullptr) continue;
            diagnostics_.error("CM0070", span_of(name), "there is no rule `{}`", name)
                .help("{}", lint::help_for_unknown_rule(name));
        }
    }

    FileId file_;
    Span place_;
    SourceMap const& sources_;
    Diagnostics& diagnostics_;
    lint::Settings settings_{};
};

}  // namespace

lint::Settings read_lint_settings(Json const& value, FileId file, Span place,
                                  SourceMap const& sources, Diagnostics& diagnostics) {
    return LintReader(file, place, sources, diagnostics).read(value);
}

}  // namespace cm::engine

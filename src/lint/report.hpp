// Where rules put what they find, and where they ask what they must know besides the statement.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "lint/finding.hpp"
#include "lint/script.hpp"

namespace cm::lint {

/// What is known of the database that the files are for.
struct Conditions {
    std::optional<int> server{};  ///< its major version
};

/// What a rule says of a place.
struct Remark {
    Place place{};
    std::string message{};
    std::string help{};
    std::string_view lock{};
    sql::QualifiedName table{};
    std::optional<Level> level{};  ///< instead of the rule's
};

class Report {
  public:
    Report(Script const& script, Conditions const& conditions)
        : script_(script), conditions_(conditions) {}

    Script const& script() const { return script_; }

    Conditions const& conditions() const { return conditions_; }

    /// True if the server is known to be at least of this version.
    bool server_is_at_least(int version) const {
        return conditions_.server && *conditions_.server >= version;
    }

    /// True if the server is known to be older.
    bool server_is_before(int version) const {
        return conditions_.server && *conditions_.server < version;
    }

    void begin(Rule const& rule, Level level) {
        rule_ = &rule;
        level_ = level;
    }

    void add(Remark remark);

    std::vector<Finding> take() { return std::move(findings_); }

  private:
    Script const& script_;
    Conditions const& conditions_;
    Rule const* rule_{};
    Level level_{};
    std::vector<Finding> findings_{};
};

}  // namespace cm::lint

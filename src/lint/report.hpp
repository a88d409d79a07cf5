// Where rules put what they find, and where they ask what they must know besides the statement.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lint/catalog.hpp"
#include "lint/finding.hpp"
#include "lint/script.hpp"

namespace cm::lint {

enum class TableSize : std::uint8_t { empty, small, large };

/// A column that a sequence gives its values.
struct KeyUse {
    sql::QualifiedName table{};
    std::string column{};
    std::string type{};   ///< "integer"
    std::int64_t last{};  ///< value that the sequence has given
    std::int64_t most{};  ///< that the type can hold
};

/// What is known of the database that the files are for.
struct Conditions {
    std::optional<int> server{};  ///< its major version
    /// Tables with few rows, by their full names: what is said of their locks counts less.
    std::map<sql::QualifiedName, TableSize> sizes{};
    std::vector<KeyUse> keys{};
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
    /// The catalog is that before the statement which is looked at.
    Report(Script const& script, Conditions const& conditions, Catalog const& catalog)
        : script_(script), conditions_(conditions), catalog_(catalog) {}

    Script const& script() const { return script_; }

    Conditions const& conditions() const { return conditions_; }

    Catalog const& catalog() const { return catalog_; }

    /// That behind the whole file, of which `current` is looked at: what comes later may make an
    /// index.
    Catalog const& catalog_behind(Statement const& current);

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
    Level level_of(Remark const& remark) const;

    Script const& script_;
    Conditions const& conditions_;
    Catalog const& catalog_;
    std::optional<Catalog> behind_{};
    Rule const* rule_{};
    Level level_{};
    std::vector<Finding> findings_{};
};

}  // namespace cm::lint

// See name_clashes.hpp.
#include "engine/name_clashes.hpp"

#include <fmt/ranges.h>

#include <map>
#include <set>

#include "engine/name_clashes.sql.hpp"

namespace cm::engine {
namespace {

/// Relations share names in a schema, types do, and the constraints of a table.
struct Name {
    std::string schema{};
    std::string name{};
    std::string table{};  ///< of a constraint
    bool is_type{};
    auto operator<=>(Name const&) const = default;
};

struct Wanted {
    std::string what{};
    Origin origin{};
    std::string_view way_out{};
};

constexpr std::string_view by_map = "give it another name with `map: \"…\"`";
constexpr std::string_view by_table_map = "give it another name with `@@map`";

/// What the steps take and give back.
class Names {
  public:
    explicit Names(schema::Steps const& plan) {
        for (auto const& step : plan) {
            std::visit([&](auto const& s) { add(s); }, step);
        }
        for (auto const& name : freed_) wanted_.erase(name);
    }

    std::map<Name, Wanted> const& wanted() const { return wanted_; }

    bool goes_with_table(std::string const& schema, std::string const& table) const {
        return dropped_.contains({schema, table});
    }

  private:
    void want(Name name, Wanted wanted) { wanted_.emplace(std::move(name), std::move(wanted)); }

    void want_key(object::Table const& table, object::PrimaryKey const& key) {
        want({table.name.schema, key.name}, {"primary key", table.origin, by_map});
    }

    void free_key(object::Table const& table, object::PrimaryKey const& key) {
        freed_.insert({table.name.schema, key.name});
    }

    void add(object::Create<object::Table> const& step) {
        auto const& table = step.object;
        want({table.name.schema, table.name.name}, {"table", table.origin, by_table_map});
        want({table.name.schema, table.name.name, {}, true}, {"table", table.origin, by_table_map});
        if (table.primary_key) want_key(table, *table.primary_key);
    }

    void add(object::Drop<object::Table> const& step) {
        auto const& [schema, name] = step.object.name;
        dropped_.insert({schema, name});
        freed_.insert({schema, name});
        freed_.insert({schema, name, {}, true});
        if (step.object.primary_key) free_key(step.object, *step.object.primary_key);
    }

    void add(object::Alter<object::Table> const& step) {
        for (auto const& change : step.changes()) {
            if (auto const* const add = std::get_if<object::Create<object::PrimaryKey>>(&change)) {
                want_key(step.to, add->object);
            } else if (auto const* const drop =
                           std::get_if<object::Drop<object::PrimaryKey>>(&change)) {
                free_key(step.from, drop->object);
            } else if (auto const* const rename =
                           std::get_if<object::Alter<object::PrimaryKey>>(&change)) {
                want_key(step.to, rename->to);
                free_key(step.from, rename->from);
            }
        }
    }

    void add(object::Create<object::Index> const& step) {
        want({step.object.name.schema, step.object.name.name},
             {"index", step.object.origin, by_map});
    }

    void add(object::Drop<object::Index> const& step) {
        freed_.insert({step.object.name.schema, step.object.name.name});
    }

    void add(object::Alter<object::Index> const& step) {
        want({step.to.name.schema, step.to.name.name}, {"index", step.to.origin, by_map});
        freed_.insert({step.from.name.schema, step.from.name.name});
    }

    static Name name_of(object::ForeignKey const& key) {
        return {key.name.table.schema, key.name.name, key.name.table.name};
    }

    void add(object::Create<object::ForeignKey> const& step) {
        want(name_of(step.object), {"foreign key", step.object.origin, by_map});
    }

    void add(object::Drop<object::ForeignKey> const& step) { freed_.insert(name_of(step.object)); }

    void add(object::Alter<object::ForeignKey> const& step) {
        want(name_of(step.to), {"foreign key", step.to.origin, by_map});
        freed_.insert(name_of(step.from));
    }

    void add(object::Create<object::Enum> const& step) {
        want({step.object.name.schema, step.object.name.name, {}, true},
             {"enum", step.object.origin, by_table_map});
    }

    void add(object::Drop<object::Enum> const& step) {
        freed_.insert({step.object.name.schema, step.object.name.name, {}, true});
    }

    /// The indexes of a materialized view go with it.
    void add(object::Drop<object::Definition> const& step) {
        auto const& [schema, name] = step.object.id.name;
        if (step.object.id.kind != object::ObjectKind::table) return;
        dropped_.insert({schema, name});
        freed_.insert({schema, name});
        freed_.insert({schema, name, {}, true});
    }

    template <class Step>
    void add(Step const& /*step*/) {}  // names of schemas and extensions may be there already

    std::map<Name, Wanted> wanted_{};
    std::set<Name> freed_{};
    std::set<std::pair<std::string, std::string>> dropped_{};
};

std::string query_for(std::map<Name, Wanted> const& wanted) {
    std::vector<std::string> rows{};
    for (auto const& [name, what] : wanted) {
        rows.push_back(fmt::format("({}, {}, {}, {})", sql::quote_portable_literal(name.schema),
                                   sql::quote_portable_literal(name.name),
                                   sql::quote_portable_literal(name.table), name.is_type));
    }
    std::string text{sql_text::engine_name_clashes};
    constexpr std::string_view gap = "VALUES $wanted";
    return text.replace(text.find(gap), gap.size(),
                        fmt::format("VALUES {}", fmt::join(rows, ", ")));
}

Finding clash(Name const& name, Wanted const& wanted, std::string const& kind,
              std::string const& owner) {
    auto const place = owner.empty() ? std::string{} : fmt::format(" of the table `{}`", owner);
    return {{.kind = object::HazardKind::may_fail,
             .code = "CM0323",
             .message =
                 fmt::format("the {} `{}` cannot be created: the name is already used by the {}{}",
                             wanted.what, name.name, kind, place),
             .help = fmt::format("{}, or rename or drop the {} in a migration before this one",
                                 wanted.way_out, kind),
             .origin = wanted.origin,
             .probe = {}},
            {},
            true};
}

}  // namespace

std::vector<Finding> name_clashes(schema::Steps const& plan, pg::Connection& connection) {
    Names const names{plan};
    if (names.wanted().empty()) return {};
    std::vector<Finding> findings{};
    auto const rows = connection.fetch(query_for(names.wanted()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        Name const name{row.text("schema"), row.text("name"), row.text("table_name"),
                        row.boolean("is_type")};
        auto const found = names.wanted().find(name);
        auto const owner = row.text("owner");
        if (found == names.wanted().end() || names.goes_with_table(name.schema, owner)) continue;
        // The type that comes with a table or a view says no more than the relation.
        auto const kind = row.text("kind");
        auto const is_said =
            name.is_type && found->second.what == "table" &&
            (kind == "table" || kind.ends_with("view") || kind == "composite type");
        if (!is_said) findings.push_back(clash(name, found->second, kind, owner));
    }
    return findings;
}

}  // namespace cm::engine

// Privileges: manual, 5.7. Those of one object, its columns included, as far as they are not what
// it has without GRANT and REVOKE.
#include "object/definition/privileges.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "object/definition/kinds.hpp"
#include "object/definition/privileges.sql.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// Values of facts that no catalog has, for what is made while default privileges may hold.
constexpr std::string_view not_granted = "not granted", not_grantable = "not grantable";

/// A fact is named by both, with a line end between them.
struct Grant {
    std::string privilege{};  ///< `SELECT`, `SELECT (id)`
    std::string grantee{};

    std::string name() const { return privilege + "\n" + grantee; }
};

Grant grant_of(std::string const& name) {
    auto const end = name.find('\n');
    return {name.substr(0, end), name.substr(end + 1)};
}

std::string grant(Definition const& object, Grant const& what, bool is_grantable) {
    return fmt::format("GRANT {} ON {} TO {}{}", what.privilege, object.address, what.grantee,
                       is_grantable ? " WITH GRANT OPTION" : "");
}

std::string revoke(Definition const& object, Grant const& what, bool option_alone = false) {
    return fmt::format("REVOKE {}{} ON {} FROM {}", option_alone ? "GRANT OPTION FOR " : "",
                       what.privilege, object.address, what.grantee);
}

/// From the value of a fact to another; "" is what there is without it: a privilege that is revoked
/// is there by default.
void change(Definition const& object, std::string const& name, std::string const& from,
            std::string const& to, Statements& out) {
    auto const what = grant_of(name);
    auto const had = from == "granted" || from == "grantable" || (from.empty() && to == "revoked");
    if (to == "revoked" || to == not_granted || (to.empty() && had)) {
        out.push_back(revoke(object, what));
    } else if (to == "granted" && from == "grantable") {
        out.push_back(revoke(object, what, true));
    } else {
        out.push_back(grant(object, what, to == "grantable"));
    }
    if (to == not_grantable) out.push_back(revoke(object, what, true));
}

void set_fact(Definition& object, std::string const& name, std::string_view value) {
    for (auto& it : object.facts) {
        if (it.first == name) {
            it.second = value;
            return;
        }
    }
    object.facts.emplace_back(name, value);
}

/// One entry of an access list in which others than the owner have granted something; of `shape`.
struct Entry {
    Grant what{};
    std::string grantor{};  ///< empty: the owner
    std::string how{};  ///< `granted`, `grantable`, or `granting`: by it others were granted some
};

std::vector<Entry> entries(Definition const& object) {
    constexpr std::size_t width = 4;
    std::vector<Entry> all{};
    for (std::size_t i = 0; i + width <= object.shape.size(); i += width) {
        auto const* const at = &object.shape[i];
        all.push_back({{at[0], at[1]}, at[2], at[3]});
    }
    return all;
}

bool loses(Definition const& from, Definition const& to, Grant const& what) {
    auto const strength = [](std::string_view value) {
        return value == "grantable" ? 2 : value == "granted" ? 1 : 0;
    };
    auto const after = fact(to, what.name());
    return after == "revoked" || strength(after) < strength(fact(from, what.name()));
}

/// The owner can neither revoke what others have granted, nor the right of those who have granted
/// on. Where that is to be done, these rights to grant are revoked first, with all that has come of
/// them; what is to stay of it then is granted by the owner.
Definition without_grants_of_others(Definition from, Definition const& to, Statements& out) {
    auto const all = entries(from);
    std::set<std::string> privileges{};
    for (auto const& it : all) {
        if (it.grantor.empty()) continue;
        if (loses(from, to, it.what) || loses(from, to, {it.what.privilege, it.grantor}))
            privileges.insert(it.what.privilege);
    }
    auto const has = [&](Grant const& what, auto is_meant) {
        return std::any_of(all.begin(), all.end(), [&](Entry const& it) {
            return it.what.name() == what.name() && is_meant(it);
        });
    };
    auto const by_owner = [](Entry const& it) { return it.grantor.empty(); };
    auto const can_grant = [](Entry const& it) { return it.how != "granted"; };
    auto const cut = [&](Grant const& grantor) {
        out.push_back(revoke(to, grantor, true) + " CASCADE");
        set_fact(from, grantor.name(), "granted");
    };
    for (auto const& it : all) {
        if (!privileges.contains(it.what.privilege)) continue;
        if (!has(it.what, by_owner))
            std::erase_if(from.facts, [&](Fact const& f) { return f.first == it.what.name(); });
        if (by_owner(it) && it.how == "granting") cut(it.what);
    }
    std::set<std::string> others{};
    for (auto const& it : all) {
        Grant const grantor{it.what.privilege, it.grantor};
        if (by_owner(it) || !privileges.contains(it.what.privilege)) continue;
        if (has(grantor, can_grant) || !others.insert(grantor.name()).second) continue;
        // Whoever grants on a column by a right on the table has none to be revoked there.
        out.push_back(grant(to, grantor, true));
        cut(grantor);
    }
    return from;
}

/// That of the table for one of a column: `SELECT` for `SELECT (id)`; empty for others.
std::string name_for_table(std::string const& name) {
    auto const what = grant_of(name);
    auto const end = what.privilege.find(" (");
    if (end == std::string::npos) return {};
    return Grant{what.privilege.substr(0, end), what.grantee}.name();
}

/// What is revoked of a table is revoked of its columns, too.
void grant_columns_again(Definition const& from, Definition const& to, Statements& out) {
    for (auto const& [name, value] : to.facts) {
        auto const of_table = name_for_table(name);
        if (of_table.empty() || fact(from, name) != value || fact(from, of_table).empty()) continue;
        if (loses(from, to, grant_of(of_table)))
            out.push_back(grant(to, grant_of(name), value == "grantable"));
    }
}

/// What no migration has granted may name roles that other databases do not have.
bool is_guarded(Definition const& object, std::string const& name) {
    return (object.is_unmade || object.unmade_facts.contains(name)) &&
           grant_of(name).grantee != "PUBLIC";
}

std::optional<Statements> alter(Definition const& before, Definition const& to) {
    Statements out{};
    std::vector<RoleStatement> by_role{};
    auto const from = without_grants_of_others(before, to, out);
    for (auto const& [name, value] : from.facts) {
        if (fact(to, name).empty()) change(to, name, value, {}, out);
    }
    for (auto const is_of_column : {false, true}) {
        for (auto const& [name, value] : to.facts) {
            auto const had = fact(from, name);
            if (had == value || is_of_column == name_for_table(name).empty()) continue;
            Statements some{};
            change(to, name, had, value, some);
            if (!is_guarded(to, name)) {
                std::move(some.begin(), some.end(), std::back_inserter(out));
                continue;
            }
            for (auto& each : some) by_role.push_back({grant_of(name).grantee, std::move(each)});
        }
    }
    grant_columns_again(from, to, out);
    std::stable_sort(by_role.begin(), by_role.end(),
                     [](auto const& a, auto const& b) { return a.role < b.role; });
    if (!by_role.empty()) out.push_back(guarded(by_role));
    return out;
}

Statements create(Definition const& object) {
    return alter({}, object).value();
}

Statements drop(Definition const& object) {
    auto none = object;
    none.facts.clear();
    return alter(object, none).value();
}

/// What everybody has without GRANT: manual, 5.7.
bool goes_without_saying(Grantable const& on, Grant const& what) {
    return what.grantee == "PUBLIC" && (on.sort == "ROUTINES" || on.sort == "TYPES");
}

/// `GRANT SELECT ON TABLES TO a`, `REVOKE …`: a fact of default privileges.
struct DefaultRight {
    bool is_given{};
    Grant what{};
    bool is_grantable{};
};

DefaultRight default_right(Fact const& fact) {
    std::string_view const text = fact.first;
    auto const verb_end = text.find(' '), on = text.find(" ON ");
    auto const is_given = text.starts_with("GRANT ");
    std::string_view const link = is_given ? " TO " : " FROM ";
    auto const whom = text.find(link, on) + link.size();
    return {
        is_given,
        {std::string{text.substr(verb_end + 1, on - verb_end - 1)}, std::string{text.substr(whom)}},
        fact.second == "WITH GRANT OPTION"};
}

/// The column of `SELECT ("my column")`; empty if it is a right on the whole.
std::string column_of(std::string const& privilege) {
    auto const open = privilege.find('(');
    if (open == std::string::npos) return {};
    auto const name = privilege.substr(open + 1, privilege.rfind(')') - open - 1);
    if (!name.starts_with('"')) return name;
    std::string plain{};
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        plain += name[i];
        if (name[i] == '"') ++i;  // doubled
    }
    return plain;
}

}  // namespace

bool is_privileges(Definition const& object) {
    return object.definition_kind == &privileges_kind;
}

bool is_default_privileges(Definition const& object) {
    return object.definition_kind == &default_privileges_kind;
}

std::optional<Grantable> grantable(Definition const& object) {
    auto const* const kind = object.definition_kind;
    if (kind->is_attached || kind->is_member) return {};
    auto const make = [&](std::string_view sort, std::string_view word) {
        return Grantable{
            object.id, {}, std::string{sort}, fmt::format("{}{}", word, object.address)};
    };
    if (kind == &sequence_kind) return make("SEQUENCES", "SEQUENCE ");
    if (object.id.kind == ObjectKind::table) return make("TABLES", "TABLE ");
    if (object.id.kind == ObjectKind::enum_) return make("TYPES", "TYPE ");
    if (object.id.kind != ObjectKind::routine) return {};
    if (kind != &aggregate_kind) return make("ROUTINES", "");
    // As a function it has all its arguments in one list.
    auto aggregate = make("ROUTINES", "FUNCTION ");
    auto& address = aggregate.address;
    constexpr std::string_view everything = "(*)", order = " ORDER BY ";
    if (address.ends_with(everything)) address.replace(address.size() - 2, 1, "");
    if (auto const at = address.find(order); at != std::string::npos)
        address.replace(at, order.size(), ", ");
    return aggregate;
}

Definition usual_privileges(Grantable const& on) {
    Definition none{};
    none.definition_kind = &privileges_kind;
    auto const& schema = on.object.name.schema;
    none.id = {ObjectKind::privileges, {schema, on.address}, DependencyKind::object, on.sequence};
    none.owned_by = on.object;
    none.address = on.address;
    return none;
}

bool can_hold_for(Definition const& default_privileges, Grantable const& on) {
    auto const& id = default_privileges.id;
    auto const is_there = id.name.schema.empty() || id.name.schema == on.object.name.schema;
    return is_there && id.part == on.sort;
}

void withstand(Definition& privileges, Definition const& default_privileges, Grantable const& on,
               Definition const* ownership, bool is_recreated) {
    auto const& current = default_privileges.shape.at(0);
    auto const role = ownership == nullptr ? std::string{} : owning_role(*ownership);
    auto const owner = role.empty() ? current : role;
    auto const lacks = [&](std::string const& privilege) {
        return ownership != nullptr &&
               std::find(ownership->shape.begin() + 2, ownership->shape.end(), privilege) !=
                   ownership->shape.end();
    };
    for (auto const& it : default_privileges.facts) {
        auto [is_given, what, is_grantable] = default_right(it);
        auto const is_usual = goes_without_saying(on, what);
        auto const has = fact(privileges, what.name());
        if (is_given) {
            if (what.grantee == owner || what.grantee == current || is_usual) continue;
            if (has.empty()) set_fact(privileges, what.name(), not_granted);
            if (has == "granted" && is_grantable) set_fact(privileges, what.name(), not_grantable);
        } else if (is_usual) {
            if (has.empty()) set_fact(privileges, what.name(), "granted");
        } else if (is_recreated && !lacks(what.privilege)) {
            // Whoever makes an object then lacks a right on it.
            what.grantee = role.empty() ? "CURRENT_USER" : role;
            set_fact(privileges, what.name(), "granted");
        }
    }
}

Definition without_grantees(Definition privileges, std::set<std::string> const& roles) {
    std::erase_if(privileges.facts,
                  [&](Fact const& fact) { return roles.contains(grant_of(fact.first).grantee); });
    return privileges;
}

Definition without_columns(Definition privileges, std::set<std::string> const& columns) {
    std::erase_if(privileges.facts, [&](Fact const& fact) {
        return columns.contains(column_of(grant_of(fact.first).privilege));
    });
    return privileges;
}

DefinitionKind const privileges_kind{.title = "privileges",
                                     .caption = "Privileges",
                                     .id_kind = ObjectKind::privileges,
                                     .query = sql_text::object_definition_privileges,
                                     .names_objects = true,
                                     .create_rank = 165,
                                     .drop_rank = 14,
                                     .is_attached = true,
                                     .is_collection = true,
                                     .is_rebuilt = true,
                                     .create = create,
                                     .drop = drop,
                                     .alter = alter};

}  // namespace cm::object

// Triggers: manual, CREATE TRIGGER, ALTER TABLE … ENABLE TRIGGER.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/trigger.sql.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string enable(Definition const& object) {
    return fmt::format("ALTER TABLE {} {} TRIGGER {}", object.address, enabling(object),
                       sql::quote_identifier(object.id.part));
}

/// The facts of partitions on which it has another state.
constexpr std::string_view on_partition = "enabled on ";

std::string enable(Definition object, std::string_view partition, std::string const& state) {
    object.address = partition.substr(on_partition.size());
    object.facts = {{"enabled", state}};
    return enable(object);
}

/// What the table's own statement says, it says of all partitions.
void enable_partitions(Definition const& from, Definition const& to, Statements& out) {
    for (auto const& [name, state] : from.facts) {
        if (name.starts_with(on_partition) && fact(to, name).empty())
            out.push_back(enable(to, name, fact(to, "enabled")));
    }
    for (auto const& [name, state] : to.facts) {
        if (name.starts_with(on_partition) && fact(from, name) != state)
            out.push_back(enable(to, name, state));
    }
}

/// A constraint trigger is a constraint as well, which SET CONSTRAINTS names. ALTER TRIGGER gives
/// only the trigger another name: where they differ, the constraint's is a fact.
bool is_constraint(Definition const& object) {
    return object.text.starts_with("CREATE CONSTRAINT ");
}

std::string constraint_name(Definition const& object) {
    auto name = fact(object, "constraint");
    return name.empty() ? object.id.part : name;
}

void rename_constraint(Definition const& object, std::string const& from, std::string const& to,
                       Statements& out) {
    if (from == to) return;
    out.push_back(fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", object.address,
                              sql::quote_identifier(from), sql::quote_identifier(to)));
}

Statements create(Definition const& object) {
    Statements out{object.text};
    rename_constraint(object, object.id.part, constraint_name(object), out);
    if (fact(object, "enabled") != "O") out.push_back(enable(object));
    enable_partitions({}, object, out);
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP TRIGGER {} ON {}", sql::quote_identifier(object.id.part),
                        object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    auto const is_other = fact(from, "enabled") != fact(to, "enabled");
    Statements out{};
    rename_constraint(to, constraint_name(from), constraint_name(to), out);
    if (is_other) out.push_back(enable(to));
    enable_partitions(is_other ? Definition{} : from, to, out);
    return out;
}

Statements rename(Definition const& from, Definition const& to) {
    auto out = rename_member(from, to, "TRIGGER");
    if (is_constraint(from) && fact(from, "constraint").empty())
        rename_constraint(from, from.id.part, to.id.part, out);
    return out;
}

}  // namespace

std::string enabled_on(sql::QualifiedName const& partition) {
    return std::string(on_partition) + sql::quote(partition);
}

DefinitionKind const trigger_kind{.title = "trigger",
                                  .caption = "Trigger",
                                  .id_kind = ObjectKind::trigger,
                                  .query = sql_text::object_definition_trigger,
                                  .create_rank = 140,
                                  .drop_rank = 20,
                                  .is_member = true,
                                  .create = create,
                                  .drop = drop,
                                  .alter = alter,
                                  .rename = rename};

}  // namespace cm::object

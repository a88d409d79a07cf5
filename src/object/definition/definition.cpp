// See definition.hpp: the list of kinds, and what they share.
#include "object/definition/definition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "object/definition/kinds.hpp"
#include "sql/canonical_definition.hpp"
#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::object {
namespace {

constexpr std::array all_kinds{
    &aggregate_kind,
    &cast_kind,
    &check_kind,
    &collation_kind,
    &comment_kind,
    &composite_type_kind,
    &conversion_kind,
    &default_privileges_kind,
    &domain_kind,
    &event_trigger_kind,
    &exclusion_kind,
    &foreign_data_wrapper_kind,
    &foreign_server_kind,
    &materialized_view_kind,
    &operator_kind,
    &operator_class_kind,
    &operator_family_kind,
    &ownership_kind,
    &policy_kind,
    &privileges_kind,
    &publication_kind,
    &range_type_kind,
    &routine_kind,
    &rule_kind,
    &sequence_kind,
    &sequence_owner_kind,
    &statistics_kind,
    &text_search_configuration_kind,
    &text_search_dictionary_kind,
    &trigger_kind,
    &view_kind,
};

void write(std::string_view verb, Definition const& object,
           std::vector<std::string> const& statements, sql::Writer& out) {
    auto title = fmt::format("{}{}", verb, object.definition_kind->caption);
    auto const write_one = [&](std::string const& statement) {
        out.statement(std::exchange(title, {}), statement);
    };
    if (object.is_unchecked) write_one("SET check_function_bodies = off");
    for (auto const& statement : statements) write_one(statement);
    if (object.is_unchecked) write_one("RESET check_function_bodies");
}

/// `public.f` of the address `FUNCTION public.f(a integer)`, and `f` as it is.
struct WrittenName {
    std::string written{}, name{};
};

WrittenName name_in_address(Definition const& object) {
    std::string_view const address{object.address};
    auto first = sql::next_significant_token(address, 0);
    auto const second = sql::next_significant_token(address, first.end);
    // `public.c USING btree` has its name in front, `PROCEDURE public.p()` behind a word.
    if (sql::is_name(second)) {
        auto const third = sql::next_significant_token(address, second.end);
        if (third.kind == sql::TokenKind::symbol) first = second;
    }
    auto last = first;
    for (auto dot = sql::next_significant_token(address, last.end);
         dot.kind == sql::TokenKind::symbol && address[dot.begin] == '.';
         dot = sql::next_significant_token(address, last.end)) {
        last = sql::next_significant_token(address, dot.end);
    }
    return {std::string{address.substr(first.begin, last.end - first.begin)},
            sql::name_of(address, last)};
}

/// The address of what has moved there.
std::string with_schema(std::string address, std::string const& schema) {
    Definition at{};
    at.address = address;
    auto const written = name_in_address(at).written;
    auto const dot = written.rfind('.');
    auto const name = dot == std::string::npos ? written : written.substr(dot + 1);
    return address.replace(address.find(written), written.size(),
                           sql::quote_identifier(schema) + "." + name);
}

}  // namespace

std::span<DefinitionKind const* const> const definition_kinds{all_kinds};

bool has_same_text(Definition const& a, Definition const& b) {
    return sql::are_same_definitions(a.text, b.text);
}

bool operator==(Definition const& a, Definition const& b) {
    auto const is_same_fact = [](Fact const& one, Fact const& other) {
        return one.first == other.first && sql::are_same_definitions(one.second, other.second);
    };
    return a.definition_kind == b.definition_kind && a.id == b.id &&
           std::equal(a.facts.begin(), a.facts.end(), b.facts.begin(), b.facts.end(),
                      is_same_fact) &&
           has_same_text(a, b);
}

bool hands_down(Definition const& object) {
    return object.definition_kind->is_handed_down && !object.text.ends_with(" NO INHERIT") &&
           !object.text.ends_with(" NO INHERIT NOT VALID");
}

std::string fact(Definition const& object, std::string_view name) {
    auto const found = std::find_if(object.facts.begin(), object.facts.end(),
                                    [&](Fact const& candidate) { return candidate.first == name; });
    return found == object.facts.end() ? std::string{} : found->second;
}

std::string_view enabling(Definition const& object) {
    auto const state = fact(object, "enabled");
    if (state == "D") return "DISABLE";
    if (state == "R") return "ENABLE REPLICA";
    return state == "A" ? "ENABLE ALWAYS" : "ENABLE";
}

std::vector<std::string> rename_object(Definition const& from, Definition const& to) {
    constexpr std::string_view verb = "DROP";
    auto const dropped = from.definition_kind->drop(from).front();
    return {fmt::format("ALTER{} RENAME TO {}", dropped.substr(verb.size()),
                        sql::quote_identifier(name_in_address(to).name))};
}

std::string rename_part(Definition const& object, std::string const& from, std::string const& to) {
    constexpr std::string_view verb = "DROP";
    auto const& kind = *object.definition_kind;
    // ALTER VIEW … RENAME COLUMN came with PostgreSQL 13; ALTER TABLE does it on all versions.
    auto const what = &kind == &view_kind ? fmt::format(" TABLE {}", object.address)
                                          : kind.drop(object).front().substr(verb.size());
    return fmt::format("ALTER{} RENAME {} {} TO {}", what, kind.part_word,
                       sql::quote_identifier(from), sql::quote_identifier(to));
}

std::vector<std::string> rename_statements(Definition const& from, Definition const& to) {
    constexpr std::string_view verb = "DROP";
    std::vector<std::string> statements{};
    auto const& kind = *from.definition_kind;
    auto const is_moved = from.id.name.schema != to.id.name.schema;
    if (is_moved) {
        statements.push_back(fmt::format("ALTER{} SET SCHEMA {}",
                                         kind.drop(from).front().substr(verb.size()),
                                         sql::quote_identifier(to.id.name.schema)));
    }
    if (name_in_address(from).name == name_in_address(to).name) return statements;
    auto at = from;
    if (is_moved) at.address = with_schema(from.address, to.id.name.schema);
    for (auto& statement : kind.rename(at, to)) statements.push_back(std::move(statement));
    return statements;
}

std::vector<std::string> rename_member(Definition const& from, Definition const& to,
                                       std::string_view word) {
    return {fmt::format("ALTER {} {} ON {} RENAME TO {}", word, sql::quote_identifier(from.id.part),
                        from.address, sql::quote_identifier(to.id.part))};
}

std::string alter_constraint(Definition const& object, std::string_view verb) {
    return fmt::format("ALTER TABLE {} {} CONSTRAINT {}", object.address, verb,
                       sql::quote_identifier(object.id.part));
}

ObjectRef key(Definition const& object) {
    return object.id;
}

std::string display_name(Definition const& object) {
    return object.definition_kind->is_member ? object.id.part : object.id.name.name;
}

std::string_view title_of(Definition const& object) {
    return object.definition_kind->title;
}

ObjectRef self(Definition const& object) {
    return object.id;
}

References references(Definition const& object) {
    auto needed = object.uses;
    if (!object.id.name.schema.empty()) {
        needed.push_back({ObjectKind::namespace_, {object.id.name.schema, {}}});
    }
    if (object.owned_by) needed.push_back(*object.owned_by);
    return needed;
}

References lost_parts(Definition const& from, Definition const& to) {
    References parts{};
    if (from.definition_kind->lost_parts == nullptr) return parts;
    for (auto& name : from.definition_kind->lost_parts(from, to)) {
        parts.push_back({from.id.kind, from.id.name, DependencyKind::column, std::move(name)});
    }
    return parts;
}

std::optional<ObjectRef> owner(Definition const& object) {
    return object.owned_by;
}

namespace {

/// A statement that makes it begins with its name, in quotes or not.
std::string text_without_name(Definition const& object) {
    auto text = object.text;
    auto const& kind = *object.definition_kind;
    if (!text.starts_with("CREATE ") && kind.create != nullptr) return text;
    auto const name = kind.is_member ? object.id.part : name_in_address(object).written;
    auto const quoted = sql::quote_identifier(name);
    auto const bare_at = text.find(name), quoted_at = text.find(quoted);
    if (quoted_at < bare_at) return text.erase(quoted_at, quoted.size());
    return bare_at == std::string::npos ? text : text.erase(bare_at, name.size());
}

}  // namespace

bool has_other_name(Definition const& from, Definition const& to) {
    auto const is_alike = from.definition_kind == to.definition_kind &&
                          from.definition_kind->rename != nullptr && from.id != to.id &&
                          from.owned_by == to.owned_by && from.id.name.schema == to.id.name.schema;
    if (!is_alike) return false;
    auto under_name = from, wanted = to;
    under_name.id = to.id;
    under_name.text = text_without_name(from);
    wanted.text = text_without_name(to);
    return under_name == wanted && from.shape == to.shape;
}

/// Between two schemas, what others name is made under the other name, and they with it.
bool renamed(Definition const& from, Definition const& to) {
    return !to.definition_kind->is_named_by_others && has_other_name(from, to);
}

ChangeStrategy strategy(Definition const& from, Definition const& to) {
    if (from == to) return ChangeStrategy::none;
    if (from.definition_kind != to.definition_kind || to.definition_kind->alter == nullptr) {
        return ChangeStrategy::recreate;
    }
    return to.definition_kind->alter(from, to) ? ChangeStrategy::alter : ChangeStrategy::recreate;
}

void to_sql(Create<Definition> const& step, sql::Writer& out) {
    auto const& object = step.object;
    auto const create = object.definition_kind->create;
    using Statements = std::vector<std::string>;
    write("Create", object,
          create == nullptr ? Statements{"CREATE " + object.text} : create(object), out);
}

void to_sql(Alter<Definition> const& step, sql::Writer& out) {
    auto const& kind = *step.to.definition_kind;
    if (step.from.id != step.to.id) {
        write("Rename", step.to, kind.rename(step.from, step.to), out);
    } else {
        write("Alter", step.to, kind.alter(step.from, step.to).value(), out);
    }
}

void to_sql(Drop<Definition> const& step, sql::Writer& out) {
    write("Drop", step.object, step.object.definition_kind->drop(step.object), out);
}

void hazards(Create<Definition> const& step, Hazards& out) {
    auto const& kind = *step.object.definition_kind;
    if (kind.hazards != nullptr) kind.hazards({}, step.object, out);
}

void hazards(Alter<Definition> const& step, Hazards& out) {
    auto const& kind = *step.to.definition_kind;
    if (kind.hazards != nullptr && step.from.id == step.to.id)
        kind.hazards(step.from, step.to, out);
}

void hazards(Drop<Definition> const& step, Hazards& out) {
    auto const& kind = *step.object.definition_kind;
    if (kind.drop_hazards != nullptr) kind.drop_hazards(step.object, out);
}

namespace {

/// A fact may be about two things, one a line.
std::string shown(std::string name) {
    auto const end = name.find('\n');
    return end == std::string::npos ? name : name.replace(end, 1, " to ");
}

}  // namespace

std::vector<std::string> describe(Alter<Definition> const& step) {
    std::vector<std::string> lines{};
    if (step.from.id != step.to.id) {
        return {fmt::format("[*] Renamed, was `{}`", display_name(step.from))};
    }
    if (!has_same_text(step.from, step.to)) lines.emplace_back("[*] Changed the definition");
    for (auto const& [name, value] : step.to.facts) {
        if (sql::are_same_definitions(fact(step.from, name), value)) continue;
        lines.push_back(fmt::format("[*] Changed: {}", shown(name)));
    }
    for (auto const& [name, value] : step.from.facts) {
        if (fact(step.to, name).empty() && !value.empty()) {
            lines.push_back(fmt::format("[-] Removed: {}", shown(name)));
        }
    }
    return lines;
}

void read(sql::Row const& row, DefinitionKind const& kind, Definition& object) {
    object.definition_kind = &kind;
    object.id = {kind.id_kind,
                 {row.text("schema"), row.text("name")},
                 DependencyKind::object,
                 row.text("part")};
    if (kind.is_member) object.owned_by = ObjectRef{ObjectKind::table, object.id.name};
    if (kind.is_attached) {
        auto const on = object_kind(row.text("owner_kind"));
        sql::QualifiedName name{row.text("schema"), row.text("owner_name")};
        if (on) {
            object.owned_by = ObjectRef{
                *on, std::move(name),
                row.boolean("is_of_column") ? DependencyKind::column : DependencyKind::object,
                row.text("owner_part")};
        }
    }
    object.address = row.text("address");
    object.text = row.text("text");
    object.shape = row.text_array("shape");
    auto const facts = row.text_array("facts");
    for (std::size_t i = 0; i + 1 < facts.size(); i += 2) {
        object.facts.emplace_back(facts[i], facts[i + 1]);
    }
    if (kind.owner != nullptr) object.owned_by = kind.owner(object);
    if (kind.uses != nullptr) object.uses = kind.uses(object);
}

}  // namespace cm::object

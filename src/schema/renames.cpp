// See renames.hpp.
#include "schema/renames.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"
#include "base/stopover.hpp"
#include "object/table/sequence.hpp"
#include "schema/acting_names.hpp"
#include "schema/definition_renames.hpp"
#include "schema/join_tables.hpp"
#include "schema/renamed.hpp"
#include "schema/said_names.hpp"

namespace cm::schema {
namespace {

using sql::QualifiedName;

template <class T>
std::set<QualifiedName> names_in(Objects<T> const& objects) {
    std::set<QualifiedName> names{};
    for (auto const& [name, object] : objects) names.insert(name);
    return names;
}

std::set<std::string> column_names(object::Table const& table) {
    std::set<std::string> names{};
    for (auto const& column : table.columns) names.insert(column.name);
    return names;
}

template <class T>
Acting<QualifiedName> acting_objects(Objects<T> const& from, Objects<T> const& to,
                                     std::string_view kind) {
    Said<QualifiedName> said{};
    for (auto const& [name, object] : to) {
        auto const& former = object.former_names;
        if (former) said.add(name, *former, completed_names(*former, name.schema));
    }
    if (said.wishes.empty()) return {};
    auto acting = acting_names(said.wishes, names_in(from), names_in(to), said.asked);
    refuse_copies(acting, kind, [&](QualifiedName const& name) { return to.find(name)->origin; });
    return acting;
}

std::vector<NameChange> column_changes(object::Table const& from, object::Table const& to) {
    Said<std::string> said{};
    for (auto const& column : to.columns) {
        auto const& former = column.former_names;
        if (former) said.add(column.name, *former, plain_names(*former));
    }
    if (said.wishes.empty()) return {};
    auto acting = acting_names(said.wishes, column_names(from), column_names(to), said.asked);
    // The parent's statement renames it.
    std::erase_if(acting, [&](auto const& entry) {
        auto const* const old = find_column(from, entry.second);
        return old->is_inherited || (old->details && old->details->is_from_parent);
    });
    refuse_copies(acting, "column",
                  [&](std::string const& name) { return find_column(to, name)->origin; });
    return ordered_changes(acting);
}

std::vector<NameChange> value_changes(object::Enum const& from, object::Enum const& to) {
    Said<std::string> said{};
    for (auto const& [value, former] : to.former_values)
        said.add(value, former, plain_names(former));
    if (said.wishes.empty()) return {};
    auto const acting =
        acting_names<std::string>(said.wishes, {from.values.begin(), from.values.end()},
                                  {to.values.begin(), to.values.end()}, said.asked);
    refuse_copies(acting, "value", [&](std::string const&) { return to.origin; });
    return ordered_changes(acting);
}

/// What it is called at the end of these changes.
std::string now_called(std::string name, std::vector<NameChange> const& changes) {
    for (auto const& change : changes) {
        if (name == change.from) name = change.to;
    }
    return name;
}

/// Of a column that takes its numbers from a sequence of that name, as SERIAL would make it.
bool has_usual_sequence(object::Table const& table, object::Column const& column) {
    auto const* const numbers =
        column.default_value ? std::get_if<object::AutoIncrement>(&*column.default_value) : nullptr;
    auto const usual = object::sequence_name(table.name, column);
    return numbers != nullptr && numbers->sequence.value_or(usual) == usual;
}

/// The names that PostgreSQL made of the table's and the column's, unless somebody says others.
struct MadeNames {
    Acting<std::string> sequences{}, constraints{};
};

/// `columns`: how those of `from` are renamed.
MadeNames made_names(object::Table const& from, std::vector<NameChange> const& columns,
                     object::Table const& to) {
    MadeNames made{};
    for (auto const& column : from.columns) {
        object::Column const now{.name = now_called(column.name, columns)};
        auto const* const declared = find_column(to, now.name);
        if (declared == nullptr) continue;
        auto const add = [&](std::string const& label, Acting<std::string>& names) {
            auto const before = object::made_name(from.name, column, label);
            auto const after = object::made_name(to.name, now, label);
            if (before != after) names.emplace(after, before);
        };
        auto const is_named_otherwise =
            declared->details && declared->details->sequence &&
            declared->details->sequence->name != object::sequence_name(to.name, now);
        if (!is_named_otherwise && has_usual_sequence(from, column)) add("seq", made.sequences);
        if (column.details && column.details->has_required_constraint &&
            column.details->required_name.empty()) {
            add("not_null", made.constraints);
        }
    }
    return made;
}

/// The sequences of a table lie among those of all others: while it has a stopover for a name, so
/// have they.
std::vector<NameChange> with_stopovers(Acting<std::string> const& sequences) {
    std::vector<NameChange> changes{};
    for (auto const& [now, old] : sequences) changes.push_back({old, stopover(old)});
    return changes;
}

Acting<std::string> from_stopovers(Acting<std::string> sequences) {
    for (auto& [now, old] : sequences) old = stopover(old);
    return sequences;
}

void add_tables(Schema const& from, Schema const& to, Steps& steps) {
    auto tables = acting_objects(from.tables, to.tables, "table");
    for (auto const& [now, old] : renamed_join_tables(from, to, tables)) tables.emplace(now, old);
    auto const final_name = [&](QualifiedName const& first) {
        return std::find_if(tables.begin(), tables.end(),
                            [&](auto const& entry) { return entry.second == first; })
            ->first;
    };
    for (auto const& [first, old, now] : ordered_renames(tables)) {
        auto const& before = *from.tables.find(first);
        RenameTable step{.from = before, .to = now};
        step.from.name = old;
        auto const* const wanted = to.tables.find(final_name(first));
        if (wanted != nullptr) {
            auto columns = column_changes(before, *wanted);
            auto made = made_names(before, columns, *wanted);
            if (now != wanted->name) {
                step.sequences = with_stopovers(made.sequences);
            } else {
                auto const comes_from_stopover = old != first;
                step.columns = std::move(columns);
                step.sequences =
                    ordered_changes(comes_from_stopover ? from_stopovers(std::move(made.sequences))
                                                        : std::move(made.sequences));
                step.constraints = ordered_changes(made.constraints);
            }
        }
        steps.emplace_back(std::move(step));
    }
    for (auto const& [name, wanted] : to.tables) {
        auto const* const table = from.tables.find(name);
        if (table == nullptr || tables.contains(name) || is_taken_away(name, tables)) continue;
        auto changes = column_changes(*table, wanted);
        if (changes.empty()) continue;
        auto const made = made_names(*table, changes, wanted);
        steps.emplace_back(RenameTable{.from = *table,
                                       .to = name,
                                       .columns = std::move(changes),
                                       .sequences = ordered_changes(made.sequences),
                                       .constraints = ordered_changes(made.constraints)});
    }
}

void add_enums(Schema const& from, Schema const& to, Steps& steps) {
    auto const enums = acting_objects(from.enums, to.enums, "enum");
    for (auto const& [first, old, now] : ordered_renames(enums)) {
        RenameEnum step{.from = *from.enums.find(first), .to = now};
        step.from.name = old;
        auto const* const wanted = to.enums.find(now);
        if (wanted != nullptr) step.values = value_changes(step.from, *wanted);
        steps.emplace_back(std::move(step));
    }
    for (auto const& [name, wanted] : to.enums) {
        auto const* const type = from.enums.find(name);
        if (type == nullptr || enums.contains(name) || is_taken_away(name, enums)) continue;
        auto changes = value_changes(*type, wanted);
        if (!changes.empty())
            steps.emplace_back(RenameEnum{.from = *type, .to = name, .values = std::move(changes)});
    }
}

/// ALTER TABLE or TYPE: into another schema, under another name.
void rename_object(std::string_view keyword, QualifiedName const& from, QualifiedName const& to,
                   std::string& title, sql::Writer& out) {
    auto const statement = [&](std::string const& text) {
        out.statement(title, text);
        title.clear();
    };
    auto at = from;
    if (at.schema != to.schema) {
        statement(fmt::format("ALTER {} {} SET SCHEMA {}", keyword, out.name(at),
                              sql::quote_identifier(to.schema)));
        at.schema = to.schema;
    }
    if (at.name != to.name) {
        statement(fmt::format("ALTER {} {} RENAME TO {}", keyword, out.name(at),
                              sql::quote_identifier(to.name)));
    }
}

}  // namespace

Steps renames_to(Schema const& from, Schema const& to) {
    auto steps = namespace_renames(from, to);
    if (!steps.empty()) {
        for (auto& step : renames_to(renamed(from, steps), to)) steps.push_back(std::move(step));
        return steps;
    }
    add_enums(from, to, steps);
    add_tables(from, to, steps);
    add_definition_renames(from, to, steps);
    return steps;
}

void forget_asked(Schema& declared) {
    auto const forget = [](auto& former) {
        if (former) former->is_asked = false;
    };
    for (auto const& [name, unused] : declared.tables) {
        auto& table = *declared.tables.find(name);
        forget(table.former_names);
        for (auto& column : table.columns) forget(column.former_names);
    }
    for (auto const& [name, unused] : declared.enums) {
        auto& type = *declared.enums.find(name);
        forget(type.former_names);
        for (auto& [value, former] : type.former_values) former.is_asked = false;
    }
}

sql::QualifiedName name_today(Steps const& plan, sql::QualifiedName planned) {
    for (auto step = plan.rbegin(); step != plan.rend(); ++step) {
        if (auto const* const table = std::get_if<RenameTable>(&*step)) {
            if (table->to == planned) planned = table->from.name;
        } else if (auto const* const type = std::get_if<RenameEnum>(&*step)) {
            if (type->to == planned) planned = type->from.name;
        }
    }
    return planned;
}

namespace {

std::string part_today(std::vector<NameChange> const& changes, std::string planned) {
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        if (change->to == planned) planned = change->from;
    }
    return planned;
}

/// `Rename`: RenameTable or RenameEnum, whose `parts` are renamed.
template <class Rename>
std::string part_today(Steps const& plan, QualifiedName object,
                       std::vector<NameChange> Rename::*parts, std::string planned) {
    for (auto step = plan.rbegin(); step != plan.rend(); ++step) {
        auto const* const rename = std::get_if<Rename>(&*step);
        if (rename == nullptr || rename->to != object) continue;
        planned = part_today(rename->*parts, std::move(planned));
        object = rename->from.name;
    }
    return planned;
}

}  // namespace

std::string column_today(Steps const& plan, QualifiedName table, std::string planned) {
    return part_today(plan, std::move(table), &RenameTable::columns, std::move(planned));
}

std::string value_today(Steps const& plan, QualifiedName type, std::string planned) {
    return part_today(plan, std::move(type), &RenameEnum::values, std::move(planned));
}

void to_sql(RenameTable const& step, sql::Writer& out) {
    std::string title = step.from.name != step.to ? "RenameTable" : "RenameColumn";
    rename_object("TABLE", step.from.name, step.to, title, out);
    auto const table = out.name(step.to);
    auto const rename_all = [&](std::string_view what, std::vector<NameChange> const& changes) {
        for (auto const& change : changes) {
            out.statement(title, fmt::format("ALTER TABLE {} RENAME {} {} TO {}", table, what,
                                             sql::quote_identifier(change.from),
                                             sql::quote_identifier(change.to)));
            title.clear();
        }
    };
    rename_all("COLUMN", step.columns);
    rename_all("CONSTRAINT", step.constraints);
    for (auto const& change : step.sequences) {
        out.statement(title, fmt::format("ALTER SEQUENCE {} RENAME TO {}",
                                         out.name({step.to.schema, change.from}),
                                         sql::quote_identifier(change.to)));
    }
}

void to_sql(RenameDefinition const& step, sql::Writer& out) {
    auto const caption = step.to.definition_kind->caption;
    auto title = fmt::format("Rename{}", caption);
    auto const write = [&](std::string const& statement) {
        out.statement(std::exchange(title, {}), statement);
    };
    for (auto const& statement : rename_statements(step.from, step.to)) write(statement);
    for (auto const& part : step.parts) write(rename_part(step.to, part.from, part.to));
}

void to_sql(RenameNamespace const& step, sql::Writer& out) {
    out.statement("RenameSchema",
                  fmt::format("ALTER SCHEMA {} RENAME TO {}", sql::quote_identifier(step.from.name),
                              sql::quote_identifier(step.to)));
}

void to_sql(RenameEnum const& step, sql::Writer& out) {
    std::string title = step.from.name != step.to ? "RenameEnum" : "RenameEnumValue";
    rename_object("TYPE", step.from.name, step.to, title, out);
    for (auto const& value : step.values) {
        out.statement(title,
                      fmt::format("ALTER TYPE {} RENAME VALUE {} TO {}", out.type_name(step.to),
                                  sql::quote_literal(value.from), sql::quote_literal(value.to)));
        title.clear();
    }
}

// No row changes: that is what they are for.

void hazards(RenameTable const& /*step*/, object::Hazards& /*out*/) {}

void hazards(RenameEnum const& /*step*/, object::Hazards& /*out*/) {}

void hazards(RenameDefinition const& /*step*/, object::Hazards& /*out*/) {}

void hazards(RenameNamespace const& /*step*/, object::Hazards& /*out*/) {}

}  // namespace cm::schema

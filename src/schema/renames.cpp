// See renames.hpp.
#include "schema/renames.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"
#include "object/table/sequence.hpp"
#include "schema/acting_names.hpp"
#include "schema/circles.hpp"
#include "schema/join_tables.hpp"

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

std::string shown(QualifiedName const& name) {
    return name.name;
}

std::string shown(std::string const& name) {
    return name;
}

/// What was copied with its comment must not move rows.
template <class Name, class OriginOf>
void refuse_copies(Acting<Name> const& acting, std::string_view kind, OriginOf origin_of) {
    std::map<Name, Name> first{};
    for (auto const& [name, old] : acting) {
        auto const [found, is_new] = first.emplace(old, name);
        if (is_new) continue;
        auto failure = error("CM0332", "two {}s would be renamed from `{}`: `{}` and `{}`", kind,
                             shown(old), shown(found->second), shown(name));
        Origin const origin = origin_of(name);
        if (origin.span) failure.primary = Label{*origin.span, {}};
        throw Failure(std::move(failure).help("remove `@renamed from {}` from the one that is new",
                                              shown(old)),
                      ExitCode::usage);
    }
}

/// A former name without a schema lies where the object is.
std::vector<QualifiedName> completed(object::FormerNames names, std::string const& schema) {
    for (auto& name : names) {
        if (name.schema.empty()) name.schema = schema;
    }
    return names;
}

template <class T>
Acting<QualifiedName> acting_objects(Objects<T> const& from, Objects<T> const& to,
                                     std::string_view kind) {
    Wishes<QualifiedName> wishes{};
    for (auto const& [name, object] : to) {
        if (object.former_names) wishes[name] = completed(*object.former_names, name.schema);
    }
    if (wishes.empty()) return {};
    auto acting = acting_names(wishes, names_in(from), names_in(to));
    refuse_copies(acting, kind, [&](QualifiedName const& name) { return to.find(name)->origin; });
    return acting;
}

std::vector<NameChange> changes_of(Acting<std::string> const& acting) {
    std::vector<NameChange> changes{};
    for (auto const& [old, now] :
         in_order(acting, [](std::string const& name) { return stopover(name); })) {
        changes.push_back({old, now});
    }
    return changes;
}

std::vector<std::string> plain(object::FormerNames const& names) {
    std::vector<std::string> all{};
    for (auto const& name : names) all.push_back(name.name);
    return all;
}

std::vector<NameChange> column_changes(object::Table const& from, object::Table const& to) {
    Wishes<std::string> wishes{};
    for (auto const& column : to.columns) {
        if (column.former_names) wishes[column.name] = plain(*column.former_names);
    }
    if (wishes.empty()) return {};
    auto acting = acting_names(wishes, column_names(from), column_names(to));
    // The parent's statement renames it.
    std::erase_if(acting, [&](auto const& entry) {
        auto const* const old = find_column(from, entry.second);
        return old->is_inherited || (old->details && old->details->is_from_parent);
    });
    refuse_copies(acting, "column",
                  [&](std::string const& name) { return find_column(to, name)->origin; });
    return changes_of(acting);
}

std::vector<NameChange> value_changes(object::Enum const& from, object::Enum const& to) {
    Wishes<std::string> wishes{};
    for (auto const& [value, names] : to.former_values) wishes[value] = plain(names);
    if (wishes.empty()) return {};
    auto const acting = acting_names<std::string>(wishes, {from.values.begin(), from.values.end()},
                                                  {to.values.begin(), to.values.end()});
    refuse_copies(acting, "value", [&](std::string const&) { return to.origin; });
    return changes_of(acting);
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
void add_made_names(RenameTable& step, object::Table const& to) {
    for (auto const& column : step.from.columns) {
        object::Column const now{.name = now_called(column.name, step.columns)};
        auto const* const declared = find_column(to, now.name);
        if (declared == nullptr) continue;
        auto const add = [&](std::string const& label, std::vector<NameChange>& changes) {
            NameChange change{object::made_name(step.from.name, column, label),
                              object::made_name(step.to, now, label)};
            if (change.from != change.to) changes.push_back(std::move(change));
        };
        auto const is_named_otherwise =
            declared->details && declared->details->sequence &&
            declared->details->sequence->name != object::sequence_name(step.to, now);
        if (!is_named_otherwise && has_usual_sequence(step.from, column))
            add("seq", step.sequences);
        if (column.details && column.details->has_required_constraint &&
            column.details->required_name.empty()) {
            add("not_null", step.constraints);
        }
    }
}

QualifiedName by_stopover(QualifiedName const& name) {
    return {name.schema, stopover(name.name)};
}

/// One of the renames of an object, which may take several by way of a stopover.
struct OrderedRename {
    QualifiedName first{};  ///< what it is called before all of them
    QualifiedName old{}, now{};
};

std::vector<OrderedRename> ordered_renames(Acting<QualifiedName> const& acting) {
    std::map<QualifiedName, QualifiedName> before{};
    std::vector<OrderedRename> renames{};
    for (auto const& [old, now] : in_order(acting, by_stopover)) {
        auto const first = before.contains(old) ? before.at(old) : old;
        before[now] = first;
        renames.push_back({first, old, now});
    }
    return renames;
}

void add_tables(Schema const& from, Schema const& to, Steps& steps) {
    auto tables = acting_objects(from.tables, to.tables, "table");
    for (auto const& [now, old] : renamed_join_tables(from, to, tables)) tables.emplace(now, old);
    for (auto const& [first, old, now] : ordered_renames(tables)) {
        RenameTable step{.from = *from.tables.find(first), .to = now};
        step.from.name = old;
        auto const* const wanted = to.tables.find(now);
        if (wanted != nullptr) {
            step.columns = column_changes(step.from, *wanted);
            step.from.name = first;  // after which its parts are named
            add_made_names(step, *wanted);
            step.from.name = old;
        }
        steps.emplace_back(std::move(step));
    }
    for (auto const& [name, wanted] : to.tables) {
        auto const* const table = from.tables.find(name);
        if (table == nullptr || tables.contains(name) || is_taken_away(name, tables)) continue;
        auto changes = column_changes(*table, wanted);
        if (changes.empty()) continue;
        RenameTable step{.from = *table, .to = name, .columns = std::move(changes)};
        add_made_names(step, wanted);
        steps.emplace_back(std::move(step));
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
    Steps steps{};
    add_enums(from, to, steps);
    add_tables(from, to, steps);
    return steps;
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

std::string column_today(Steps const& plan, sql::QualifiedName table, std::string planned) {
    for (auto step = plan.rbegin(); step != plan.rend(); ++step) {
        auto const* const rename = std::get_if<RenameTable>(&*step);
        if (rename == nullptr || rename->to != table) continue;
        for (auto change = rename->columns.rbegin(); change != rename->columns.rend(); ++change) {
            if (change->to == planned) planned = change->from;
        }
        table = rename->from.name;
    }
    return planned;
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

}  // namespace cm::schema

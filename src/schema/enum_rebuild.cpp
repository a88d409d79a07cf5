// See enum_rebuild.hpp. PostgreSQL manual, 8.7.4: existing values cannot be removed from an enum
// type, nor their sort ordering be changed.
#include "schema/enum_rebuild.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/diagnostic.hpp"
#include "base/utf8.hpp"

namespace cm::schema {
namespace {

/// The default that is put back at once, as Prisma does: the new one, even where ALTER TABLE sets
/// it again.
std::string next_default(object::Column const& from, object::Column const* to) {
    if (to == nullptr || !(from.type == to->type) || !from.default_value || !to->default_value) {
        return {};
    }
    auto const* const expression = std::get_if<sql::Expression>(&*to->default_value);
    return expression == nullptr ? std::string{} : expression->text;
}

/// Tables that stay in the order of the schema file, then those that go.
auto place(sql::QualifiedName const& table, Schema const& to) {
    auto const* const found = to.tables.find(table);
    return std::pair{found == nullptr, found == nullptr ? 0U : found->origin.order};
}

bool is_inherited(object::Column const& column, object::Table const& table, Schema const& from) {
    return std::any_of(table.parents.begin(), table.parents.end(), [&](auto const& name) {
        auto const* const parent = from.tables.find(name);
        return parent != nullptr && find_column(*parent, column.name) != nullptr;
    });
}

std::vector<EnumColumn> columns_of(object::Enum const& type, Schema const& from, Schema const& to) {
    std::vector<EnumColumn> columns{};
    for (auto const& [name, table] : from.tables) {
        auto const* const table_after = to.tables.find(name);
        // Of two databases; a script from a schema file is as Prisma writes it.
        if (table_after == nullptr && from.is_whole && to.is_whole) continue;
        for (auto const& column : table.columns) {
            // What is generated goes before, and comes again (schema/stages).
            if (column.type.name != type.name || column.is_generated) {
                continue;
            }
            auto const* const after =
                table_after == nullptr ? nullptr : find_column(*table_after, column.name);
            auto const stays = after != nullptr && after->type.name == type.name;
            columns.push_back({.table = name,
                               .column = column.name,
                               .is_array = column.type.is_array,
                               .has_default = column.default_value.has_value(),
                               .default_text = stays ? next_default(column, after) : std::string{},
                               .stays = stays,
                               .is_inherited = is_inherited(column, table, from)});
        }
    }
    // As the tables were written, like everything else.
    std::stable_sort(columns.begin(), columns.end(), [&](EnumColumn const& a, EnumColumn const& b) {
        return place(a.table, to) < place(b.table, to);
    });
    return columns;
}

/// Values that are new and the default of a column: PostgreSQL refuses to use a value in the
/// transaction that adds it.
bool has_new_default(object::Enum const& before, object::Enum const& after, Schema const& to) {
    auto const added = added_values(before, after);
    auto const uses = [&](object::Column const& column) {
        auto const* const expression =
            column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
        return expression != nullptr && column.type.name == after.name &&
               std::any_of(added.begin(), added.end(), [&](std::string const& value) {
                   return expression->canonical.find(sql::quote_literal(value)) !=
                          std::string::npos;
               });
    };
    return std::any_of(to.tables.begin(), to.tables.end(), [&](auto const& entry) {
        auto const& columns = entry.second.columns;
        return std::any_of(columns.begin(), columns.end(), uses);
    });
}

/// Names of types in the schema of `type`, before and after.
std::set<std::string> taken_names(object::Enum const& type, Schema const& from, Schema const& to) {
    std::set<std::string> taken{};
    auto const& schema = type.name.schema;
    for (auto const* const side : {&from, &to}) {
        for (auto const& [name, object] : side->enums) {
            if (name.schema == schema) taken.insert(name.name);
        }
        for (auto const& [name, object] : side->tables) {
            if (name.schema == schema) taken.insert(name.name);
        }
        if (auto const* const space = side->namespaces.find(schema)) {
            taken.insert(space->other_types.begin(), space->other_types.end());
        }
    }
    return taken;
}

/// `Role_new`, or the next free name like it. PostgreSQL would cut a longer one to 63 bytes, which
/// may be the name of the type itself.
std::string free_name(std::string const& base, std::string const& suffix,
                      std::set<std::string>& taken) {
    constexpr std::size_t longest = 63;
    for (auto number = 1;; ++number) {
        auto const end = number == 1 ? suffix : fmt::format("{}{}", suffix, number);
        auto name = fmt::format("{}{}", utf8::cut(base, longest - end.size()), end);
        if (taken.insert(name).second) return name;
    }
}

std::string alter_column(EnumColumn const& column, sql::Writer const& out) {
    return fmt::format("ALTER TABLE {} ALTER COLUMN {}", out.name(column.table),
                       sql::quote_identifier(column.column));
}

std::string retype(EnumColumn const& column, std::string const& type, sql::Writer const& out) {
    auto const list = column.is_array ? "[]" : "";
    auto const name = sql::quote_identifier(column.column);
    if (!column.stays) {
        return fmt::format("{} TYPE text{} USING ({}::text{})", alter_column(column, out), list,
                           name, list);
    }
    return fmt::format("{0} TYPE {1}{2} USING ({3}::text::{1}{2})", alter_column(column, out), type,
                       list, name);
}

/// The table that is partitioned by one of the columns, which PostgreSQL does not change then.
object::Table const* partitioned_by(std::vector<EnumColumn> const& columns, Schema const& from) {
    for (auto const& column : columns) {
        auto const* const table = from.tables.find(column.table);
        if (table == nullptr || !table->details) continue;
        auto const& key = table->details->key_columns;
        if (std::find(key.begin(), key.end(), column.column) != key.end()) return table;
    }
    return nullptr;
}

}  // namespace

Steps rebuild_enums(Schema const& from, Schema const& to, Steps steps) {
    for (auto& step : steps) {
        auto const* const alter = std::get_if<Alter<object::Enum>>(&step);
        if (alter == nullptr) {
            continue;
        }
        auto const only_gains =
            removed_values(alter->from, alter->to).empty() && !is_reordered(alter->from, alter->to);
        if (only_gains && !has_new_default(alter->from, alter->to, to)) continue;
        auto columns = columns_of(alter->from, from, to);
        if (auto const* const table = partitioned_by(columns, from)) {
            // Where the default is set, `deploy` begins a new transaction.
            if (only_gains) continue;
            throw Failure(
                error("CM0319", "`{}` cannot be recreated while the table `{}` relies on it",
                      alter->from.name.name, table->name.name)
                    .note("the table is partitioned by it")
                    .help("in a migration of your own, move the rows to a new column or table "
                          "first"));
        }
        auto taken = taken_names(alter->from, from, to);
        auto const& name = alter->from.name.name;
        auto new_name = free_name(name, "_new", taken);
        auto old_name = free_name(name, "_old", taken);
        step = RebuildEnum{alter->from, alter->to, std::move(columns), std::move(new_name),
                           std::move(old_name)};
    }
    return steps;
}

void to_sql(RebuildEnum const& step, sql::Writer& out) {
    sql::QualifiedName const old{step.to.name.schema, step.old_name};
    std::string title = "AlterEnum";
    auto const statement = [&](std::string const& text) {
        out.statement(title, text);
        title.clear();
    };
    auto next = step.to;
    next.name.name = step.new_name;
    to_sql(Create<object::Enum>{next}, out);
    out.retitle_last(title);
    title.clear();
    for (auto const& column : step.columns) {
        if (column.has_default) {
            statement(alter_column(column, out) + " DROP DEFAULT");
        }
    }
    for (auto const& column : step.columns) {
        if (column.is_inherited) continue;
        statement(retype(column, out.type_name(next.name), out));
    }
    statement(fmt::format("ALTER TYPE {} RENAME TO {}", out.type_name(step.from.name),
                          sql::quote_identifier(old.name)));
    statement(fmt::format("ALTER TYPE {} RENAME TO {}", out.type_name(next.name),
                          sql::quote_identifier(step.to.name.name)));
    statement(fmt::format("DROP TYPE {}", out.type_name(old)));
    for (auto const& column : step.columns) {
        if (!column.default_text.empty()) {
            statement(
                fmt::format("{} SET DEFAULT {}", alter_column(column, out), column.default_text));
        }
    }
}

void hazards(RebuildEnum const& step, object::Hazards& out) {
    hazards(Alter<object::Enum>{step.from, step.to}, out);
    if (out.empty() || step.columns.empty()) {
        return;
    }
    auto hazard = out.back();
    out.pop_back();
    std::string values{};
    for (auto const& value : removed_values(step.from, step.to)) {
        values += (values.empty() ? "" : ", ") + sql::quote_literal(value);
    }
    for (auto const& column : step.columns) {
        if (!column.stays) {
            continue;
        }
        auto const name = sql::quote_identifier(column.column);
        auto const table = sql::quote_identifier(column.table.schema) + "." +
                           sql::quote_identifier(column.table.name);
        auto const condition = column.is_array
                                   ? fmt::format("{}::text[] && ARRAY[{}]", name, values)
                                   : fmt::format("{}::text IN ({})", name, values);
        hazard.probe = object::Probe{
            fmt::format("SELECT count(*) FILTER (WHERE {}) AS affected, count(*) AS total FROM {}",
                        condition, table),
            fmt::format("{{affected}} of {{total}} rows of `{}` still have one of them in `{}`",
                        column.table.name, column.column)};
        out.push_back(hazard);
    }
}

}  // namespace cm::schema

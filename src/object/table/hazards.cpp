// What can go wrong when a table changes, each with the question that the server can answer.
#include <fmt/ranges.h>

#include <algorithm>

#include "base/overloaded.hpp"
#include "object/table/cast.hpp"
#include "object/table/column_clauses.hpp"
#include "object/table/kept_values.hpp"
#include "object/table/table.hpp"
#include "sql/system_types.hpp"

namespace cm::object {
namespace {

Probe count(Table const& table, std::string const& condition, std::string finding) {
    return {fmt::format("SELECT count(*) FILTER (WHERE {}) AS affected, count(*) AS total FROM {}",
                        condition, sql::quote(table.name)),
            std::move(finding)};
}

void dropped(Table const& table, Column const& column, Origin origin, Hazards& out) {
    out.push_back(
        {.kind = HazardKind::data_loss,
         .code = "CM0616",
         .message = fmt::format("the column `{}` of the table `{}` is dropped with all its data",
                                column.name, table.name.name),
         .help = {},
         .origin = origin,
         .probe = count(
             table, fmt::format("{} IS NOT NULL", sql::quote_identifier(column.name)),
             fmt::format("{{affected}} of {{total}} rows have a value in `{}`", column.name))});
}

std::string missing_default(Table const& table, Column const& column) {
    if (column.client_value.empty()) {
        return fmt::format(
            "the required column `{}` is added to the table `{}` without a default value: this "
            "fails unless the table is empty",
            column.name, table.name.name);
    }
    return fmt::format(
        "the required column `{}` is added to the table `{}`, and has no default value in the "
        "database, because Prisma Client generates `{}`: this fails unless the table is empty",
        column.name, table.name.name, column.client_value);
}

/// What the database itself can do instead of the client.
std::string way_to_a_default(Column const& column) {
    if (column.client_value.empty()) {
        return "give it a `@default(…)`, or make it optional, fill it, and then make it required";
    }
    std::string_view const by_database =
        column.client_value == "@updatedAt" ? "add `@default(now())`, which the database fills in"
        : column.client_value == "uuid()"
            ? "use `@default(dbgenerated(\"gen_random_uuid()\"))`, which the database fills in"
            : "use `@default(dbgenerated(\"…\"))`, which the database fills in";
    return fmt::format("{}, or make the field optional, fill it, and then make it required",
                       by_database);
}

void required(Table const& table, Column const& column, Hazards& out) {
    if (column.is_nullable || column.default_value || column.is_generated) {
        return;
    }
    out.push_back({.kind = HazardKind::may_fail,
                   .code = "CM0611",
                   .message = missing_default(table, column),
                   .help = way_to_a_default(column),
                   .origin = column.origin,
                   .probe = count(table, "true", "the table has {total} rows")});
}

void set_not_null_hazard(Alter<Table> const& step, Alter<Column> const& change, Hazards& out) {
    auto const lets_empty = [](Column const& column) {
        return column.is_nullable || is_unchecked(column);
    };
    if (!lets_empty(change.from) || lets_empty(change.to)) {
        return;
    }
    auto const& name = change.to.name;
    out.push_back(
        {.kind = HazardKind::may_fail,
         .code = "CM0610",
         .message = fmt::format(
             "the column `{}` of the table `{}` becomes required: this fails if a row has "
             "no value there",
             name, step.to.name.name),
         .help = "first set the missing values, with an UPDATE in the migration",
         .origin = change.to.origin,
         .probe = count(step.from, fmt::format("{} IS NULL", sql::quote_identifier(name)),
                        fmt::format("{{affected}} of {{total}} rows have no `{}`", name))});
}

/// Values of text are cast explicitly, which cuts and rounds where an assignment would refuse
/// (manual, CREATE CAST); what domains do, only the server knows.
bool may_cut(Alter<Column> const& change) {
    auto const& to = change.to.type;
    if (sql::type_class(change.from.type) != sql::TypeClass::text ||
        conversion(change.from.type, to) != Conversion::by_using)
        return false;
    auto const& name = to.name;
    if (!sql::is_system_type_name(name.name)) return to.is_array;
    switch (sql::type_class(to)) {
        case sql::TypeClass::date_time:
        case sql::TypeClass::bit:
            return true;
        case sql::TypeClass::number:
            return name.name != "numeric" || !to.modifiers.empty();
        default:
            return name.name == "name" || name.name == "char" || !to.modifiers.empty();
    }
}

/// The type of that sort that has a place for everything; text where values must look alike.
std::string widest(sql::Type const& type) {
    auto const& name = type.name.name;
    auto const list = type.is_array ? "[]" : "";
    if (sql::type_class(type) == sql::TypeClass::date_time)
        return (name == "date" ? "timestamp" : name) + list;
    return name == "numeric" ? name + list : "text";
}

std::string_view consequence(Alter<Column> const& change) {
    if (may_cut(change))
        return "the migration fails if a value cannot be cast, and what the new type has no place "
               "for is cut or rounded";
    if (conversion(change.from.type, change.to.type) == Conversion::by_using) {
        return "the migration fails if a value cannot be cast";
    }
    if (change.from.type.is_array && !change.to.type.is_array) {
        return "each list becomes one text value such as `{a,b}`, and is no longer a list";
    }
    // Alone among the casts that may fail, this one cuts what does not fit.
    if (change.to.type.name.name == "cidr") return "the host part of the addresses is lost";
    switch (sql::type_class(change.to.type)) {
        case sql::TypeClass::date_time:
            return "values may be rounded, or mean a different time in another time zone";
        case sql::TypeClass::integer:
            return "the migration fails if a value is too large, and fractions are rounded";
        case sql::TypeClass::number:
            return "the migration fails if a value is too large, and other values may be rounded";
        case sql::TypeClass::text:
        case sql::TypeClass::bit:
            return "the migration fails if a value is too long";
        default:
            return "the migration fails if a value does not fit";
    }
}

/// The length that the new type allows, where PostgreSQL refuses longer values.
std::optional<std::string> new_length(Alter<Column> const& change) {
    auto const& to = change.to.type;
    auto const is_bounded = sql::type_class(to) == sql::TypeClass::text && !to.is_array &&
                            !change.from.type.is_array && to.modifiers.size() == 1 &&
                            conversion(change.from.type, to) == Conversion::risky;
    return is_bounded ? std::optional{to.modifiers.front()} : std::nullopt;
}

/// Counts what is too long, or else the values, and casts them all, which fails where the migration
/// would.
Probe try_cast(Alter<Table> const& step, Alter<Column> const& change) {
    auto const name = sql::quote_identifier(change.to.name);
    if (auto const length = new_length(change)) {
        return count(step.from, fmt::format("length(rtrim({}::text)) > {}", name, *length),
                     fmt::format("{{affected}} of {{total}} rows have more than {} characters in "
                                 "`{}`",
                                 *length, change.to.name));
    }
    if (may_cut(change)) {
        return count(step.from,
                     fmt::format("({0})::{1} IS DISTINCT FROM {2}::{1}",
                                 cast_expression(change.from, change.to, sql::Writer{{}}),
                                 widest(change.to.type), name),
                     fmt::format("{{affected}} of {{total}} rows are not the same in `{}` once "
                                 "they are cast",
                                 change.to.name));
    }
    auto const finding =
        fmt::format("{{affected}} of {{total}} rows have a value in `{}`", change.to.name);
    if (sql::type_class(change.to.type) == sql::TypeClass::bit &&
        conversion(change.from.type, change.to.type) == Conversion::risky) {
        return count(step.from, name + " IS NOT NULL", finding);  // the cast would cut them
    }
    return {
        fmt::format("SELECT count({0}) AS affected, count(*) AS total, count({1}) AS cast_values "
                    "FROM {2}",
                    name, cast_expression(change.from, change.to, sql::Writer{{}}),
                    sql::quote(step.from.name)),
        finding};
}

void retyped(Alter<Table> const& step, Alter<Column> const& change, Hazards& out) {
    auto const how = conversion(change.from.type, change.to.type);
    if (how != Conversion::risky && how != Conversion::by_using) {
        return;
    }
    auto const& name = change.to.name;
    auto const is_too_long = new_length(change).has_value();
    sql::Writer const names{step.to.name.schema};
    out.push_back(
        {.kind = (how == Conversion::risky && !is_too_long) || may_cut(change)
                     ? HazardKind::data_loss
                     : HazardKind::may_fail,
         .code = "CM0613",
         .message = fmt::format("the column `{}` of the table `{}` changes from {} to {}: {}", name,
                                step.to.name.name, names.type(change.from.type),
                                names.type(change.to.type), consequence(change)),
         .help = {},
         .origin = change.to.origin,
         .probe = try_cast(step, change),
         .is_conclusive = is_too_long});  // whether those values can be cast, the server says
}

/// The declaration says another type than the domain has, but nothing of the domain.
void lost_domain(Alter<Table> const& step, Alter<Column> const& change, Hazards& out) {
    if (!are_exact(change.from, change.to) || change.to.details->formatted_type) return;
    auto const& domain = change.from.details->domain;
    if (domain.name.empty() || change.to.details->domain == domain) return;
    sql::Writer const names{step.to.name.schema};
    out.push_back(
        {.kind = HazardKind::data_loss,
         .code = "CM0613",
         .message = fmt::format(
             "the column `{}` of the table `{}` changes from the domain `{}` to {}: what "
             "the domain checks is no longer checked",
             change.to.name, step.to.name.name, domain.name, names.type(change.to.type)),
         .help = fmt::format("change the domain instead, or replace it by another one over "
                             "{}, in a migration of your own",
                             names.type(change.to.type)),
         .origin = change.to.origin,
         .probe = std::nullopt});
}

/// Rows that were told apart by fewer columns are so by more, if those are all there.
bool is_implied_by_old_key(Alter<Table> const& step, PrimaryKey const& primary_key) {
    auto const& wanted = primary_key.columns;
    auto const has = [&](std::string const& name) {
        return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    };
    auto const is_filled = [&](std::string const& name) {
        auto const* const old = find_column(step.from, name);
        if (old == nullptr || old->is_nullable) return false;
        auto const how = conversion(old->type, find_column(step.to, name)->type);
        return how == Conversion::same || how == Conversion::safe;
    };
    return step.from.primary_key &&
           std::all_of(step.from.primary_key->columns.begin(), step.from.primary_key->columns.end(),
                       has) &&
           std::all_of(wanted.begin(), wanted.end(), is_filled);
}

/// Columns that are new: those that count, or are empty, hold no duplicates; a default fills all
/// rows alike.
enum class NewColumns { none, told_apart, alike };

NewColumns new_columns(Alter<Table> const& step, PrimaryKey const& primary_key) {
    auto result = NewColumns::none;
    for (auto const& name : primary_key.columns) {
        auto const& column = *find_column(step.to, name);
        auto const* const old = find_column(step.from, name);
        if (old != nullptr && conversion(old->type, column.type) != Conversion::none) continue;
        auto const is_alike =
            column.default_value && std::holds_alternative<sql::Expression>(*column.default_value);
        if (!is_alike) return NewColumns::told_apart;
        result = NewColumns::alike;
    }
    return result;
}

Probe count_duplicates(Table const& table, PrimaryKey const& primary_key) {
    return {
        fmt::format(
            "SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT {0} FROM {1} WHERE ROW({0}) "
            "IS NOT NULL) AS d) AS affected, count(*) AS total FROM {1}",
            sql::quote_list(primary_key.columns), sql::quote(table.name)),
        "{affected} of {total} rows have duplicates or nulls"};
}

void new_primary_key(Alter<Table> const& step, PrimaryKey const& primary_key, Hazards& out) {
    auto const added = new_columns(step, primary_key);
    if (added == NewColumns::told_apart || is_implied_by_old_key(step, primary_key)) return;
    out.push_back(
        {.kind = HazardKind::may_fail,
         .code = "CM0609",
         .message = fmt::format("the primary key of the table `{}` changes: this fails if "
                                "({}) has duplicates or nulls",
                                step.to.name.name, fmt::join(primary_key.columns, ", ")),
         .help = {},
         .origin = step.to.origin,
         .probe = added == NewColumns::none
                      ? std::optional{count_duplicates(step.from, primary_key)}
                      : std::nullopt});
}

/// The key stays, and PostgreSQL asks it of the new values.
void retyped_primary_key(Alter<Table> const& step, Hazards& out) {
    auto const& key = step.to.primary_key;
    if (!key || !step.from.primary_key || step.from.primary_key->columns != key->columns) return;
    auto const may_merge = [&](std::string const& name) {
        auto const& from = find_column(step.from, name)->type;
        auto const& to = find_column(step.to, name)->type;
        // An integer that is too large for the new type is refused, never made another.
        auto const is_integer = [](sql::Type const& type) {
            return sql::type_class(type) == sql::TypeClass::integer;
        };
        if (is_integer(from) && is_integer(to)) return false;
        auto const how = conversion(from, to);
        return how == Conversion::risky || how == Conversion::by_using;
    };
    if (std::none_of(key->columns.begin(), key->columns.end(), may_merge)) return;
    out.push_back({.kind = HazardKind::may_fail,
                   .code = "CM0609",
                   .message = fmt::format("the primary key of the table `{}` gets another type: "
                                          "this fails if ({}) has duplicates after the cast",
                                          step.to.name.name, fmt::join(key->columns, ", ")),
                   .help = {},
                   .origin = step.to.origin,
                   .probe = std::nullopt});
}

}  // namespace

void hazards(Create<Table> const& /*step*/, Hazards& /*out*/) {}

void hazards(Alter<Table> const& step, Hazards& out) {
    if (step.from.is_loose != step.to.is_loose) return;  // nothing is lost between stages
    retyped_primary_key(step, out);
    auto const altered = [&](Alter<Column> const& c) {
        set_not_null_hazard(step, c, out);
        lost_domain(step, c, out);
        retyped(step, c, out);
    };
    for (auto const& change : step.changes()) {
        match(
            change, [&](Create<Column> const& c) { required(step.from, c.object, out); }, altered,
            [&](Drop<Column> const& c) { dropped(step.from, c.object, step.to.origin, out); },
            [&](ReplaceColumn const& c) {
                if (keeps_values(c, step.from)) return altered({c.from, c.to});
                // What is generated again is not lost.
                if (!c.from.is_generated || !c.to.is_generated)
                    dropped(step.from, c.from, c.to.origin, out);
                required(step.from, c.to, out);
            },
            [&](Create<PrimaryKey> const& c) { new_primary_key(step, c.object, out); },
            [](Alter<PrimaryKey> const&) {}, [](Drop<PrimaryKey> const&) {},
            [](Alter<TableDetails> const&) {});
    }
}

void hazards(Drop<Table> const& step, Hazards& out) {
    out.push_back({.kind = HazardKind::data_loss,
                   .code = "CM0617",
                   .message = fmt::format("the table `{}` is dropped with all its rows",
                                          step.object.name.name),
                   .help = {},
                   .origin = {},
                   .probe = count(step.object, "true", "it has {total} rows")});
}

}  // namespace cm::object

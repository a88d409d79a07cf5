// See column_clauses.hpp.
#include "object/table/column_clauses.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/contains.hpp"
#include "object/table/cast.hpp"
#include "object/table/sequence.hpp"

namespace cm::object {
namespace {

bool is_serial(Column const& column) {
    return column.default_value && std::holds_alternative<AutoIncrement>(*column.default_value);
}

/// As the schema's own names are written, where the schema language can say it.
std::string default_text(Column const& column) {
    auto const* const said =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    return said != nullptr ? said->text : column.details->default_value.value_or("");
}

/// `Unsupported("int GENERATED ALWAYS AS IDENTITY")` says itself where the numbers come from.
bool is_spelled_identity(Column const& column) {
    return is_serial(column) && is_identity(column) && !column.type.spelling.text.empty();
}

std::string serial_type(sql::Type const& type) {
    // PostgreSQL refuses a list of them; without the brackets it would make another column than the
    // schema says.
    auto const list = type.is_array ? "[]" : "";
    if (type.name.name == "int2") {
        return fmt::format("SMALLSERIAL{}", list);
    }
    return fmt::format("{}{}", type.name.name == "int8" ? "BIGSERIAL" : "SERIAL", list);
}

/// ` CONSTRAINT "name" NOT NULL`
std::string required_clause(Column const& column) {
    if (!column.details) return " NOT NULL";
    auto const& details = *column.details;
    auto const name = details.required_name.empty()
                          ? std::string{}
                          : " CONSTRAINT " + sql::quote_identifier(details.required_name);
    return name + " NOT NULL" + (details.is_required_here_only ? " NO INHERIT" : "");
}

std::string collation_clause(Column const& column, sql::Writer const& out) {
    if (!column.details || column.details->collation.name.empty()) return {};
    auto const& collation = column.details->collation;
    return " COLLATE " + (collation.schema == "pg_catalog" ? sql::quote_identifier(collation.name)
                                                           : out.name(collation));
}

void type_clauses(Alter<Column> const& change, std::string const& alter, sql::Writer const& out,
                  std::vector<std::string>& clauses) {
    if (!is_retyped(change)) return;
    auto clause = fmt::format("{} SET DATA TYPE {}", alter, type_with_collation(change.to, out));
    auto const value = cast_value(change, out);
    if (!value.empty()) clause += fmt::format(" USING ({})", value);
    clauses.push_back(std::move(clause));
}

/// A default that stays would keep the old type inside: `'HAPPY'::"Mood"` in a column that is now
/// text. A call or a number has no type inside.
bool must_restate_default(Alter<Column> const& change) {
    auto const& from = change.from.type;
    auto const& to = change.to.type;
    auto const* const text =
        change.to.default_value ? std::get_if<sql::Expression>(&*change.to.default_value) : nullptr;
    auto const is_literal = text != nullptr && text->text.find_first_of("':") != std::string::npos;
    return (from.name != to.name && is_literal) || from.is_array != to.is_array;
}

/// DROP DEFAULT and ADD GENERATED as the details of both sides say; in PostgreSQL's order of the
/// parts of an ALTER TABLE what is dropped goes before the type changes, and what is set comes
/// after.
void exact_default_clauses(Alter<Column> const& change, std::string const& alter,
                           sql::Writer const& out, Table const& table,
                           std::vector<std::string>& clauses) {
    auto const &from = *change.from.details, &to = *change.to.details;
    auto const add = [&](std::string_view what) {
        clauses.push_back(fmt::format("{} {}", alter, what));
    };
    if (change.to.is_generated) return;
    auto const was_identity = is_identity(from.numbering), is_now = is_identity(to.numbering);
    // One without a sequence is that of the table's parent, with which it comes and goes.
    if (was_identity && !is_now && from.sequence) add("DROP IDENTITY");
    auto const is_converted = conversion(change.from.type, change.to.type) == Conversion::by_using;
    auto const counted = from.numbering == Numbering::by_sequence;
    auto const counts = to.numbering == Numbering::by_sequence;
    auto const had = !from.default_value->empty() || (counted && !was_identity);
    auto const has = !to.default_value->empty() || (counts && !is_now);
    auto const is_kept =
        may_have_same_default(from, to) && counted == counts && !(is_converted && !counts);
    // That of an heir cannot be cast, either.
    auto const is_handed_down = is_converted && !table.heirs.empty() && !was_identity;
    if ((had && !is_kept && (!has || is_converted)) || (!had && is_handed_down))
        add("DROP DEFAULT");
    if (has && !is_kept) {
        add("SET DEFAULT " + (counts ? next_value(*to.sequence, out) : default_text(change.to)));
    }
    if (is_now && !was_identity && to.sequence)
        add("ADD " + identity_clause(table.name, change.to, out));
    if (is_now && was_identity && from.numbering != to.numbering) {
        add(to.numbering == Numbering::always ? "SET GENERATED ALWAYS"
                                              : "SET GENERATED BY DEFAULT");
    }
}

void default_clauses(Alter<Column> const& change, std::string const& alter, sql::Writer const& out,
                     Table const& old_table, std::vector<std::string>& clauses) {
    if (has_known_default(change)) {
        return exact_default_clauses(change, alter, out, old_table, clauses);
    }
    auto const& from = change.from.default_value;
    auto const& to = change.to.default_value;
    // With an explicit conversion the old default cannot come along: PostgreSQL would refuse.
    auto const is_converted = conversion(change.from.type, change.to.type) == Conversion::by_using;
    if (change.to.is_generated || change.from.is_generated) {
        return;
    }
    auto const is_dropped = from && (!to || (is_converted && !is_serial(change.to)));
    if (is_dropped) {
        clauses.push_back(drop_default(change.from, alter));
    }
    auto const is_kept =
        !is_dropped && has_same_default(change.from, change.to) && !must_restate_default(change);
    if (!to || is_kept) {
        return;
    }
    if (is_serial(change.to) && !is_serial(change.from)) {
        clauses.push_back(
            fmt::format("{} SET DEFAULT {}", alter, next_value(old_table, change.to, out)));
    } else if (!is_serial(change.to)) {
        if (!is_dropped && is_serial(change.from) && is_identity(change.from)) {
            clauses.push_back(drop_default(change.from, alter));
        }
        clauses.push_back(
            fmt::format("{} SET DEFAULT {}", alter, std::get<sql::Expression>(*to).text));
    }
}

bool drops_expression(Alter<Column> const& change) {
    return !change.to.is_generated &&
           (change.from.declares_generation ||
            (are_exact(change.from, change.to) && change.from.is_generated));
}

void forget_storage(ColumnDetails& details) {
    details.storage.clear();
    details.compression.clear();
}

std::string option_name(std::string const& option) {
    return option.substr(0, option.find('='));
}

}  // namespace

bool is_unchecked(Column const& column) {
    return column.details && column.details->is_required && column.details->is_required_later_only;
}

std::string requirement_name(TableName const& table, Column const& column) {
    auto const& name = column.details->required_name;
    return name.empty() ? made_name(table, column, "not_null") : name;
}

std::string unchecked_requirement(TableName const& table, Column const& column) {
    return fmt::format("CONSTRAINT {} NOT NULL {}{} NOT VALID",
                       sql::quote_identifier(requirement_name(table, column)),
                       sql::quote_identifier(column.name),
                       column.details->is_required_here_only ? " NO INHERIT" : "");
}

bool is_required(Column const& column, Column const& other) {
    return are_exact(column, other) ? column.details->is_required : !column.is_nullable;
}

std::string assignment(std::string const& option) {
    auto const name = option_name(option);
    return fmt::format("{} = {}", name,
                       sql::quote_literal(std::string_view{option}.substr(name.size() + 1)));
}

void option_clauses(std::vector<std::string> const& from, std::vector<std::string> const& to,
                    std::string const& alter, std::vector<std::string>& clauses) {
    std::vector<std::string> gone{}, set{}, names{};
    for (auto const& option : to) {
        names.push_back(option_name(option));
        if (!contains(from, option)) set.push_back(assignment(option));
    }
    for (auto const& option : from) {
        auto name = option_name(option);
        if (!contains(names, name)) gone.push_back(std::move(name));
    }
    if (!gone.empty()) clauses.push_back(fmt::format("{}RESET ({})", alter, fmt::join(gone, ", ")));
    if (!set.empty()) clauses.push_back(fmt::format("{}SET ({})", alter, fmt::join(set, ", ")));
}

void detail_clauses(ColumnDetails const& from, ColumnDetails const& to, std::string const& alter,
                    std::vector<std::string>& clauses) {
    if (from.storage != to.storage) {
        clauses.push_back(fmt::format("{} SET STORAGE {}", alter,
                                      to.storage.empty() ? from.usual_storage : to.storage));
    }
    if (from.compression != to.compression) {
        clauses.push_back(fmt::format("{} SET COMPRESSION {}", alter,
                                      to.compression.empty() ? "DEFAULT" : to.compression));
    }
    if (from.statistics != to.statistics) {
        clauses.push_back(fmt::format("{} SET STATISTICS {}", alter,
                                      to.statistics.empty() ? "-1" : to.statistics));
    }
    option_clauses(from.options, to.options, alter + " ", clauses);
}

std::vector<std::string> column_clauses(Alter<Column> const& change, sql::Writer const& out,
                                        Table const& old_table) {
    auto const alter = fmt::format("ALTER COLUMN {}", sql::quote_identifier(change.to.name));
    std::vector<std::string> clauses{};
    auto const was = is_required(change.from, change.to), is = is_required(change.to, change.from);
    // What is numbered by itself may not be without a value.
    auto const waits = change.from.details && is_identity(change.from.details->numbering) && was;
    auto const is_added = is && is_unchecked(change.to) && !(was && is_unchecked(change.from));
    auto const clause = is_added ? "ADD " + unchecked_requirement(old_table.name, change.to)
                                 : fmt::format("{} {} NOT NULL", alter, is ? "SET" : "DROP");
    if (was && is_added) clauses.push_back(fmt::format("{} DROP NOT NULL", alter));
    if ((was != is || is_added) && !waits) clauses.push_back(clause);
    if (drops_expression(change)) {
        clauses.push_back(fmt::format("{} DROP EXPRESSION", alter));
    }
    if (sets_expression(change)) {
        clauses.push_back(fmt::format("{} SET EXPRESSION AS ({})", alter, change.to.generation));
    }
    default_clauses(change, alter, out, old_table, clauses);
    if ((was != is || is_added) && waits) clauses.push_back(clause);
    type_clauses(change, alter, out, clauses);
    if (are_exact(change.from, change.to)) {
        auto from = *change.from.details;
        if (is_retyped(change)) forget_storage(from);  // ALTER TYPE does
        detail_clauses(from, *change.to.details, alter, clauses);
    }
    return clauses;
}

std::string column_type(Column const& column, sql::Writer const& out) {
    if (column.details && !column.details->domain.name.empty()) {
        return out.type_name(column.details->domain);
    }
    // `interval day to second(3)`: no modifiers in one pair of brackets say that.
    auto const is_interval = column.type.name == sql::QualifiedName{{}, "interval"};
    if (is_interval && column.details && column.details->formatted_type &&
        !column.details->formatted_type->empty()) {
        return *column.details->formatted_type;
    }
    return out.type(column.type);
}

namespace {

bool is_usual_serial(TableName const& table, Column const& column) {
    return is_serial(column) && !is_spelled_identity(column) && makes_usual_sequence(table, column);
}

/// What stands behind the type, each led by a blank.
std::string constraints(TableName const& table, Column const& column, sql::Writer const& out) {
    std::string text{};
    auto const comes_with_parent = column.details && column.details->is_required_by_parent;
    if (is_required(column, column) && !comes_with_parent && !is_unchecked(column)) {
        text += required_clause(column);
    }
    auto const* const value =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    if (column.details && is_identity(column.details->numbering)) {
        text += " " + identity_clause(table, column, out);
    } else if (is_serial(column) && column.details && !is_usual_serial(table, column)) {
        auto const by_sequence = column.details->numbering == Numbering::by_sequence;
        text += " DEFAULT " +
                (by_sequence ? next_value(*column.details->sequence, out) : default_text(column));
    } else if (!column.generation.empty()) {
        text += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.generation,
                            column.is_virtual ? "VIRTUAL" : "STORED");
    } else if (value != nullptr) {
        text +=
            value->needs_brackets ? " DEFAULT (" + value->text + ")" : " DEFAULT " + value->text;
    } else if (column.details && !column.details->default_value.value_or("").empty()) {
        text += " DEFAULT " + *column.details->default_value;
    }
    return text;
}

}  // namespace

std::string definition(TableName const& table, Column const& column, sql::Writer const& out) {
    auto const type =
        is_usual_serial(table, column) ? serial_type(column.type) : column_type(column, out);
    return fmt::format("{} {}{}{}", sql::quote_identifier(column.name), type,
                       collation_clause(column, out), constraints(table, column, out));
}

std::string cast_value(Alter<Column> const& change, sql::Writer const& out) {
    auto const name = sql::quote_identifier(change.to.name);
    auto const from = change.from.interim, to = change.to.interim;
    if (to == Interim::json) return fmt::format("to_jsonb({})", name);
    if (to != Interim::text && from == Interim::json) {
        return fmt::format("jsonb_populate_record(NULL::{}, {})", column_type(change.to, out),
                           name);
    }
    if (from == Interim::text || to == Interim::text) {
        // A list is read from its text: the cast of one list to the other would cut what is too
        // long.
        auto const is_read =
            from == Interim::text && to != Interim::text && change.to.type.is_array;
        return fmt::format("{}{}::{}", name, is_read ? "::text" : "", column_type(change.to, out));
    }
    if (conversion(change.from.type, change.to.type) != Conversion::by_using) return {};
    return cast_expression(change.from, change.to, out);
}

std::string type_with_collation(Column const& column, sql::Writer const& out) {
    return column_type(column, out) + collation_clause(column, out);
}

bool can_be_of_type(Table const& table) {
    return table.details && !table.details->row_type.name.empty() &&
           std::none_of(table.columns.begin(), table.columns.end(),
                        [&](Column const& column) { return is_usual_serial(table.name, column); });
}

std::string definition_of_type(TableName const& table, Column const& column,
                               sql::Writer const& out) {
    auto const text = constraints(table, column, out);
    if (text.empty()) return {};
    return fmt::format("{} WITH OPTIONS{}", sql::quote_identifier(column.name), text);
}

}  // namespace cm::object

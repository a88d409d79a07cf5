// See sequence.hpp. PostgreSQL manual, 8.1.4. Serial Types, says what SERIAL stands for.
#include "object/table/sequence.hpp"

#include <fmt/format.h>

#include <set>

#include "base/utf8.hpp"

namespace cm::object {
namespace {

AutoIncrement const* auto_increment(Column const& column) {
    return column.default_value ? std::get_if<AutoIncrement>(&*column.default_value) : nullptr;
}

std::string made_name(TableName const& table, Column const& column, std::string const& label) {
    auto const room = 63 - std::string_view{"__"}.size() - label.size();
    auto table_length = table.name.size(), column_length = column.name.size();
    while (table_length + column_length > room) {
        if (table_length > column_length) {
            --table_length;
        } else {
            --column_length;
        }
    }
    return fmt::format("{}_{}_{}", utf8::cut(table.name, table_length),
                       utf8::cut(column.name, column_length), label);
}

/// The sequences that the table's columns have; a label is counted up until the name is none of
/// them.
sql::QualifiedName free_name(Table const& table, Column const& column) {
    std::set<std::string> taken{};
    for (auto const& other : table.columns) {
        auto const* const held = auto_increment(other);
        if (held != nullptr) {
            taken.insert(held->sequence.value_or(sequence_name(table.name, other)).name);
        }
    }
    std::string label = "seq";
    for (int n = 1; taken.contains(made_name(table.name, column, label)); ++n) {
        label = fmt::format("seq{}", n);
    }
    return {table.name.schema, made_name(table.name, column, label)};
}

template <class Function>
void for_each_altered(Alter<Table> const& step, Function function) {
    for (auto const& change : step.changes()) {
        if (auto const* const alter = std::get_if<Alter<Column>>(&change)) {
            function(*alter);
        }
    }
}

/// A default that takes its numbers from a sequence of no column's own (`nextval('shared')`) says
/// the same as autoincrement(), and stays.
bool is_gained(Alter<Column> const& change) {
    return auto_increment(change.to) != nullptr && auto_increment(change.from) == nullptr &&
           !has_same_default(change.from, change.to);
}

std::string type_name(Column const& column) {
    return sql::to_sql(column.type, {});
}

/// A column of another type, such as OID, keeps the sequence as it is.
bool is_sequence_type(sql::Type const& type) {
    auto const& name = type.name.name;
    return !type.is_array && (name == "int2" || name == "int4" || name == "int8");
}

void add_gained(Alter<Table> const& step, Column const& column, sql::Writer const& out,
                std::vector<std::string>& statements) {
    auto const sequence = out.name(free_name(step.from, column));
    auto const table = out.name(step.to.name);
    auto const name = sql::quote_identifier(column.name);
    statements.push_back(fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence, table, name));
    // Rows that are there already have taken numbers: go on behind them.
    auto const number = is_sequence_type(column.type) ? name : name + "::bigint";
    statements.push_back(
        fmt::format("SELECT setval({}, COALESCE((SELECT max({}) FROM {}), 0) + 1, false)",
                    sql::quote_literal(sequence), number, table));
}

}  // namespace

sql::QualifiedName sequence_name(TableName const& table, Column const& column) {
    return {table.schema, made_name(table, column, "seq")};
}

bool is_identity(Column const& column) {
    auto const* const sequence = auto_increment(column);
    return sequence != nullptr && sequence->is_identity;
}

std::string next_value(Table const& from, Column const& column, sql::Writer const& out) {
    return fmt::format("nextval({})", sql::quote_literal(out.name(free_name(from, column))));
}

std::vector<std::string> completing_clauses(std::vector<Column> const& made,
                                            sql::Writer const& out) {
    std::vector<std::string> clauses{};
    for (auto const& column : made) {
        if (auto_increment(column) == nullptr || column.type.is_array) continue;
        if (is_identity(column) && !column.type.spelling.text.empty()) continue;  // says it itself
        auto const alter = fmt::format("ALTER COLUMN {}", sql::quote_identifier(column.name));
        if (column.is_nullable) clauses.push_back(fmt::format("{} DROP NOT NULL", alter));
        if (!is_sequence_type(column.type)) {
            clauses.push_back(fmt::format("{} SET DATA TYPE {}", alter, out.type(column.type)));
        }
    }
    return clauses;
}

std::string drop_default(Column const& column, std::string const& alter) {
    return fmt::format("{} DROP {}", alter, is_identity(column) ? "IDENTITY" : "DEFAULT");
}

std::vector<std::string> sequence_statements_before(Alter<Table> const& step,
                                                    sql::Writer const& out) {
    std::vector<std::string> statements{};
    for_each_altered(step, [&](Alter<Column> const& change) {
        if (!is_gained(change)) return;
        statements.push_back(
            fmt::format("CREATE SEQUENCE {} AS {}", out.name(free_name(step.from, change.to)),
                        is_sequence_type(change.to.type) ? type_name(change.to) : "INTEGER"));
    });
    return statements;
}

std::vector<std::string> sequence_statements_after(Alter<Table> const& step,
                                                   sql::Writer const& out) {
    std::vector<std::string> statements{};
    for_each_altered(step, [&](Alter<Column> const& change) {
        auto const* const from = auto_increment(change.from);
        auto const* const to = auto_increment(change.to);
        if (is_gained(change)) {
            return add_gained(step, change.to, out, statements);
        }
        if (from == nullptr) return;
        auto const sequence =
            out.name(from->sequence.value_or(sequence_name(step.from.name, change.from)));
        if (to == nullptr) {
            if (from->is_identity || has_same_default(change.from, change.to)) return;
            // Where others count with it, it must outlive this column's interest in it.
            statements.push_back(from->is_shared
                                     ? fmt::format("ALTER SEQUENCE {} OWNED BY NONE", sequence)
                                     : fmt::format("DROP SEQUENCE {}", sequence));
        } else if (!(change.from.type == change.to.type) && !from->is_identity &&
                   is_sequence_type(change.to.type)) {
            // PostgreSQL itself retypes the sequence of an identity column.
            statements.push_back(
                fmt::format("ALTER SEQUENCE {} AS {}", sequence, type_name(change.to)));
        }
    });
    return statements;
}

}  // namespace cm::object

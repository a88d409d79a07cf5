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
void for_each_altered(std::vector<TableChange> const& changes, Function function) {
    for (auto const& change : changes) {
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

bool has_own_sequence(ColumnDetails const& details) {
    return details.sequence && !is_identity(details.numbering);
}

std::string create_sequence(OwnedSequence const& sequence, sql::Writer const& out) {
    auto const clauses = sequence_clauses(sequence);
    return fmt::format("CREATE {}SEQUENCE {}{}{}", sequence.is_unlogged ? "UNLOGGED " : "",
                       out.name(sequence.name), clauses.empty() ? "" : " ", clauses);
}

std::string set_logged(OwnedSequence const& sequence, sql::Writer const& out) {
    return fmt::format("ALTER SEQUENCE {} SET {}LOGGED", out.name(sequence.name),
                       sequence.is_unlogged ? "UN" : "");
}

/// What a sequence comes to belong to.
struct Holder {
    TableName const& table;
    std::string const& owner;  ///< of the table, if that is not the role that makes the sequence
    std::string const& column;
};

/// A column takes only a sequence of the role that owns its table, which whoever makes the sequence
/// need not be.
void give_sequence(OwnedSequence const& sequence, Holder const& to, sql::Writer const& out,
                   std::vector<std::string>& statements) {
    if (!to.owner.empty()) {
        statements.push_back(
            fmt::format("ALTER SEQUENCE {} OWNER TO {}", out.name(sequence.name), to.owner));
    }
    statements.push_back(fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", out.name(sequence.name),
                                     out.name(to.table), sql::quote_identifier(to.column)));
}

/// Rows that are there already have taken numbers: go on behind them.
std::string count_on(std::string const& sequence, std::string const& table, Column const& column,
                     std::string const& minimum = "1") {
    auto const name = sql::quote_identifier(column.name);
    auto const number = is_sequence_type(column.type) ? name : name + "::bigint";
    auto next = fmt::format("COALESCE((SELECT max({}) FROM {}), 0) + 1", number, table);
    if (minimum != "1") next = fmt::format("GREATEST({}, {})", next, minimum);
    return fmt::format("SELECT setval({}, {}, false)", sql::quote_literal(sequence), next);
}

SequenceRange range(OwnedSequence const& sequence) {
    return {sequence.minimum, sequence.maximum, sequence.increment.starts_with('-')};
}

/// A sequence goes on where another one is.
std::string take_value(OwnedSequence const& to, OwnedSequence const& from,
                       sql::QualifiedName const& name, sql::Writer const& out) {
    auto const fits = fitting_statements({}, range(from), range(to)).empty();
    return fmt::format("SELECT setval({}, {}) FROM {}", sql::quote_literal(out.name(to.name)),
                       fits ? "last_value, is_called" : fitting_value(range(to)), out.name(name));
}

/// While the other one has its name.
sql::QualifiedName old_name(Table const& table, Column const& column) {
    return {table.name.schema, made_name(table.name, column, "old_seq")};
}

std::string rename(sql::QualifiedName const& from, std::string const& to, sql::Writer const& out) {
    return fmt::format("ALTER SEQUENCE {} RENAME TO {}", out.name(from), sql::quote_identifier(to));
}

/// Does another column's default, or this one's own without owning it, name the sequence?
bool names(ColumnDetails const& details, OwnedSequence const& sequence) {
    std::string_view const text = details.default_value ? *details.default_value : "";
    auto const& [schema, name] = sequence.name;
    auto const at = text.find(name);
    if (at == std::string_view::npos) return false;
    auto before = text.substr(0, at);
    if (before.ends_with('"')) before.remove_suffix(1);
    if (!before.ends_with('.')) return true;  // the schema goes without saying
    before.remove_suffix(1);
    if (before.ends_with('"')) before.remove_suffix(1);
    return before.ends_with(schema);
}

void prepare_exact(Alter<Table> const& step, Alter<Column> const& change, sql::Writer const& out,
                   std::vector<std::string>& statements) {
    auto const &from = *change.from.details, &to = *change.to.details;
    if (!to.sequence) return;
    auto const old = old_name(step.from, change.from);
    auto const is_exchanged =
        from.sequence && is_identity(from.numbering) != is_identity(to.numbering);
    if (is_exchanged) statements.push_back(rename(from.sequence->name, old.name, out));
    if (!has_own_sequence(to) || has_own_sequence(from)) return;
    if (!names(from, *to.sequence)) statements.push_back(create_sequence(*to.sequence, out));
    if (is_exchanged) statements.push_back(take_value(*to.sequence, *from.sequence, old, out));
}

void change_sequence(OwnedSequence from, OwnedSequence const& to, sql::Writer const& out,
                     std::vector<std::string>& statements) {
    if (from.name != to.name) statements.push_back(rename(from.name, to.name.name, out));
    // Limits that go with the types of the columns are not ours to keep to.
    auto const is_usual = retyped(from, to.type).minimum == to.minimum &&
                          retyped(from, to.type).maximum == to.maximum;
    if (!is_usual) {
        auto const fitting = fitting_statements(out.name(to.name), range(from), range(to));
        statements.insert(statements.end(), fitting.begin(), fitting.end());
        if (!fitting.empty()) from.type = from.minimum = from.maximum = "";
    }
    if (from.is_logged_otherwise != to.is_logged_otherwise)
        statements.push_back(set_logged(to, out));
    auto const clauses = sequence_clauses(from, to);
    if (clauses.empty()) return;
    statements.push_back(fmt::format("ALTER SEQUENCE {} {}", out.name(to.name), clauses));
}

void complete_exact(Alter<Table> const& step, Alter<Column> const& change, sql::Writer const& out,
                    std::vector<std::string>& statements) {
    auto const &from = *change.from.details, &to = *change.to.details;
    auto const& table = step.to.name;
    if (!from.sequence && !to.sequence) return;
    if (!to.sequence) {
        if (is_identity(from.numbering)) return;
        auto const name = out.name(from.sequence->name);
        auto const* const held = auto_increment(change.from);
        auto const is_needed = names(to, *from.sequence) || (held != nullptr && held->is_shared);
        statements.push_back(is_needed ? fmt::format("ALTER SEQUENCE {} OWNED BY NONE", name)
                                       : fmt::format("DROP SEQUENCE {}", name));
        return;
    }
    auto const is_own = has_own_sequence(to);
    auto const becomes_identity = is_identity(to.numbering) && !is_identity(from.numbering);
    if (becomes_identity && !(change.from.type == change.to.type)) {
        // PostgreSQL 12 gives it the old type of the column.
        statements.push_back(fmt::format("ALTER SEQUENCE {} AS {}", out.name(to.sequence->name),
                                         sql::to_sql(change.to.type, {})));
    }
    if (is_own && !has_own_sequence(from))
        give_sequence(*to.sequence, {table, step.from.owner, change.to.name}, out, statements);
    if (!from.sequence) {
        auto const counts = to.numbering != Numbering::none && !names(from, *to.sequence) &&
                            !to.sequence->increment.starts_with('-');
        if (counts)
            statements.push_back(count_on(out.name(to.sequence->name), out.name(table), change.to,
                                          to.sequence->minimum));
    } else if (is_identity(from.numbering) == is_identity(to.numbering)) {
        auto before = *from.sequence;
        auto const type = sequence_type(change.to.type);
        auto const is_carried =
            is_identity(to.numbering) && type && !(change.from.type == change.to.type);
        if (is_carried) before = retyped(before, *type);
        change_sequence(std::move(before), *to.sequence, out, statements);
    } else if (!is_own) {
        auto const old = old_name(step.from, change.from);
        statements.push_back(take_value(*to.sequence, *from.sequence, old, out));
        statements.push_back(fmt::format("DROP SEQUENCE {}", out.name(old)));
    }
}

void add_gained(Alter<Table> const& step, Column const& column, sql::Writer const& out,
                std::vector<std::string>& statements) {
    OwnedSequence const sequence{.name = free_name(step.from, column)};
    give_sequence(sequence, {step.to.name, step.from.owner, column.name}, out, statements);
    statements.push_back(count_on(out.name(sequence.name), out.name(step.to.name), column));
}

}  // namespace

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

std::optional<std::string> sequence_type(sql::Type const& type) {
    if (type.is_array || !type.name.schema.empty()) return {};
    auto const& name = type.name.name;
    if (name == "int2") return "smallint";
    if (name == "int4") return "integer";
    if (name == "int8") return "bigint";
    return {};
}

bool makes_usual_sequence(TableName const& table, Column const& column) {
    if (!column.details || !column.details->default_value) return true;
    auto const& details = *column.details;
    auto const type = sequence_type(column.type);
    return details.numbering == Numbering::by_sequence && details.domain.name.empty() && type &&
           details.sequence == usual_sequence(sequence_name(table, column), *type);
}

std::string identity_clause(TableName const& table, Column const& column, sql::Writer const& out) {
    auto const& details = *column.details;
    std::string text = details.numbering == Numbering::always ? "GENERATED ALWAYS AS IDENTITY"
                                                              : "GENERATED BY DEFAULT AS IDENTITY";
    if (!details.sequence) return text;
    auto const& sequence = *details.sequence;
    std::string options{};
    auto const usual = sequence_name(table, column);
    if (sequence.name != usual) options = "SEQUENCE NAME " + out.name(sequence.name);
    auto const figures = identity_options(sequence);
    if (!figures.empty()) options += (options.empty() ? "" : " ") + figures;
    return options.empty() ? text : fmt::format("{} ({})", text, options);
}

sql::QualifiedName sequence_name(TableName const& table, Column const& column) {
    return {table.schema, made_name(table, column, "seq")};
}

bool is_identity(Column const& column) {
    auto const* const sequence = auto_increment(column);
    return sequence != nullptr && sequence->is_identity;
}

bool has_known_default(Alter<Column> const& change) {
    return are_exact(change.from, change.to) && change.from.details->default_value &&
           change.to.details->default_value;
}

std::string next_value(OwnedSequence const& sequence, sql::Writer const& out) {
    return fmt::format("nextval({})", sql::quote_literal(out.name(sequence.name)));
}

std::vector<std::string> sequences_of(TableName const& table, std::vector<Column> const& made,
                                      sql::Writer const& out) {
    std::vector<std::string> statements{};
    for (auto const& column : made) {
        if (!column.details || !has_own_sequence(*column.details)) continue;
        if (makes_usual_sequence(table, column)) continue;
        statements.push_back(create_sequence(*column.details->sequence, out));
    }
    return statements;
}

std::vector<std::string> owners_of(TableName const& table, std::string const& owner,
                                   std::vector<Column> const& made, sql::Writer const& out) {
    std::vector<std::string> statements{};
    for (auto const& column : made) {
        if (!column.details || !column.details->sequence) continue;
        if (!has_own_sequence(*column.details)) {
            auto const& sequence = *column.details->sequence;
            if (sequence.is_logged_otherwise) statements.push_back(set_logged(sequence, out));
            continue;
        }
        if (makes_usual_sequence(table, column)) continue;
        give_sequence(*column.details->sequence, {table, owner, column.name}, out, statements);
    }
    return statements;
}

std::string next_value(Table const& from, Column const& column, sql::Writer const& out) {
    return fmt::format("nextval({})", sql::quote_literal(out.name(free_name(from, column))));
}

std::vector<std::string> completing_clauses(TableName const& table, std::vector<Column> const& made,
                                            sql::Writer const& out) {
    std::vector<std::string> clauses{};
    for (auto const& column : made) {
        if (auto_increment(column) == nullptr || column.type.is_array) continue;
        if (column.details && !makes_usual_sequence(table, column)) continue;
        if (is_identity(column) && !column.type.spelling.text.empty()) continue;  // says it itself
        auto const alter = fmt::format("ALTER COLUMN {}", sql::quote_identifier(column.name));
        auto const is_nullable = column.details ? !column.details->is_required : column.is_nullable;
        if (is_nullable) clauses.push_back(fmt::format("{} DROP NOT NULL", alter));
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
                                                    std::vector<TableChange> const& changes,
                                                    sql::Writer const& out) {
    std::vector<std::string> statements{};
    for_each_altered(changes, [&](Alter<Column> const& change) {
        if (has_known_default(change)) return prepare_exact(step, change, out, statements);
        if (!is_gained(change)) return;
        statements.push_back(
            fmt::format("CREATE SEQUENCE {} AS {}", out.name(free_name(step.from, change.to)),
                        is_sequence_type(change.to.type) ? type_name(change.to) : "INTEGER"));
    });
    return statements;
}

std::vector<std::string> sequence_statements_after(Alter<Table> const& step,
                                                   std::vector<TableChange> const& changes,
                                                   sql::Writer const& out) {
    std::vector<std::string> statements{};
    for_each_altered(changes, [&](Alter<Column> const& change) {
        if (has_known_default(change)) return complete_exact(step, change, out, statements);
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

// Tables as SQL, in Prisma's layout, because people review these files: one ALTER TABLE with a
// clause a line.
#include <fmt/ranges.h>

#include "base/overloaded.hpp"
#include "object/table/cast.hpp"
#include "object/table/sequence.hpp"
#include "object/table/table.hpp"

namespace cm::object {
namespace {

bool is_serial(Column const& column) {
    return column.default_value && std::holds_alternative<AutoIncrement>(*column.default_value);
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

void type_clauses(Alter<Column> const& change, std::string const& alter, sql::Writer const& out,
                  std::vector<std::string>& clauses) {
    auto const how = conversion(change.from.type, change.to.type);
    if (how == Conversion::same) {
        return;
    }
    auto clause = fmt::format("{} SET DATA TYPE {}", alter, out.type(change.to.type));
    if (how == Conversion::by_using) {
        clause += fmt::format(" USING ({})", cast_expression(change.from, change.to, out));
    }
    clauses.push_back(std::move(clause));
}

/// A default that stays would keep the old type inside: `'HAPPY'::"Mood"` in a column that is now
/// text. A call or a number has no type inside.
bool is_spoilt(Alter<Column> const& change) {
    auto const& from = change.from.type;
    auto const& to = change.to.type;
    auto const* const text =
        change.to.default_value ? std::get_if<sql::Expression>(&*change.to.default_value) : nullptr;
    auto const is_literal = text != nullptr && text->text.find_first_of("':") != std::string::npos;
    return (from.name != to.name && is_literal) || from.is_array != to.is_array;
}

void default_clauses(Alter<Column> const& change, std::string const& alter, sql::Writer const& out,
                     Table const& old_table, std::vector<std::string>& clauses) {
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
        !is_dropped && has_same_default(change.from, change.to) && !is_spoilt(change);
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

std::vector<std::string> column_clauses(Alter<Column> const& change, sql::Writer const& out,
                                        Table const& old_table) {
    auto const alter = fmt::format("ALTER COLUMN {}", sql::quote_identifier(change.to.name));
    std::vector<std::string> clauses{};
    auto const was = change.from.is_nullable, is = change.to.is_nullable;
    if (was != is) {
        clauses.push_back(fmt::format("{} {} NOT NULL", alter, is ? "DROP" : "SET"));
    }
    if (change.from.declares_generation && !change.to.is_generated) {
        clauses.push_back(fmt::format("{} DROP EXPRESSION", alter));
    }
    default_clauses(change, alter, out, old_table, clauses);
    type_clauses(change, alter, out, clauses);
    return clauses;
}

std::string add_column(Column const& column, sql::Writer const& out) {
    // The blanks are Prisma's.
    return fmt::format("ADD COLUMN     {}", definition(column, out));
}

std::string drop_column(Column const& column) {
    return fmt::format("DROP COLUMN {}", sql::quote_identifier(column.name));
}

std::vector<std::string> clauses(TableChange const& change, sql::Writer const& out,
                                 Table const& old_table) {
    using Clauses = std::vector<std::string>;
    return match(
        change, [&](Create<Column> const& c) { return Clauses{add_column(c.object, out)}; },
        [&](Alter<Column> const& c) { return column_clauses(c, out, old_table); },
        [](Drop<Column> const& c) { return Clauses{drop_column(c.object)}; },
        [&](ReplaceColumn const& c) {
            return Clauses{drop_column(c.from), add_column(c.to, out)};
        },
        [](Create<PrimaryKey> const& c) {
            return Clauses{fmt::format("ADD CONSTRAINT {} PRIMARY KEY ({})",
                                       sql::quote_identifier(c.object.name),
                                       sql::quote_list(c.object.columns))};
        },
        [](Alter<PrimaryKey> const&) {
            return Clauses{};
        },  // RENAME CONSTRAINT is a statement of its own
        [](Drop<PrimaryKey> const& c) {
            return Clauses{fmt::format("DROP CONSTRAINT {}", sql::quote_identifier(c.object.name))};
        });
}

std::vector<Column> made_columns(std::vector<TableChange> const& changes) {
    std::vector<Column> made{};
    for (auto const& change : changes) {
        if (auto const* const added = std::get_if<Create<Column>>(&change)) {
            made.push_back(added->object);
        } else if (auto const* const replaced = std::get_if<ReplaceColumn>(&change)) {
            made.push_back(replaced->to);
        }
    }
    return made;
}

/// What cannot be said where the columns are made.
void complete(TableName const& table, std::vector<Column> const& made, sql::Writer& out) {
    auto const clauses = completing_clauses(made, out);
    if (clauses.empty()) return;
    out.statement({}, fmt::format("ALTER TABLE {} {}", out.name(table), fmt::join(clauses, ",\n")));
}

}  // namespace

std::string definition(Column const& column, sql::Writer const& out) {
    auto const counts = is_serial(column) && !is_spelled_identity(column);
    auto text = fmt::format("{} {}", sql::quote_identifier(column.name),
                            counts ? serial_type(column.type) : out.type(column.type));
    if (!column.is_nullable) {
        text += " NOT NULL";
    }
    auto const* const value =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    if (!column.generation.empty()) {
        text += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.generation,
                            column.is_virtual ? "VIRTUAL" : "STORED");
    } else if (value != nullptr) {
        text +=
            value->needs_brackets ? " DEFAULT (" + value->text + ")" : " DEFAULT " + value->text;
    }
    return text;
}

void to_sql(Create<Table> const& step, sql::Writer& out) {
    std::vector<std::string> lines{};
    for (auto const& column : step.object.columns) {
        lines.push_back("    " + definition(column, out));
    }
    auto body = fmt::format("{}", fmt::join(lines, ",\n"));
    if (step.object.primary_key) {
        body += fmt::format("{}\n    CONSTRAINT {} PRIMARY KEY ({})", lines.empty() ? "" : ",\n",
                            sql::quote_identifier(step.object.primary_key->name),
                            sql::quote_list(step.object.primary_key->columns, ","));
    }
    out.statement("CreateTable",
                  fmt::format("CREATE TABLE {} (\n{}\n)", out.name(step.object.name), body));
    complete(step.object.name, step.object.columns, out);
}

void to_sql(Alter<Table> const& step, sql::Writer& out) {
    auto const table = out.name(step.to.name);
    std::string title = "AlterTable";
    auto const statement = [&](std::string const& text) {
        out.statement(title, text);
        title.clear();
    };
    auto const changes = step.changes();
    std::vector<std::string> all{};
    for (auto const& change : changes) {
        for (auto& clause : clauses(change, out, step.from)) {
            all.push_back(std::move(clause));
        }
    }
    for (auto const& text : sequence_statements_before(step, out)) {
        statement(text);
    }
    if (!all.empty()) {
        statement(fmt::format("ALTER TABLE {} {}", table, fmt::join(all, ",\n")));
    }
    complete(step.to.name, made_columns(changes), out);
    for (auto const& change : changes) {
        if (auto const* const rename = std::get_if<Alter<PrimaryKey>>(&change)) {
            statement(fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", table,
                                  sql::quote_identifier(rename->from.name),
                                  sql::quote_identifier(rename->to.name)));
        }
    }
    for (auto const& text : sequence_statements_after(step, out)) {
        statement(text);
    }
}

void to_sql(Drop<Table> const& step, sql::Writer& out) {
    // Without CASCADE: what the schema language cannot see must stop the drop.
    out.statement("DropTable", fmt::format("DROP TABLE {}", out.name(step.object.name)));
}

}  // namespace cm::object

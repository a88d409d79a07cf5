// Tables as SQL, in Prisma's layout, because people review these files: one ALTER TABLE with a
// clause a line.
#include <fmt/ranges.h>

#include <algorithm>

#include "base/overloaded.hpp"
#include "object/table/column_clauses.hpp"
#include "object/table/kept_values.hpp"
#include "object/table/separate_statements.hpp"
#include "object/table/sequence.hpp"
#include "object/table/table.hpp"

namespace cm::object {
namespace {

std::string add_column(TableName const& table, Column const& column, sql::Writer const& out) {
    // The blanks are Prisma's.
    return fmt::format("ADD COLUMN     {}", definition(table, column, out));
}

std::string drop_column(Column const& column) {
    return fmt::format("DROP COLUMN {}", sql::quote_identifier(column.name));
}

std::vector<std::string> table_clauses(TableDetails const& from, TableDetails const& to) {
    std::vector<std::string> clauses{};
    auto const add = [&](std::string clause) { clauses.push_back(std::move(clause)); };
    if (from.is_unlogged != to.is_unlogged) add(to.is_unlogged ? "SET UNLOGGED" : "SET LOGGED");
    if (from.access_method != to.access_method) {
        add("SET ACCESS METHOD " +
            (to.access_method.empty() ? "heap" : sql::quote_identifier(to.access_method)));
    }
    option_clauses(from.options, to.options, "", clauses);
    if (from.tablespace != to.tablespace) {
        add("SET TABLESPACE " +
            (to.tablespace.empty() ? "pg_default" : sql::quote_identifier(to.tablespace)));
    }
    // That it is an index is said with the index, which may be a new one.
    if (from.replica_identity != to.replica_identity && to.identity_index.empty()) {
        add("REPLICA IDENTITY " + (to.replica_identity.empty() ? "DEFAULT" : to.replica_identity));
    }
    if (from.has_row_security != to.has_row_security) {
        add(to.has_row_security ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
    }
    if (from.forces_row_security != to.forces_row_security) {
        add(to.forces_row_security ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
    }
    return clauses;
}

std::vector<std::string> clauses(TableChange const& change, sql::Writer const& out,
                                 Table const& old_table) {
    using Clauses = std::vector<std::string>;
    return match(
        change,
        [&](Create<Column> const& c) { return Clauses{add_column(old_table.name, c.object, out)}; },
        [&](Alter<Column> const& c) { return column_clauses(c, out, old_table); },
        [](Drop<Column> const& c) { return Clauses{drop_column(c.object)}; },
        [&](ReplaceColumn const& c) {
            return Clauses{drop_column(c.from), add_column(old_table.name, c.to, out)};
        },
        [](Create<PrimaryKey> const& c) { return Clauses{"ADD " + definition(c.object)}; },
        [](Alter<PrimaryKey> const&) { return Clauses{}; },  // statements of their own
        [](Drop<PrimaryKey> const& c) {
            return Clauses{fmt::format("DROP CONSTRAINT {}", sql::quote_identifier(c.object.name))};
        },
        [&](Alter<TableDetails> const& c) { return table_clauses(c.from, c.to); });
}

/// Does a column go, or come anew, from which one may be generated that goes, comes or changes,
/// too?
bool has_generated_beside(std::vector<TableChange> const& changes) {
    bool goes{}, is_generated{};
    for (auto const& change : changes) {
        match(
            change,
            [&](Drop<Column> const& c) {
                goes |= !c.object.is_generated;
                is_generated |= c.object.is_generated;
            },
            [&](ReplaceColumn const& c) {
                goes |= !c.from.is_generated || !c.to.is_generated;
                is_generated |= c.from.is_generated || c.to.is_generated;
            },
            [&](Alter<Column> const& c) { is_generated |= c.from.is_generated; },
            [&](Create<Column> const& c) { is_generated |= c.object.is_generated; },
            [](auto const&) {});
    }
    return goes && is_generated;
}

/// PostgreSQL drops and adds columns one after the other: what is generated from others goes, or
/// becomes an ordinary one, before them, and comes after them. A key goes by its name, before
/// columns take it along.
std::vector<std::string> ordered_clauses(std::vector<TableChange> const& changes,
                                         sql::Writer const& out, Table const& old_table) {
    std::vector<std::string> all{};
    if (!has_generated_beside(changes)) {
        for (auto const& change : changes)
            std::ranges::move(clauses(change, out, old_table), std::back_inserter(all));
        return all;
    }
    std::vector<std::string> first{}, sources{}, again{}, last{};
    for (auto const& change : changes) {
        auto some = clauses(change, out, old_table);
        if (std::holds_alternative<Drop<PrimaryKey>>(change)) {
            first.insert(first.begin(), some.begin(), some.end());
        } else if (auto const* const drop = std::get_if<Drop<Column>>(&change)) {
            std::ranges::move(some,
                              std::back_inserter(drop->object.is_generated ? first : sources));
        } else if (auto const* const replaced = std::get_if<ReplaceColumn>(&change)) {
            (replaced->from.is_generated ? first : sources).push_back(std::move(some.front()));
            (replaced->to.is_generated ? last : again).push_back(std::move(some.back()));
        } else if (auto const* const added = std::get_if<Create<Column>>(&change)) {
            std::ranges::move(some, std::back_inserter(added->object.is_generated ? last : all));
        } else {
            std::ranges::move(some, std::back_inserter(all));
        }
    }
    for (auto* const part : {&all, &sources, &again, &last})
        std::ranges::move(*part, std::back_inserter(first));
    return first;
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
    auto clauses = completing_clauses(table, made, out);
    for (auto const& column : made) {
        if (!column.details) continue;
        detail_clauses({}, *column.details,
                       fmt::format("ALTER COLUMN {}", sql::quote_identifier(column.name)), clauses);
    }
    if (clauses.empty()) return;
    out.statement({}, fmt::format("ALTER TABLE {} {}", out.name(table), fmt::join(clauses, ",\n")));
}

}  // namespace

namespace {

/// `INHERITS (…) USING … WITH (…) TABLESPACE …`
std::string table_tail(Table const& table, sql::Writer const& out) {
    if (!table.details) return {};
    auto const& details = *table.details;
    std::string tail{};
    std::vector<std::string> parents{}, options{};
    for (auto const& parent : table.parents) parents.push_back(out.name(parent));
    for (auto const& option : details.options) options.push_back(assignment(option));
    if (!parents.empty() && details.bound.empty())
        tail += fmt::format(" INHERITS ({})", fmt::join(parents, ", "));
    if (!details.partition_key.empty()) tail += " PARTITION BY " + details.partition_key;
    if (!details.access_method.empty())
        tail += " USING " + sql::quote_identifier(details.access_method);
    if (!options.empty()) tail += fmt::format(" WITH ({})", fmt::join(options, ", "));
    if (!details.tablespace.empty())
        tail += " TABLESPACE " + sql::quote_identifier(details.tablespace);
    return tail;
}

/// OF, NOT OF a type.
std::vector<std::string> type_statements(Table const& table, Table const& other,
                                         std::string_view words, sql::Writer const& out) {
    if (!table.details || !other.details) return {};
    auto const& type = table.details->row_type;
    if (type.name.empty() || type == other.details->row_type) return {};
    auto const of = words == "OF" ? " " + out.type_name(type) : std::string{};
    return {fmt::format("ALTER TABLE {} {}{}", out.name(table.name), words, of)};
}

/// What CREATE TABLE cannot say.
void complete_table(Table const& table, sql::Writer& out) {
    if (!table.details) return;
    if (!can_be_of_type(table)) {
        for (auto const& text : type_statements(table, {.details = TableDetails{}}, "OF", out))
            out.statement({}, text);
    }
    auto said = *table.details;
    said.replica_identity.clear();
    said.identity_index.clear();
    said.has_row_security = said.forces_row_security = false;
    auto const clauses = table_clauses(said, *table.details);
    if (clauses.empty()) return;
    out.statement(
        {}, fmt::format("ALTER TABLE {} {}", out.name(table.name), fmt::join(clauses, ",\n")));
}

void complete_key(Table const& table, sql::Writer& out) {
    if (!table.primary_key) return;
    for (auto const& text : complete(table.name, *table.primary_key, out)) out.statement({}, text);
}

}  // namespace

void to_sql(Create<Table> const& step, sql::Writer& out) {
    std::string title = "CreateTable";
    auto const statement = [&](std::string const& text) {
        out.statement(title, text);
        title.clear();
    };
    for (auto const& text : sequences_of(step.object.name, step.object.columns, out)) {
        statement(text);
    }
    std::vector<std::string> lines{};
    auto const is_of_type = can_be_of_type(step.object);
    for (auto const& column : step.object.columns) {
        if (column.details && column.details->is_from_parent) continue;
        auto const line = is_of_type ? definition_of_type(step.object.name, column, out)
                                     : definition(step.object.name, column, out);
        if (!line.empty()) lines.push_back("    " + line);
    }
    auto body = fmt::format("{}", fmt::join(lines, ",\n"));
    if (step.object.primary_key) {
        body += fmt::format("{}\n    {}", lines.empty() ? "" : ",\n",
                            definition(*step.object.primary_key, ","));
    }
    auto const is_unlogged = step.object.details && step.object.details->is_unlogged;
    if (step.object.details && !step.object.details->bound.empty()) {
        // With what comes from the parent: columns, constraints and indexes.
        statement(fmt::format("CREATE {}TABLE {} PARTITION OF {} {}{}",
                              is_unlogged ? "UNLOGGED " : "", out.name(step.object.name),
                              out.name(step.object.parents.front()), step.object.details->bound,
                              table_tail(step.object, out)));
        if (step.object.primary_key) {
            statement(fmt::format("ALTER TABLE {} ADD {}", out.name(step.object.name),
                                  definition(*step.object.primary_key)));
        }
        complete_table(step.object, out);
        complete_key(step.object, out);
        return;
    }
    auto const type =
        is_of_type ? " OF " + out.type_name(step.object.details->row_type) : std::string{};
    auto const columns = body.empty() && is_of_type ? ""
                         : body.empty()             ? " ()"
                                                    : fmt::format(" (\n{}\n)", body);
    statement(fmt::format("CREATE {}TABLE {}{}{}{}", is_unlogged ? "UNLOGGED " : "",
                          out.name(step.object.name), type, columns, table_tail(step.object, out)));
    complete(step.object.name, step.object.columns, out);
    for (auto const& text : owners_of(step.object.name, {}, step.object.columns, out)) {
        statement(text);
    }
    complete_table(step.object, out);
    complete_key(step.object, out);
}

namespace {

/// A partition leaves its parent, or comes to it.
std::vector<std::string> partition_statements(Table const& table, bool leaves,
                                              sql::Writer const& out) {
    auto const& bound = table.details->bound;
    if (bound.empty()) return {};
    auto const name = out.name(table.name);
    auto const parent = out.name(table.parents.front());
    return {leaves ? fmt::format("ALTER TABLE {} DETACH PARTITION {}", parent, name)
                   : fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}", parent, name, bound)};
}

/// The parents that the table leaves, or those that it comes to.
std::vector<std::string> parent_statements(Alter<Table> const& step, std::string_view words,
                                           sql::Writer const& out) {
    std::vector<std::string> statements{};
    if (!step.from.details || !step.to.details) return statements;
    auto const leaves = words == "NO INHERIT";
    auto const& side = leaves ? step.from : step.to;
    auto const& other = leaves ? step.to : step.from;
    auto const is_partition = !side.details->bound.empty();
    if (is_partition &&
        (side.details->bound != other.details->bound || side.parents != other.parents))
        return partition_statements(side, leaves, out);
    auto const was_partition = !other.details->bound.empty();
    for (auto const& parent : side.parents) {
        if (is_partition) break;
        auto const stays = std::find(other.parents.begin(), other.parents.end(), parent);
        if (stays != other.parents.end() && !was_partition) continue;
        statements.push_back(
            fmt::format("ALTER TABLE {} {} {}", out.name(step.to.name), words, out.name(parent)));
    }
    return statements;
}

}  // namespace

void to_sql(Alter<Table> const& whole, sql::Writer& out) {
    auto const [kept, step] = keep_values(whole, out);
    auto const table = out.name(step.to.name);
    std::string title = "AlterTable";
    auto const statement = [&](std::string const& text) {
        out.statement(title, text);
        title.clear();
    };
    auto changes = step.changes();
    auto const apart = statements_before(step, changes, table);
    auto const made = made_columns(changes);
    auto const expressions = separate_expressions(changes, table);
    auto const sequences_after = sequence_statements_after(step, changes, out);
    auto identities = separate_counters(step, changes, out);
    std::ranges::move(separate_identities(step.from, changes, out), std::back_inserter(identities));
    name_requirements(step.from, changes);
    auto const all = ordered_clauses(changes, out, step.from);
    for (auto const& text : parent_statements(step, "NO INHERIT", out)) statement(text);
    for (auto const& text : type_statements(step.from, step.to, "NOT OF", out)) statement(text);
    for (auto const& text : kept) statement(text);
    for (auto const& text : sequence_statements_before(step, changes, out)) {
        statement(text);
    }
    for (auto const& text : sequences_of(step.to.name, made, out)) statement(text);
    for (auto const& text : apart) statement(text);
    if (!all.empty()) {
        statement(fmt::format("ALTER TABLE {} {}", table, fmt::join(all, ",\n")));
    }
    for (auto const& text : expressions) statement(text);
    for (auto const& text : identities) statement(text);
    complete(step.to.name, made, out);
    for (auto const& text : owners_of(step.to.name, step.from.owner, made, out)) statement(text);
    for (auto const& change : changes) {
        if (auto const* const key = std::get_if<Alter<PrimaryKey>>(&change)) {
            for (auto const& text : alter(step.to.name, key->from, key->to, out)) statement(text);
        } else if (auto const* const added = std::get_if<Create<PrimaryKey>>(&change)) {
            for (auto const& text : complete(step.to.name, added->object, out)) statement(text);
        }
    }
    for (auto const& text : sequences_after) statement(text);
    for (auto const& text : statements_on_not_null(step, changes, out)) statement(text);
    for (auto const& text : type_statements(step.to, step.from, "OF", out)) statement(text);
    for (auto const& text : parent_statements(step, "INHERIT", out)) statement(text);
}

void to_sql(Drop<Table> const& step, sql::Writer& out) {
    // Without CASCADE: what the schema language cannot see must stop the drop.
    out.statement("DropTable", fmt::format("DROP TABLE {}", out.name(step.object.name)));
}

}  // namespace cm::object

// Indexes as SQL, and what can go wrong.
#include <fmt/ranges.h>

#include "object/index/index.hpp"

namespace cm::object {
namespace {

std::string column_text(Index const& index, IndexColumn const& column, sql::Writer const& out) {
    auto text = sql::quote_identifier(column.name);
    // Parameters stand behind the name of the class, which is the default one if none is said.
    auto const& named = column.operator_class.empty() && !column.parameters.empty()
                            ? column.default_operator_class
                            : column.operator_class;
    if (!named.empty()) {
        text += " " + out.operator_class(column.operator_class_home, named);
        text += sql::to_sql(column.parameters);
    }
    if (column.is_descending) {
        text += " DESC";
    } else if (column.says_ascending && index.method == "btree") {
        text += " ASC";  // as Prisma writes it; other methods know no order
    }
    return text;
}

std::string element_text(IndexElement const& element) {
    return (element.column.empty() ? element.expression : sql::quote_identifier(element.column)) +
           element.options;
}

std::string column_list(Index const& index, sql::Writer const& out) {
    std::vector<std::string> texts{};
    if (!index.details) {
        for (auto const& column : index.columns) texts.push_back(column_text(index, column, out));
        return fmt::format("{}", fmt::join(texts, ", "));
    }
    std::size_t columns = 0;
    for (auto const& element : index.details->elements) {
        auto const* const column = element.column.empty() ? nullptr : &index.columns.at(columns++);
        texts.push_back(column != nullptr && element.is_plain ? column_text(index, *column, out)
                                                              : element_text(element));
    }
    if (index.details->is_without_overlaps) texts.back() += " WITHOUT OVERLAPS";
    return fmt::format("{}", fmt::join(texts, ", "));
}

std::string included_clause(IndexDetails const& details) {
    return details.included.empty()
               ? std::string{}
               : fmt::format(" INCLUDE ({})", sql::quote_list(details.included));
}

/// Behind the columns of CREATE INDEX.
std::string options_clause(IndexDetails const& details) {
    auto const& space = details.storage.tablespace;
    return fmt::format(
        "{}{}{}{}", included_clause(details),
        details.nulls_are_not_distinct ? " NULLS NOT DISTINCT" : "",
        parameters_clause(details.storage),
        space.empty() ? std::string{} : " TABLESPACE " + sql::quote_identifier(space));
}

std::string constraint_statement(Index const& index, sql::Writer const& out) {
    auto const& details = *index.details;
    auto const& space = details.storage.tablespace;
    return fmt::format(
        "ALTER TABLE {}{} ADD CONSTRAINT {} UNIQUE {}({}){}{}{}{}", details.is_alone ? "ONLY " : "",
        out.name(index.table), sql::quote_identifier(index.name.name),
        details.nulls_are_not_distinct ? "NULLS NOT DISTINCT " : "", column_list(index, out),
        included_clause(details), parameters_clause(details.storage),
        space.empty() ? std::string{} : " USING INDEX TABLESPACE " + sql::quote_identifier(space),
        clause(details.deferrability));
}

/// `ALTER INDEX … ALTER COLUMN 2 SET STATISTICS 500`.
std::vector<std::string> set_statistics(Index const& index, std::vector<int> const& before,
                                        sql::Writer const& out) {
    std::vector<std::string> statements{};
    auto const& targets = index.details->statistics;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (targets[i] == (i < before.size() ? before[i] : -1)) continue;
        statements.push_back(fmt::format("ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {}",
                                         out.name(index.name), i + 1, targets[i]));
    }
    return statements;
}

void write_all(std::vector<std::string> const& statements, std::string title, sql::Writer& out) {
    for (auto const& statement : statements) {
        out.statement(title, statement);
        title.clear();
    }
}

std::string upper_case(std::string text) {
    for (auto& c : text) {
        if (c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        }
    }
    return text;
}

std::string index_statement(Index const& index, sql::Writer const& out) {
    auto const method =
        index.method == "btree" ? std::string{} : " USING " + upper_case(index.method) + " ";
    auto const options = index.details ? options_clause(*index.details) : std::string{};
    auto const condition = index.predicate ? fmt::format(" WHERE ({})", index.predicate->text) : "";
    // An index always lies in its table's schema; its name is never qualified (manual, CREATE
    // INDEX).
    auto const only = index.details && index.details->is_alone ? "ONLY " : "";
    return fmt::format("CREATE {}INDEX {} ON {}{}{}({}){}{}", index.is_unique ? "UNIQUE " : "",
                       sql::quote_identifier(index.name.name), only, out.name(index.table), method,
                       column_list(index, out), options, condition);
}

std::string attach(sql::QualifiedName const& parent, sql::QualifiedName const& part,
                   sql::Writer const& out) {
    return fmt::format("ALTER INDEX {} ATTACH PARTITION {}", out.name(parent), out.name(part));
}

}  // namespace

void to_sql(Create<Index> const& step, sql::Writer& out) {
    auto const& index = step.object;
    if (!index.definition.empty()) {
        out.statement("CreateIndex", index.definition);  // it was invalid and is built again
    } else if (index.details && index.is_constraint) {
        out.statement("CreateIndex", constraint_statement(index, out));
    } else {
        out.statement("CreateIndex", index_statement(index, out));
    }
    if (!index.details) return;
    write_all(set_statistics(index, {}, out), {}, out);
    write_all(complete_storage(index.table, index.name, index.details->storage, out), {}, out);
    for (auto const& key : index.details->attached) {
        out.statement({}, attach(index.name, key, out));
    }
    auto const& parent = index.details->parent;
    if (!parent.name.empty()) out.statement({}, attach(parent, index.name, out));
}

void to_sql(Alter<Index> const& step, sql::Writer& out) {
    if (step.from.name != step.to.name) {
        out.statement("RenameIndex",
                      fmt::format("ALTER INDEX {} RENAME TO {}", out.name(step.from.name),
                                  sql::quote_identifier(step.to.name.name)));
    }
    if (!step.from.details || !step.to.details) return;
    std::vector<std::string> statements{};
    if (becomes_constraint(step.from, step.to)) {
        auto const name = sql::quote_identifier(step.to.name.name);
        statements.push_back(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE USING INDEX {}{}",
                                         out.name(step.to.table), name, name,
                                         clause(step.to.details->deferrability)));
    }
    auto const targets = set_statistics(step.to, step.from.details->statistics, out);
    statements.insert(statements.end(), targets.begin(), targets.end());
    auto const stored = alter_storage(step.to.table, step.to.name, step.from.details->storage,
                                      step.to.details->storage, out);
    statements.insert(statements.end(), stored.begin(), stored.end());
    auto const& parent = step.to.details->parent;
    if (parent != step.from.details->parent && !parent.name.empty()) {
        statements.push_back(attach(parent, step.to.name, out));
    }
    write_all(statements, "AlterIndex", out);
}

void to_sql(Drop<Index> const& step, sql::Writer& out) {
    auto const& index = step.object;
    if (index.is_constraint) {
        // PostgreSQL refuses to drop a constraint's index by itself.
        out.statement("DropIndex",
                      fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", out.name(index.table),
                                  sql::quote_identifier(index.name.name)));
        return;
    }
    out.statement("DropIndex",
                  fmt::format("DROP INDEX {}{}{}", index.is_invalid ? "CONCURRENTLY " : "",
                              out.name(index.name),
                              index.details && index.details->has_constraints ? " CASCADE" : ""));
}

void hazards(Create<Index> const& step, Hazards& out) {
    auto const& index = step.object;
    if (!index.is_unique) {
        return;
    }
    auto const has_overlaps = index.details && index.details->is_without_overlaps;
    if (index.has_expressions || has_overlaps) {
        out.push_back(
            {.kind = HazardKind::may_fail,
             .code = "CM0608",
             .message = fmt::format("the unique index `{}` is {} on the table `{}`: "
                                    "this fails if there are duplicates",
                                    index.name.name, index.definition.empty() ? "built" : "rebuilt",
                                    index.table.name),
             .help = "remove the duplicates first",
             .origin = index.origin,
             .probe = {}});
        return;
    }
    std::vector<std::string> columns{};
    for (auto const& column : index.columns) columns.push_back(column.name);
    auto const list = sql::quote_list(columns);
    auto const table = sql::quote(index.table);
    auto const counts = index.details && index.details->nulls_are_not_distinct
                            ? std::string{"TRUE"}
                            : fmt::format("ROW({}) IS NOT NULL", list);
    out.push_back(
        {.kind = HazardKind::may_fail,
         .code = "CM0608",
         .message = fmt::format("a unique index on ({}) is added to the table `{}`: this fails if "
                                "there are duplicates",
                                fmt::join(columns, ", "), index.table.name),
         .help = "remove the duplicates first",
         .origin = index.origin,
         // ROW(…) IS NOT NULL: rows with a null in the key are never duplicates.
         .probe = object::Probe{
             fmt::format("SELECT (SELECT COALESCE(sum(n - 1), 0)::bigint FROM (SELECT count(*) AS "
                         "n FROM {1} WHERE {3}{2} GROUP BY {0}) AS g) AS affected, (SELECT "
                         "count(*) FROM {1}) AS total",
                         list, table,
                         index.predicate ? fmt::format(" AND ({})", index.predicate->text) : "",
                         counts),
             "{affected} of {total} rows are duplicates"}});
}

void hazards(Alter<Index> const& /*step*/, Hazards& /*out*/) {}

void hazards(Drop<Index> const& /*step*/, Hazards& /*out*/) {}

}  // namespace cm::object

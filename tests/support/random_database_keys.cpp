// See random_database.hpp. Constraints of tables, and indexes of tables and materialized views.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "support/random_database.hpp"

namespace cm::test {

namespace random_database {

namespace {

constexpr std::array actions{"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};

std::string deferral(Making& made, std::string const& path) {
    if (made.choices.one_in(path + "/deferrable", 6)) {
        return made.choices.one_in(path + "/deferred", 2) ? " DEFERRABLE INITIALLY DEFERRED"
                                                          : " DEFERRABLE";
    }
    return {};
}

std::vector<Column> ordered_columns(Relation const& relation) {
    std::vector<Column> columns{};
    for (auto const& column : relation.columns) {
        if (column.type.is_ordered) columns.push_back(column);
    }
    return columns;
}

void add_constraint(Making& made, Relation const& table, std::string const& constraint,
                    std::string const& text) {
    add(made, fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", table.name, constraint, text));
    describe(made, fmt::format("CONSTRAINT {} ON {}", constraint, table.name));
}

std::string included(Making& made, std::string const& path, Relation const& relation) {
    if (!made.choices.one_in(path + "/includes", 6)) return {};
    return fmt::format(" INCLUDE ({})",
                       made.choices.any(path + "/which included", relation.columns).name);
}

void make_primary_key(Making& made, Relation& table) {
    auto& choices = made.choices;
    auto const path = table.path + ", key";
    if (table.is_partition || choices.one_in(path + "/key is missing", 6)) return;
    auto const constraint = name(made, path, "key_" + table.tag);
    auto const deferred = deferral(made, path);
    auto columns = table.is_partitioned ? table.key_columns : table.columns.front().name;
    std::string parameters{};
    if (choices.one_in(path + "/parameters", 8)) parameters = " WITH (fillfactor = 60)";
    add_constraint(made, table, constraint,
                   fmt::format("PRIMARY KEY ({}){}{}{}", columns, included(made, path, table),
                               parameters, deferred));
    table.has_key = deferred.empty();
    if (table.has_key && choices.one_in(path + "/is identity", 8))
        add(made,
            fmt::format("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", table.name, constraint));
    if (!table.is_partitioned && choices.one_in(path + "/clustered", 8))
        add(made, fmt::format("ALTER TABLE {} CLUSTER ON {}", table.name, constraint));
    table.columns.front().is_required = true;
}

void make_unique(Making& made, Relation const& table) {
    auto& choices = made.choices;
    auto const path = table.path + ", unique";
    auto const columns = ordered_columns(table);
    if (columns.empty() || !choices.one_in(path + "/unique is there", 3)) return;
    auto const& first = choices.any(path + "/first column", columns).name;
    auto const& second = choices.any(path + "/second column", columns).name;
    std::vector<std::string> key{first};
    if (second != first && choices.one_in(path + "/two", 3)) key.push_back(second);
    if (!table.key_columns.empty() &&
        std::find(key.begin(), key.end(), table.key_columns) == key.end())
        key.push_back(table.key_columns);
    auto const constraint = name(made, path, "only_" + table.tag);
    auto const nulls =
        made.version >= 15 && choices.one_in(path + "/nulls", 5) ? " NULLS NOT DISTINCT" : "";
    if (choices.one_in(path + "/by index", 3)) {
        add(made, fmt::format("CREATE UNIQUE INDEX {} ON {} ({}){}", constraint, table.name,
                              fmt::join(key, ", "), nulls));
        describe(made, fmt::format("INDEX {}",
                                   table.name.substr(0, table.name.size() - table.plain.size()) +
                                       constraint));
        return;
    }
    add_constraint(made, table, constraint,
                   fmt::format("UNIQUE{} ({}){}{}", nulls, fmt::join(key, ", "),
                               included(made, path, table), deferral(made, path)));
}

void make_checks(Making& made, Relation const& table) {
    auto& choices = made.choices;
    for (auto const* const word : {"one", "two"}) {
        auto const path = fmt::format("{}, check {}", table.path, word);
        if (!choices.one_in(path + "/check is there", 4)) continue;
        auto const& column = choices.any(path + "/which column", table.columns);
        std::string tail{};
        if (!table.is_partitioned && choices.one_in(path + "/no inherit", 5)) tail += " NO INHERIT";
        if (choices.one_in(path + "/not valid", 6)) tail += " NOT VALID";
        auto const constraint = name(made, path, fmt::format("{}_{}", word, table.tag));
        add_constraint(made, table, constraint,
                       fmt::format("CHECK ({}){}", condition(made, path, column), tail));
    }
}

void make_exclusion(Making& made, Relation const& table) {
    auto& choices = made.choices;
    auto const path = table.path + ", exclusion";
    if (table.is_partitioned || !choices.one_in(path + "/exclusion is there", 5)) return;
    auto const& column = choices.any(path + "/which column", table.columns);
    if (!column.type.is_ordered) return;
    auto text = fmt::format("EXCLUDE USING btree ({} WITH =)", column.name);
    if (column.type.sort == Sort::range)
        text = fmt::format("EXCLUDE USING gist ({} WITH &&)", column.name);
    if (column.type.sort == Sort::address)
        text = fmt::format("EXCLUDE USING gist ({} inet_ops WITH &&)", column.name);
    if (choices.one_in(path + "/where", 3)) {
        auto const& other = choices.any(path + "/which other", table.columns);
        text += fmt::format(" WHERE ({})", condition(made, path, other));
    }
    add_constraint(made, table, name(made, path, "apart_" + table.tag),
                   text + deferral(made, path));
}

/// A column that refers to another table, with a key where that one can be referred to.
void make_foreign_key(Making& made, Relation& table) {
    auto& choices = made.choices;
    auto const path = table.path + ", reference";
    std::vector<Relation> targets{};
    for (auto const& other : made.tables) {
        if (other.has_key && (!other.is_unlogged || table.is_unlogged)) targets.push_back(other);
    }
    if (targets.empty() || table.is_partition || !choices.one_in(path + "/reference is there", 2))
        return;
    auto const target = choices.any(path + "/which target", targets);
    auto const& key = target.columns.front();
    Column column{name(made, path, "ref" + table.tag), key.type};
    add(made,
        fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table.name, column.name, key.type.name));
    table.columns.push_back(column);
    auto const constraint = name(made, path + "/key", "points_" + table.tag);
    auto text =
        fmt::format("FOREIGN KEY ({}) REFERENCES {} ({})", column.name, target.name, key.name);
    if (choices.one_in(path + "/match", 5)) text += " MATCH FULL";
    auto const on_delete = choices.any(path + "/on delete", actions);
    text += fmt::format(" ON DELETE {} ON UPDATE {}", on_delete,
                        choices.any(path + "/on update", actions));
    if (made.version >= 15 && std::string_view{on_delete}.starts_with("SET") &&
        choices.one_in(path + "/set column", 3))
        text = text.replace(text.find(on_delete), std::string_view{on_delete}.size(),
                            fmt::format("{} ({})", on_delete, column.name));
    text += deferral(made, path);
    if (!table.is_partitioned && !target.is_partitioned && choices.one_in(path + "/not valid", 6))
        text += " NOT VALID";
    add_constraint(made, table, constraint, text);
}

/// Methods, with an operator class where they need one.
std::string indexed(Making& made, std::string const& path, Column const& column,
                    std::string& method) {
    auto& choices = made.choices;
    auto const way = choices.below(path + "/index way", 6);
    auto const sort = column.type.sort;
    if (way == 0 && sort == Sort::list) return method = "gin", column.name;
    if (way == 0 && sort == Sort::json)
        return method = "gin",
               column.name + (choices.one_in(path + "/class", 2) ? " jsonb_path_ops" : "");
    if (way == 0 && sort == Sort::range) return method = "gist", column.name;
    if (way == 0 && sort == Sort::address) return method = "gist", column.name + " inet_ops";
    if (way == 1 && (sort == Sort::number || sort == Sort::moment))
        return method = "brin", column.name;
    if (way == 2 && column.type.is_ordered && sort != Sort::list && !column.type.is_own &&
        column.type.name.find("bit") == std::string::npos)
        return method = "hash", column.name;
    method = "btree";
    if (way == 3 || !column.type.is_ordered) {
        auto const type = type_of_expression(made, path, column);
        return type.is_ordered ? expression(made, path, column)
                               : fmt::format("({} IS NULL)", column.name);
    }
    auto text = column.name;
    if (sort == Sort::text && !column.type.is_own && choices.one_in(path + "/class", 4)) {
        text += column.type.name == "text"                          ? " text_pattern_ops"
                : column.type.name.starts_with("character varying") ? " varchar_pattern_ops"
                                                                    : " bpchar_pattern_ops";
    } else if (sort == Sort::text && !made.collations.empty() &&
               choices.one_in(path + "/collation", 4)) {
        text += " COLLATE " + choices.any(path + "/which collation", made.collations);
    }
    if (choices.one_in(path + "/descending", 4)) text += " DESC";
    if (choices.one_in(path + "/nulls", 5)) text += " NULLS FIRST";
    return text;
}

void make_index(Making& made, Relation const& relation, std::string const& word) {
    auto& choices = made.choices;
    auto const path = fmt::format("{}, index {}", relation.path, word);
    if (!choices.one_in(path + "/index is there", 3)) return;
    std::string method{};
    auto keys = indexed(made, path, choices.any(path + "/which column", relation.columns), method);
    if (method == "btree" && choices.one_in(path + "/two", 3)) {
        std::string second{};
        auto const more = indexed(made, path + ", second",
                                  choices.any(path + "/which second", relation.columns), second);
        if (second == "btree") keys += ", " + more;
    }
    auto const index = name(made, path, fmt::format("{}_{}", word, relation.tag));
    auto text =
        fmt::format("CREATE INDEX {} ON {} USING {} ({})", index, relation.name, method, keys);
    if (method == "btree" || method == "gist") {
        if (method == "btree") text += included(made, path, relation);
        if (choices.one_in(path + "/parameters", 6)) text += " WITH (fillfactor = 70)";
    }
    if (choices.one_in(path + "/where", 4))
        text += fmt::format(
            " WHERE {}",
            condition(made, path, choices.any(path + "/which condition", relation.columns)));
    add(made, text);
    auto const qualified =
        relation.name.substr(0, relation.name.size() - relation.plain.size()) + index;
    if (keys.starts_with("(") && choices.one_in(path + "/index statistics", 3))
        add(made, fmt::format("ALTER INDEX {} ALTER COLUMN 1 SET STATISTICS 55", qualified));
    describe(made, "INDEX " + qualified);
}

}  // namespace

void make_keys(Making& made) {
    for (auto& table : made.tables) make_primary_key(made, table);
    for (auto& table : made.tables) make_foreign_key(made, table);
    for (auto const& table : made.tables) {
        make_unique(made, table);
        make_checks(made, table);
        make_exclusion(made, table);
    }
}

void make_indexes(Making& made) {
    for (auto const& table : made.tables) {
        for (auto const* const word : {"first", "second"}) make_index(made, table, word);
    }
}

void make_indexes_of(Making& made, Relation const& relation) {
    for (auto const* const word : {"first", "second"}) make_index(made, relation, word);
}

}  // namespace random_database

}  // namespace cm::test

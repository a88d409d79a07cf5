// See primary_key.hpp.
#include "object/table/primary_key.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/contains.hpp"
#include "object/said.hpp"

namespace cm::object {
namespace {

sql::QualifiedName index_name(sql::QualifiedName const& table, PrimaryKey const& key) {
    return {table.schema, key.name};
}

std::string behind_columns(PrimaryKeyDetails const& details) {
    auto const& space = details.storage.tablespace;
    auto const included = details.included.empty()
                              ? std::string{}
                              : fmt::format(" INCLUDE ({})", sql::quote_list(details.included));
    return fmt::format(
        "{}{}{}{}", included, parameters_clause(details.storage),
        space.empty() ? std::string{} : " USING INDEX TABLESPACE " + sql::quote_identifier(space),
        clause(details.deferrability));
}

std::string attach(sql::QualifiedName const& table, PrimaryKey const& key, sql::Writer const& out) {
    return fmt::format("ALTER INDEX {} ATTACH PARTITION {}", out.name(key.details->parent),
                       out.name(index_name(table, key)));
}

}  // namespace

bool operator==(PrimaryKeyDetails const& a, PrimaryKeyDetails const& b) {
    return a.included == b.included && a.deferrability == b.deferrability &&
           a.is_without_overlaps == b.is_without_overlaps && a.storage == b.storage &&
           a.parent == b.parent;
}

bool operator==(PrimaryKey const& a, PrimaryKey const& b) {
    return a.name == b.name && a.columns == b.columns &&
           (!a.details || !b.details || *a.details == *b.details);
}

bool has_column(PrimaryKey const& key, std::string_view column) {
    return contains(key.columns, column) ||
           (key.details && contains(key.details->included, column));
}

bool can_alter(PrimaryKey const& from, PrimaryKey const& to) {
    auto altered = from;
    altered.name = to.name;
    if (from.details && to.details) {
        if (to.details->is_partitioned &&
            from.details->storage.parameters != to.details->storage.parameters) {
            return false;
        }
        altered.details->storage = to.details->storage;
        altered.details->parent = to.details->parent;
    }
    return altered == to;
}

std::string definition(PrimaryKey const& key, std::string_view separator) {
    auto const details = key.details.value_or(PrimaryKeyDetails{});
    return fmt::format("CONSTRAINT {} PRIMARY KEY ({}{}){}", sql::quote_identifier(key.name),
                       sql::quote_list(key.columns, separator),
                       details.is_without_overlaps ? " WITHOUT OVERLAPS" : "",
                       behind_columns(details));
}

std::vector<std::string> complete(sql::QualifiedName const& table, PrimaryKey const& key,
                                  sql::Writer const& out) {
    if (!key.details) return {};
    auto statements = complete_storage(table, index_name(table, key), key.details->storage, out);
    if (!key.details->parent.name.empty()) statements.push_back(attach(table, key, out));
    return statements;
}

std::vector<std::string> alter(sql::QualifiedName const& table, PrimaryKey const& from,
                               PrimaryKey const& to, sql::Writer const& out) {
    std::vector<std::string> statements{};
    if (from.name != to.name) {
        statements.push_back(fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}",
                                         out.name(table), sql::quote_identifier(from.name),
                                         sql::quote_identifier(to.name)));
    }
    if (!from.details || !to.details) return statements;
    auto const stored = alter_storage(table, index_name(table, to), from.details->storage,
                                      to.details->storage, out);
    statements.insert(statements.end(), stored.begin(), stored.end());
    auto const& parent = to.details->parent;
    if (parent != from.details->parent && !parent.name.empty()) {
        statements.push_back(attach(table, to, out));
    }
    return statements;
}

PrimaryKey read_primary_key(sql::Row const& row) {
    PrimaryKey key{row.text("primary_key"), row.text_array("primary_key_columns"),
                   row.boolean("key_is_referenced_from_outside"), PrimaryKeyDetails{}};
    auto& details = *key.details;
    details.included = row.text_array("key_included");
    details.deferrability = {row.boolean("key_is_deferrable"),
                             row.boolean("key_is_initially_deferred")};
    details.is_without_overlaps = row.boolean("key_is_without_overlaps");
    details.storage = {row.text_array("key_parameters"), row.text("key_tablespace"),
                       row.boolean("key_is_clustered"), row.boolean("key_is_replica_identity")};
    details.is_partitioned = row.boolean("key_is_partitioned");
    if (!row.is_null("key_parent")) {
        auto const parent = row.text_array("key_parent");
        details.parent = {parent[0], parent[1]};
    }
    return key;
}

void take_unsaid(PrimaryKey& declared, PrimaryKey const& actual,
                 std::vector<std::string> const& columns) {
    if (declared.details || !actual.details) return;
    declared.details = actual.details;
    std::erase_if(declared.details->included, [&](std::string const& name) {
        return !contains(columns, name) || contains(declared.columns, name);
    });
    if (declared.columns != actual.columns) declared.details->is_without_overlaps = false;
}

void drop_details(PrimaryKey& key) {
    key.details.reset();
}

void take_unmade(PrimaryKey& made, PrimaryKey const& actual) {
    if (!made.details || !actual.details) return;
    auto const own = *made.details;
    *made.details = *actual.details;
    keep_said(own, *made.details, &PrimaryKeyDetails::included, &PrimaryKeyDetails::deferrability,
              &PrimaryKeyDetails::is_without_overlaps);
    keep_said(own.storage, made.details->storage, &IndexStorage::parameters,
              &IndexStorage::is_clustered, &IndexStorage::is_replica_identity);
}

}  // namespace cm::object

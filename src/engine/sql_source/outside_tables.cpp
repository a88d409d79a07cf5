// See outside_tables.hpp.
#include "engine/sql_source/outside_tables.hpp"

#include <vector>

#include "base/log.hpp"
#include "engine/made_beside_schemas.hpp"
#include "engine/sql_source/outside_tables.sql.hpp"
#include "pg/database.hpp"
#include "sql/array_literal.hpp"

namespace cm::engine {
namespace {

void hear(NamesInText& names, sql::SourceStatement const& statement, std::string_view text) {
    if (statement.creates && statement.object) names.created.insert(statement.object->name);
    names.from_outside.merge(sql::names_in(text));
}

NamesInText settled(NamesInText names) {
    for (auto const& name : names.created) names.from_outside.erase(name);
    return names;
}

std::string array_of(std::set<std::string> const& names) {
    return sql::array_literal(std::vector<std::string>(names.begin(), names.end()));
}

}  // namespace

NamesInText names_in_text(SourceText const& text) {
    NamesInText names{};
    for (auto const& item : text.items) hear(names, item.statement, item.statement.text);
    return settled(std::move(names));
}

NamesInText names_in_text(std::vector<history::Migration> const& migrations) {
    NamesInText names{};
    for_each_statement(migrations, [&](history::Migration const&, std::string_view text) {
        hear(names, sql::source_statement(text), text);
    });
    return settled(std::move(names));
}

OutsideObjects make_outside_tables(NamesInText const& names, pg::Url const& live,
                                   pg::Connection& scratch) {
    if (names.from_outside.empty() || !pg::database_exists(live)) return {};
    pg::Connection connection(live);
    auto const rows = connection.fetch(sql_text::engine_sql_source_outside_tables,
                                       {array_of(names.from_outside), array_of(names.created)});
    OutsideObjects made{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const kind = object::object_kind(rows[i].text("kind"));
        try {
            scratch.execute(rows[i].text("statement"));
        } catch (pg::SqlError const& failed) {
            if (failed.connection_lost()) throw;
            log::swallowed("making a table of others in the scratch database", failed);
            continue;
        }
        if (kind == object::ObjectKind::namespace_) {
            made.schemas.insert(rows[i].text("schema"));
        } else if (kind == object::ObjectKind::table || kind == object::ObjectKind::enum_) {
            made.objects.insert({*kind, {rows[i].text("schema"), rows[i].text("name")}});
        }
    }
    return made;
}

}  // namespace cm::engine

// See written_names.hpp.
#include "engine/written_names.hpp"

#include <optional>

#include "engine/made_beside_schemas.hpp"
#include "sql/defined_objects.hpp"
#include "sql/source_statement.hpp"
#include "sql/statement_tree.hpp"

namespace cm::engine {
namespace {

void forget(WrittenNames& found, sql::QualifiedName const& name) {
    auto const gone = found.full(name);
    found.created.erase(gone);
    std::erase_if(found.tables_and_enums,
                  [&](object::ObjectRef const& it) { return it.name == gone; });
}

std::optional<object::ObjectKind> kind_of_created(sql::StatementTree const& tree) {
    if (tree.name == "CreateStmt") return object::ObjectKind::table;
    if (tree.name == "CreateEnumStmt") return object::ObjectKind::enum_;
    return {};
}

void follow_changes(WrittenNames& found, sql::StatementTree const& tree) {
    for (auto const& it : sql::defined_objects(tree)) {
        auto const is_part = !it.table.name.empty() && it.kind != sql::DefinedKind::index;
        if (is_part) continue;
        auto const kind = kind_of_created(tree);
        if (it.action == sql::DefinedAction::creates && kind)
            found.tables_and_enums.insert({*kind, found.full(it.name)});
        if (it.action == sql::DefinedAction::drops) forget(found, it.name);
        if (it.action != sql::DefinedAction::renames && it.action != sql::DefinedAction::moves)
            continue;
        auto name = found.full(it.name);
        if (!found.created.contains(name)) continue;
        forget(found, name);
        if (!it.new_name.name.empty()) name.name = it.new_name.name;
        if (!it.new_name.schema.empty()) name.schema = it.new_name.schema;
        found.created.insert(std::move(name));
    }
}

}  // namespace

sql::QualifiedName WrittenNames::full(sql::QualifiedName name) const {
    if (name.schema.empty()) name.schema = bare;
    return name;
}

sql::QualifiedName WrittenNames::name_of(object::ObjectRef const& object) const {
    if (object.kind == object::ObjectKind::namespace_) return full({{}, object.name.schema});
    auto name = object.name;
    name.name = name.name.substr(0, name.name.find('('));
    return name;
}

WrittenNames written_names(std::vector<history::Migration> const& migrations,
                           std::string const& bare) {
    WrittenNames found{.bare = bare};
    for_each_statement(migrations, [&](history::Migration const&, std::string_view text) {
        auto const statement = sql::source_statement(text);
        if (statement.creates && statement.object)
            found.created.insert(found.full(*statement.object));
        found.names.merge(sql::names_in(text));
        auto const trees = sql::parse_statements(text);
        if (!trees) return;
        for (auto const& tree : *trees) follow_changes(found, tree);
    });
    return found;
}

}  // namespace cm::engine

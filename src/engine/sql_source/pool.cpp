// See pool.hpp.
#include "engine/sql_source/pool.hpp"

#include <algorithm>

#include "engine/development.hpp"
#include "engine/sql_source/source_renames.hpp"
#include "history/replay.hpp"
#include "schema/diff.hpp"
#include "schema/from_dsl.hpp"
#include "schema/plan.hpp"
#include "schema/scope.hpp"
#include "schema/unmade.hpp"

namespace cm::engine {
namespace {

/// An object that a statement names, with its schema.
sql::QualifiedName full_name(sql::SourceStatement const& statement, std::string const& bare) {
    auto name = statement.object.value_or(sql::QualifiedName{});
    if (name.schema.empty()) name.schema = bare;
    return name;
}

bool names_object(sql::SourceStatement const& statement) {
    return statement.object.has_value() && statement.treatment == sql::SourceTreatment::managed;
}

void remove_column(schema::Schema& schema, sql::QualifiedName const& name,
                   std::string const& column) {
    auto* const table = schema.tables.find(name);
    if (table == nullptr) return;
    std::erase_if(table->columns, [&](object::Column const& it) { return it.name == column; });
}

void remove_constraint(schema::Schema& schema, sql::QualifiedName const& name,
                       std::string const& constraint) {
    schema.foreign_keys.remove({name, constraint});
    schema.indexes.remove({name.schema, constraint});
    auto* const table = schema.tables.find(name);
    if (table != nullptr && table->primary_key && table->primary_key->name == constraint)
        table->primary_key.reset();
}

/// What the statement defines itself.
void remove_defined(schema::Schema& schema, sql::SourceStatement const& statement,
                    std::string const& bare) {
    if (!names_object(statement)) return;
    auto const name = full_name(statement, bare);
    if (statement.creates) {
        schema.tables.remove(name);
        schema.indexes.remove(name);
        schema.enums.remove(name);
        return;
    }
    // What is altered and not added stays: it is the model's, with more said about it.
    for (auto const& constraint : statement.constraints)
        remove_constraint(schema, name, constraint);
    if (statement.adds_columns) {
        for (auto const& column : statement.columns) remove_column(schema, name, column);
    }
}

template <class T>
void take(schema::Objects<T>& to, schema::Objects<T> const& loaded,
          typename schema::Objects<T>::Key const& name) {
    auto const* const found = loaded.find(name);
    if (found == nullptr) return;
    to.remove(name);
    to.add(*found);
}

void take_columns(object::Table& to, object::Table const& loaded,
                  std::vector<std::string> const& names) {
    for (auto const& name : names) {
        auto const* const found = object::find_column(loaded, name);
        if (found == nullptr) continue;
        auto const place = std::find_if(to.columns.begin(), to.columns.end(),
                                        [&](object::Column const& it) { return it.name == name; });
        if (place == to.columns.end()) {
            to.columns.push_back(*found);
        } else {
            *place = *found;
        }
    }
}

void take_said(schema::Schema& to, schema::Schema const& loaded,
               sql::SourceStatement const& statement, std::string const& bare) {
    if (!names_object(statement)) return;
    auto const name = full_name(statement, bare);
    if (statement.creates) {
        take(to.tables, loaded.tables, name);
        take(to.indexes, loaded.indexes, name);
        take(to.enums, loaded.enums, name);
        return;
    }
    auto* const table = to.tables.find(name);
    auto const* const found = loaded.tables.find(name);
    if (table == nullptr || found == nullptr) return;
    take_columns(*table, *found, statement.columns);
    for (auto const& constraint : statement.constraints) {
        take(to.foreign_keys, loaded.foreign_keys, {name, constraint});
        take(to.indexes, loaded.indexes, {name.schema, constraint});
        if (found->primary_key && found->primary_key->name == constraint)
            table->primary_key = found->primary_key;
    }
    if (statement.alters_whole) table->details = found->details;
}

/// The first place of the files that names something of the difference.
std::optional<Label> place_of(std::string const& difference, SourceText const& files) {
    for (auto const& item : files.items) {
        auto const& object = item.statement.object;
        if (!object || difference.find(sql::quote_identifier(object->name)) == std::string::npos)
            continue;
        auto const& file = files.files[item.file];
        auto const& cut = file.script.statements[item.index];
        return Label{{file.file, cut.begin, cut.end}, {}};
    }
    return {};
}

}  // namespace

SourceText pooled_source(Declaration const& declaration, std::string const& bare,
                         schema::ExternalObjects const& external, SourceMap& sources) {
    auto modelled = schema::without_external(schema::from_dsl(declaration.model, bare), external);
    for (auto const& item : declaration.sql->items) remove_defined(modelled, item.statement, bare);
    auto const text = schema::render(
        schema::to_sql(schema::plan(schema::diff(schema::empty(bare), modelled)), bare));
    return with_generated("the schema file, as SQL", text, *declaration.sql, sources);
}

void forget_replay(schema::Schema& made, std::string const& replayer, schema::Schema const& loaded,
                   std::string const& loader) {
    if (replayer != loader) schema::forget_replayer(made, loaded, replayer);
    schema::forget_wording(made, loaded,
                           [](object::Definition const& stub, object::Definition const& declared) {
                               return history::stands_for(stub.text, declared.text);
                           });
}

Normalized declared_schema_with_files(Declaration const& declaration, schema::Schema const& loaded,
                                      schema::Schema const& actual, std::string const& bare,
                                      schema::ExternalObjects const& external, Server const& server,
                                      std::vector<schema::RenameFlag> const& renames) {
    auto plain = actual;
    plain.definitions = {};
    auto declared = declared_schema(declaration.model, bare, external, plain, server, renames);
    auto const& files = *declaration.sql;
    for (auto const& item : files.items) take_said(declared.schema, loaded, item.statement, bare);
    declared.schema.definitions = loaded.definitions;
    for (auto const& [name, it] : loaded.namespaces) declared.schema.namespaces.add(it);
    for (auto const& [name, it] : loaded.extensions) {
        if (declared.schema.extensions.find(name) == nullptr) declared.schema.extensions.add(it);
    }
    add_former_names(declared.schema, files, bare);
    return declared;
}

void refuse_disagreement(Declaration const& declaration, schema::Schema const& loaded,
                         std::string const& bare, schema::ExternalObjects const& external) {
    auto plain = loaded;
    plain.definitions = {};
    auto const modelled = declared_schema(declaration.model, bare, external, plain, {});
    // What the files have beside the model is theirs.
    schema::Steps steps = schema::diff(plain, modelled.schema);
    std::erase_if(steps, [](schema::Step const& step) {
        return std::visit(overloaded{[]<class T>(schema::Drop<T> const&) { return true; },
                                     [](auto const&) { return false; }},
                          step);
    });
    if (steps.empty()) return;
    auto const difference = schema::render(schema::to_sql(schema::plan(std::move(steps)), bare));
    auto diagnostic =
        error("CM0343", "the schema file and the SQL files beside it define the same differently")
            .note(
                "what the SQL files make would still need this, to be what the schema file "
                "says:\n{}",
                difference)
            .help(
                "change one of the two; what the schema language cannot say is left to the SQL "
                "files");
    diagnostic.primary = place_of(difference, *declaration.sql);
    throw Failure(std::move(diagnostic));
}

}  // namespace cm::engine

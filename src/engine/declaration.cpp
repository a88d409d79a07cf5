// See declaration.hpp.
#include "engine/declaration.hpp"

#include "dsl/dsl.hpp"
#include "engine/protection.hpp"
#include "engine/sql_source/source_text.hpp"
#include "engine/state_table.hpp"
#include "schema/scope.hpp"
#include "schema/sql_texts.hpp"

namespace cm::engine {
namespace {

std::string_view purpose_of(std::string_view table, Configuration const& configuration) {
    if (table == configuration.migrations_table)
        return "in which cm-migrate records the migrations";
    if (table == "_prisma_migrations") return "in which Prisma records the migrations";
    if (table == protection_table_name(configuration.migrations_table) ||
        table == protection_table_name("_migrations") ||
        table == protection_table_name("_prisma_migrations"))
        return "which protects a database";
    if (table == state_table_name(configuration.migrations_table))
        return "in which cm-migrate keeps the recorded state";
    return {};
}

/// Tables that are never compared cannot be a model's: it would be created for ever.
void refuse_own_tables(dsl::DataModel const& model, Configuration const& configuration,
                       Diagnostics& diagnostics) {
    for (auto const& declared : model.models) {
        auto const purpose = purpose_of(declared.database_name, configuration);
        sql::QualifiedName const table{declared.database_schema, declared.database_name};
        if (purpose.empty() || declared.is_view ||
            schema::is_external_table(table, configuration.external)) {
            continue;
        }
        diagnostics
            .error("CM0286", declared.map_span, "the model `{}` is mapped to the table `{}`, {}",
                   declared.name, declared.database_name, purpose)
            .help(
                "if the model only reads it, list the table under `\"externalTables\"` in "
                "cm-migrate.json; a table of your own needs another name");
    }
}

}  // namespace

Declaration read_declaration(Project const& project, std::vector<FileId> const& files,
                             SourceMap const& sources) {
    Diagnostics diagnostics{};
    Declaration declaration{};
    declaration.model = dsl::read(sources, files, project.configuration.naming, diagnostics);
    refuse_own_tables(declaration.model, project.configuration, diagnostics);
    schema::check_sql_texts(declaration.model, diagnostics);
    diagnostics.sort();
    if (diagnostics.has_errors()) {
        throw Failure(diagnostics.all());
    }
    declaration.warnings = diagnostics.all();
    return declaration;
}

Declaration read_declaration(Project const& project, std::filesystem::path const& schema,
                             SourceMap& sources) {
    if (is_sql_schema(project, schema)) {
        Declaration declaration{};
        declaration.sql =
            std::make_shared<SourceText const>(read_source_text(project, schema, sources));
        return declaration;
    }
    auto declaration =
        read_declaration(project, load_schema_files(project, schema, sources), sources);
    add_files_beside(declaration, project, schema, sources);
    return declaration;
}

Declaration read_declaration(Project const& project, SourceMap& sources) {
    return read_declaration(project, project.schema, sources);
}

void add_files_beside(Declaration& declaration, Project const& project,
                      std::filesystem::path const& schema, SourceMap& sources) {
    auto const objects = objects_of(project, schema);
    if (!objects) return;
    declaration.is_mixed = true;
    declaration.sql =
        std::make_shared<SourceText const>(read_source_text(project, *objects, sources));
}

}  // namespace cm::engine

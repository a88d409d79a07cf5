// See pull.hpp.
#include "engine/pull.hpp"

#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"
#include "dsl/dsl.hpp"
#include "dsl/format/format.hpp"
#include "dsl/preview_features.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/development.hpp"
#include "engine/protection.hpp"
#include "engine/stand_in.hpp"
#include "schema/from_database.hpp"
#include "schema/printed.hpp"
#include "schema/pull/edits.hpp"
#include "schema/pull/existing_schema.hpp"
#include "schema/pull/merge.hpp"
#include "schema/pull/notes.hpp"
#include "schema/pull/views.hpp"
#include "schema/scope.hpp"
#include "schema/sql_texts.hpp"
#include "schema/with_unsaid.hpp"

namespace cm::engine {
namespace {

bool says_how_to_connect(dsl::Block const& block) {
    return block.keyword.text == "datasource" || block.keyword.text == "generator";
}

dsl::Document parsed(SourceMap const& sources, std::vector<FileId> const& files,
                     Diagnostics& diagnostics) {
    return dsl::parse(sources, files, diagnostics);
}

/// The files without models and enums; what cannot be read in them does not matter.
std::vector<FileId> without_models(std::vector<FileId> const& files, SourceMap& sources) {
    Diagnostics ignored{};
    auto const document = parsed(sources, files, ignored);
    schema::Edits edits{sources};
    for (auto const& block : document.blocks) {
        if (!says_how_to_connect(block)) edits.remove_lines(block.span);
    }
    std::vector<FileId> stripped{};
    for (auto const file : files) {
        stripped.push_back(sources.add(std::string{sources.name(file)}, edits.text(file)));
    }
    return stripped;
}

void read_model(PullBase& base, Project const& project, SourceMap const& sources) {
    Diagnostics diagnostics{};
    base.document = dsl::parse(sources, base.files, diagnostics);
    base.model = dsl::resolve(base.document, project.configuration.naming, diagnostics);
    schema::check_sql_texts(base.model, diagnostics);
    if (!diagnostics.has_errors()) dsl::check(base.model, diagnostics);
    diagnostics.sort();
    if (!diagnostics.has_errors()) return;
    auto all = diagnostics.all();
    std::erase_if(all, [](Diagnostic const& it) { return it.severity != Severity::error; });
    all.back().help("or pull with `--force`, which discards the models of the file");
    throw Failure(std::move(all));
}

schema::DraftOptions draft_options(PullBase const& base, Session const& session) {
    schema::DraftOptions options{};
    options.default_schema = session.target.url.schema;
    options.partial_indexes = dsl::has_preview_feature(base.model, "partialIndexes");
    options.naming = session.project.configuration.naming;
    if (base.model.datasource) {
        options.writes_schemas = !base.model.datasource->schemas.empty();
        options.native_prefix = base.model.datasource->name;
    }
    return options;
}

std::vector<std::string> pulled_schemas(PullBase const& base, Session const& session) {
    if (base.model.datasource && !base.model.datasource->schemas.empty()) {
        return base.model.datasource->schemas;
    }
    return {session.target.url.schema};
}

/// New models of a folder of several files stand where Prisma puts them.
std::filesystem::path new_file(PullBase const& base, Session const& session) {
    if (base.paths.size() > 1) {
        return path_to_open(session.project, session.project.schema / "introspected.prisma");
    }
    return base.paths.front();
}

bool has_windows_ends(std::string_view text) {
    return text.find("\r\n") != std::string_view::npos;
}

/// One sort of line ends, whatever the text has.
std::string with_line_ends(std::string_view text, bool windows) {
    std::string result{};
    result.reserve(text.size());
    while (!text.empty()) {
        auto const end = text.find_first_of(windows ? "\r\n" : "\r");
        result += text.substr(0, end);
        if (end == std::string_view::npos) break;
        if (text[end] == '\n') result += "\r\n";
        text.remove_prefix(end + 1);
    }
    return result;
}

class Writer {
  public:
    Writer(PullBase const& base, Session& session) : base_(base), session_(session) {}

    void add(std::filesystem::path const& path, std::string const& text, bool windows) {
        auto const id = session_.sources.add(path.string(), with_line_ends(text, false));
        auto const formatted = dsl::format(session_.sources, id);
        ids_.push_back(session_.sources.add(path.string(), formatted));
        auto result = with_line_ends(formatted, windows);
        auto const is_changed = read_file_if_exists(path) != result;
        files_.push_back({path, std::move(result), is_changed});
    }

    /// What validate would say.
    std::vector<Diagnostic> findings() const {
        Diagnostics diagnostics{};
        dsl::read(session_.sources, ids_, session_.project.configuration.naming, diagnostics);
        diagnostics.sort();
        return diagnostics.all();
    }

    std::vector<PulledFile> files() { return std::move(files_); }

  private:
    PullBase const& base_;
    Session& session_;
    std::vector<FileId> ids_{};
    std::vector<PulledFile> files_{};
};

/// All that there is at one moment.
struct CatalogSnapshot {
    schema::Schema schema{};
    std::vector<schema::View> views{};
    std::vector<schema::Unmanaged> unmanaged{};
};

CatalogSnapshot read_catalog(Session& session, std::vector<std::string> const& schemas,
                             bool views_are_read) {
    CatalogSnapshot snapshot{};
    read_snapshot(*session.connection, [&](sql::QueryFunction const& fetch) {
        snapshot.schema = schema::without_details(
            schema::without_invalid_indexes(schema::from_database(fetch, schemas)));
        if (views_are_read) snapshot.views = schema::views_in_database(fetch, schemas);
        snapshot.unmanaged = schema::unmanaged_in_database(fetch, schemas);
    });
    snapshot.schema = schema::unqualified(std::move(snapshot.schema), session.target.url.schema);
    for (auto& view : snapshot.views) {
        schema::Schema one{};
        one.tables.add(view.columns);
        one = schema::unqualified(std::move(one), session.target.url.schema);
        view.columns = one.tables.begin()->second;
    }
    auto const& ours = session.project.configuration.migrations_table;
    snapshot.schema = schema::scoped(without_side_tables(std::move(snapshot.schema)),
                                     {{ours, "_prisma_migrations"}});
    std::erase_if(snapshot.unmanaged, [&](schema::Unmanaged const& it) {
        return it.table == ours || it.table == "_prisma_migrations";
    });
    return snapshot;
}

/// A table of an extension is pulled where the file has it, or where a relation leads to it.
schema::Schema without_unused_members(schema::Schema actual, schema::Schema const& declared) {
    auto const members = schema::extension_members(actual);
    auto unused = members;
    std::erase_if(unused, [&](auto const& name) { return declared.tables.find(name) != nullptr; });
    for (auto const& [name, key] : actual.foreign_keys) {
        if (!members.contains(name.table)) unused.erase(key.referenced_table);
    }
    return schema::without_tables(std::move(actual), unused);
}

/// Materialized views, as in Prisma, only where the file has them already.
std::vector<object::Table> written_views(CatalogSnapshot const& snapshot, PullBase const& base,
                                         std::string const& default_schema) {
    schema::ExistingSchema const existing{base.model, default_schema};
    std::vector<object::Table> views{};
    for (auto const& view : snapshot.views) {
        if (!view.is_materialized || existing.model_of(view.columns.name)) {
            views.push_back(view.columns);
        }
    }
    return views;
}

[[noreturn]] void throw_empty(Session const& session, std::vector<std::string> const& schemas) {
    std::vector<std::string_view> const names{schemas.begin(), schemas.end()};
    throw Failure(error("CM0530", "the database \"{}\" has no tables and no enums in {}",
                        pg::database_name(session.target.url), quoted_list(names))
                      .note("no file was written")
                      .help("check the URL and its `?schema=`; other schemas are read if the "
                            "datasource names them: `schemas = [\"…\"]`"));
}

}  // namespace

PullBase read_pull_base(Project const& project, PullMode mode, SourceMap& sources) {
    PullBase base{};
    if (is_present(path_to_open(project, project.schema)) || project.schema_is_named) {
        base.files = load_schema_files(project, project.schema, sources);
    } else {
        auto const path = path_to_open(project, project.schema);
        base.files = {sources.add(path.string(), first_datasource(project))};
    }
    for (auto const file : base.files) base.paths.emplace_back(sources.name(file));
    if (mode == PullMode::anew) base.files = without_models(base.files, sources);
    read_model(base, project, sources);
    return base;
}

Pulled pull(PullBase const& base, Session& session) {
    auto const schemas = pulled_schemas(base, session);
    auto const options = draft_options(base, session);
    auto const views_are_read = dsl::has_preview_feature(base.model, "views");
    auto snapshot = read_catalog(session, schemas, views_are_read);
    StandIn stand_in{*session.connection};
    auto const [declared, unsettled] =
        declared_schema(base.model, options.default_schema, {}, snapshot.schema, stand_in.server());
    auto const actual = without_unused_members(std::move(snapshot.schema), declared);
    auto const views = written_views(snapshot, base, options.default_schema);
    if (actual.tables.empty() && actual.enums.empty() && views.empty()) {
        throw_empty(session, schemas);
    }
    auto const unsaid = schema::without_said(snapshot.unmanaged, options, views_are_read);
    auto draft = schema::draft(actual, views, base.model, options);
    schema::add_notes(draft, unsaid);
    auto const merged = schema::merge(
        draft, actual, {session.sources, base.files, base.document, base.model, declared}, options,
        views_are_read);
    Writer writer{base, session};
    auto new_blocks = merged.new_blocks;
    auto const place = new_file(base, session).lexically_normal();
    for (std::size_t i = 0; i < base.files.size(); ++i) {
        auto text = merged.texts[i];
        if (base.paths[i].lexically_normal() == place) text += std::exchange(new_blocks, {});
        writer.add(base.paths[i], text, has_windows_ends(session.sources.text(base.files[i])));
    }
    if (!new_blocks.empty()) writer.add(place, new_blocks, false);
    auto findings = schema::warnings(draft, unsaid);
    for (auto& finding : to_diagnostics(unsettled)) findings.push_back(std::move(finding));
    for (auto& finding : writer.findings()) findings.push_back(std::move(finding));
    return {writer.files(), draft.models.size(), draft.enums.size(), std::move(findings)};
}

void write(Pulled const& pulled) {
    for (auto const& file : pulled.files) {
        if (!file.is_changed) continue;
        if (file.path.has_parent_path()) make_directory(file.path.parent_path());
        write_file(file.path, file.text);
    }
    for (auto const& path : pulled.removed) remove_file(path);
}

}  // namespace cm::engine

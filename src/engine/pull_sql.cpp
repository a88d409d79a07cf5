// See pull_sql.hpp.
#include "engine/pull_sql.hpp"

#include <algorithm>
#include <utility>

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/plural.hpp"
#include "base/text.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/declaration.hpp"
#include "engine/scaffold.hpp"
#include "engine/sql_source/declared_state.hpp"
#include "schema/diff.hpp"
#include "schema/pull/sql_files.hpp"
#include "schema/pull/sql_mark.hpp"
#include "schema/scope.hpp"
#include "schema/uncompared.hpp"
#include "schema/unmade.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

/// What there is at one moment.
struct WrittenState {
    schema::Schema schema{};
    std::set<std::string> never_written{};
};

/// Text in which a name lacks its schema is right only where that is the one that sessions begin
/// with.
std::string bare_schema(pg::Url const& url) {
    return url.schema == "public" ? url.schema : std::string{};
}

WrittenState read_written_state(Session& session, Project const& project) {
    auto const& url = session.target.url;
    auto const schemas = managed_schemas(project, session.datasource, url);
    WrittenState state{};
    read_snapshot(*session.connection, [&](sql::QueryFunction const& fetch) {
        state.schema =
            read_complete_state(fetch, schemas, bare_schema(url), project, session.datasource)
                .schema;
        state.never_written = schema::uncompared_kinds(fetch);
    });
    state.schema = schema::without_invalid_indexes(std::move(state.schema));
    return state;
}

/// A schema that is a file stays one.
bool is_a_folder(Project const& project) {
    auto const place = path_to_open(project, project.schema);
    return is_present(place) ? is_folder(place) : project.schema.extension() != ".sql";
}

schema::SqlFileOptions file_options(Session const& session) {
    auto const& url = session.target.url;
    return {.bare = bare_schema(url), .main_schema = url.schema};
}

std::vector<schema::SqlFile> texts_of(schema::Schema const& schema, Session const& session) {
    auto const options = file_options(session);
    if (is_a_folder(session.project)) return schema::sql_files(schema, options);
    return {{.text = schema::sql_text(schema, options)}};
}

[[noreturn]] void throw_nothing(Session const& session) {
    throw Failure(error("CM0530", "the database \"{}\" has nothing to write into a schema",
                        pg::database_name(session.target.url))
                      .note("no file was written")
                      .help("check the URL, and its `?schema=` if it has one"));
}

/// Against what is on the disk.
std::vector<PulledFile> marked_files(fs::path const& place,
                                     std::vector<schema::SqlFile> const& files) {
    std::vector<PulledFile> marked{};
    for (auto const& [path, text] : files) {
        if (text.empty()) continue;
        auto const file = path.empty() ? place : place / path;
        auto whole = schema::marked(text);
        auto const is_changed = read_file_if_exists(file) != whole;
        marked.push_back({file, std::move(whole), is_changed});
    }
    return marked;
}

Pulled pulled_texts(Session& session) {
    auto state = read_written_state(session, session.project);
    Pulled pulled{};
    pulled.models = state.schema.tables.size();
    pulled.enums = state.schema.enums.size();
    pulled.never_written = std::move(state.never_written);
    pulled.files = marked_files(path_to_open(session.project, session.project.schema),
                                texts_of(state.schema, session));
    if (pulled.files.empty()) throw_nothing(session);
    return pulled;
}

/// The files that there are.
std::vector<fs::path> present_files(fs::path const& place) {
    if (is_folder(place)) return files_ending(place, ".sql");
    return is_present(place) ? std::vector{place} : std::vector<fs::path>{};
}

/// Nothing in it that anybody has written since the last pull.
bool nobody_has_edited(fs::path const& path) {
    auto const text = read_file(path);
    return schema::is_as_marked(text) || trimmed(text).empty() || text == first_sql_schema();
}

/// Does the schema, as it is written, say what the database has, no less and no more? What a change
/// would keep, such as partitions that nobody has declared, counts.
bool declares_what_there_is(Session& session) {
    try {
        auto const declaration = read_declaration(session.project, session.sources);
        auto live = read_live_state(session);
        auto declared = declared_state(session, declaration);
        if (live.role != declared.role)
            schema::forget_replayer(live.schema, declared.schema, live.role);
        live.schema = schema::without_invalid_indexes(std::move(live.schema));
        return schema::diff(live.schema, declared.schema).empty() &&
               schema::diff(declared.schema, live.schema).empty();
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        log::swallowed("loading the schema that a pull would replace", failed);
        return false;
    }
}

[[noreturn]] void refuse_edited(Project const& project, std::vector<fs::path> const& edited) {
    constexpr std::size_t shown = 10;
    auto diagnostic =
        error("CM0537", "{} of the schema {} been edited, and {} not what the database has",
              counted(edited.size(), "file"), edited.size() == 1 ? "has" : "have",
              edited.size() == 1 ? "is" : "are");
    for (std::size_t i = 0; i < std::min(shown, edited.size()); ++i)
        diagnostic.note("`{}`", display_path(project, edited[i]));
    if (edited.size() > shown) diagnostic.note("and {} more", edited.size() - shown);
    throw Failure(
        std::move(diagnostic)
            .note("no file was written")
            .help("`cm-migrate pull --print` prints what it would write")
            .help("`cm-migrate pull --force` replaces the files; what they say is lost, comments "
                  "included"));
}

/// What is to be written there, if anything.
PulledFile const* file_at(std::vector<PulledFile> const& files, fs::path const& path) {
    auto const found = std::find_if(files.begin(), files.end(), [&](PulledFile const& file) {
        return file.path.lexically_normal() == path.lexically_normal();
    });
    return found == files.end() ? nullptr : &*found;
}

/// What becomes of the files that are there.
struct Replacement {
    std::vector<fs::path> removed{};
    std::vector<fs::path> edited{};  ///< are to be removed or changed, but somebody has edited them
};

Replacement replacement(std::vector<fs::path> const& present,
                        std::vector<PulledFile> const& files) {
    Replacement found{};
    for (auto const& path : present) {
        auto const* const file = file_at(files, path);
        if (file == nullptr) found.removed.push_back(path);
        if ((file == nullptr || file->is_changed) && !nobody_has_edited(path))
            found.edited.push_back(path);
    }
    return found;
}

bool changes_anything(Pulled const& pulled) {
    return !pulled.removed.empty() || std::any_of(pulled.files.begin(), pulled.files.end(),
                                                  [](auto const& file) { return file.is_changed; });
}

}  // namespace

Pulled print_sql(Session& session) {
    return pulled_texts(session);
}

Pulled pull_sql(Session& session, PullMode mode) {
    auto pulled = pulled_texts(session);
    auto const present = present_files(path_to_open(session.project, session.project.schema));
    auto [removed, edited] = replacement(present, pulled.files);
    pulled.removed = std::move(removed);
    if (!changes_anything(pulled) || mode == PullMode::anew) return pulled;
    if (!present.empty() && declares_what_there_is(session)) {
        for (auto& file : pulled.files) file.is_changed = false;
        pulled.removed.clear();
        pulled.is_declared = true;
    } else if (!edited.empty()) {
        refuse_edited(session.project, edited);
    }
    return pulled;
}

void add_objects(Pulled& pulled, Session& session, PullMode mode) {
    auto const place =
        path_to_open(session.project, session.project.schema.parent_path() / "objects");
    auto project = session.project;
    project.is_mixed = true;
    auto state = read_written_state(session, project);
    if (session.datasource) {  // which says these itself
        for (auto const& it : session.datasource->extensions)
            state.schema.extensions.remove(it.name);
    }
    auto files = marked_files(place, schema::object_files(state.schema, file_options(session)));
    auto const [removed, edited] = replacement(present_files(place), files);
    if (!edited.empty() && mode != PullMode::anew) refuse_edited(session.project, edited);
    pulled.removed.insert(pulled.removed.end(), removed.begin(), removed.end());
    std::move(files.begin(), files.end(), std::back_inserter(pulled.files));
    pulled.never_written = state.never_written;
}

void write_in_sql(Project& project) {
    if (project.is_sql) return;
    if (!project.schema_is_named) project.schema = project.root / "schema.sql";
    auto const place = path_to_open(project, project.schema);
    auto const is_prisma = is_folder(place) ? !files_ending(place, ".prisma").empty()
                                            : project.schema.extension() == ".prisma";
    if (is_prisma) {
        throw Failure(error("CM0001", "`--sql`: the schema `{}` is in the Prisma language",
                            display_path(project, project.schema))
                          .help("`--schema schema.sql` names a place for the one in SQL"),
                      ExitCode::usage);
    }
    project.is_sql = true;
}

}  // namespace cm::engine

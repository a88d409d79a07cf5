// See source_text.hpp.
#include "engine/sql_source/source_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/assert.hpp"
#include "base/file.hpp"
#include "base/hidden_passwords.hpp"
#include "base/text_encoding.hpp"
#include "engine/sql_source/printed_source.hpp"
#include "engine/sql_source/source_renames.hpp"
#include "history/failure_diagnostic.hpp"
#include "history/script_text.hpp"
#include "sql/session_setting.hpp"

namespace cm::engine {
namespace {

namespace fs = std::filesystem;

/// The line that every version of pg_dump begins with.
bool is_written_by_pg_dump(std::string_view text) {
    constexpr std::size_t head = 2000;
    return text.substr(0, head).find("\n-- PostgreSQL database dump\n") != std::string_view::npos;
}

/// Settings that decide on what a statement makes; all others are passed over.
bool decides(std::string_view setting) {
    return setting == "search_path" || setting == "default_tablespace" ||
           setting == "default_table_access_method" || setting == "check_function_bodies";
}

/// The settings in force at each place of a file.
class PlaceSettings {
  public:
    explicit PlaceSettings(SourceText& text) : text_(text) {}

    void hear(std::string_view statement) {
        for (auto const& change : sql::setting_changes(statement)) {
            if (change.name == "all") in_force_.clear();
            if (!decides(change.name) || change.is_local) continue;
            if (change.value) {
                in_force_[change.name] = fmt::format("{};", statement);
            } else {
                in_force_.erase(change.name);
            }
            known_.reset();
        }
    }

    std::size_t current() {
        if (!known_) {
            std::string all{};
            for (auto const& [name, statement] : in_force_) all += statement;
            auto const found = std::find(text_.settings.begin(), text_.settings.end(), all);
            known_ = static_cast<std::size_t>(found - text_.settings.begin());
            if (found == text_.settings.end()) text_.settings.push_back(std::move(all));
        }
        return *known_;
    }

  private:
    SourceText& text_;
    std::map<std::string, std::string> in_force_{};
    std::optional<std::size_t> known_{};
};

/// With or without the schema that it is in.
bool has(std::vector<sql::QualifiedName> const& names, sql::QualifiedName const& name) {
    return std::any_of(names.begin(), names.end(), [&](sql::QualifiedName const& it) {
        return it.name == name.name &&
               (it.schema == name.schema || it.schema.empty() || name.schema.empty());
    });
}

/// A table that is attached behind the making of an index, its own or that of what it becomes a
/// partition of, brings it along: attached before, it would be given another one by PostgreSQL.
class LatePartitions {
  public:
    void settle(sql::SourceStatement& statement) {
        if (statement.indexed) indexed_.push_back(*statement.indexed);
        if (statement.phase != sql::SourcePhase::table || statement.creates || !statement.object)
            return;
        auto const& attached = statement.attached;
        auto const is_late =
            has(late_, *statement.object) ||
            (attached && (has(indexed_, *statement.object) || has(indexed_, *attached)));
        if (!is_late) return;
        statement.phase = sql::SourcePhase::index;
        late_.push_back(*statement.object);
        if (attached) late_.push_back(*attached);
    }

  private:
    std::vector<sql::QualifiedName> indexed_{}, late_{};
};

Diagnostic refused_statement(sql::SourceStatement const& statement, Span span) {
    if (statement.syntax_error) {
        Diagnostic diagnostic{.code = "CM0341", .message = statement.reason};
        span.begin += static_cast<std::uint32_t>(*statement.syntax_error);
        diagnostic.primary = Label{{span.file, span.begin, std::max(span.end, span.begin)}, {}};
        return diagnostic;
    }
    Diagnostic diagnostic{.code = "CM0340",
                          .message = fmt::format("{} does not belong in a schema: {}",
                                                 statement.words, statement.reason)};
    diagnostic.primary = Label{span, {}};
    return std::move(diagnostic).help("{}", statement.help);
}

/// A block or the rows of an INSERT would fill the screen.
Span first_line(Span span, std::string_view text) {
    auto const end = text.substr(0, span.end).find('\n', span.begin);
    if (end != std::string_view::npos) span.end = static_cast<std::uint32_t>(end);
    return span;
}

void read_statements(SourceText& text, std::size_t file, SourceMap const& sources,
                     Diagnostics& diagnostics) {
    auto const& [id, name, script] = text.files[file];
    auto const content = sources.text(id);
    PlaceSettings settings(text);
    LatePartitions late{};
    for (std::size_t index = 0; index < script.statements.size(); ++index) {
        auto const& cut = script.statements[index];
        auto const words = content.substr(cut.begin, cut.end - cut.begin);
        auto statement = sql::source_statement(words);
        if (statement.treatment == sql::SourceTreatment::refused) {
            diagnostics.add(
                refused_statement(statement, first_line({id, cut.begin, cut.end}, content)));
        } else if (statement.treatment == sql::SourceTreatment::passed_over) {
            settings.hear(words);
        } else {
            late.settle(statement);
            text.items.push_back({std::move(statement), file, index, settings.current()});
        }
    }
}

void add_file(SourceText& text, std::string name, std::string content, SourceMap& sources) {
    auto const id = sources.add(name, std::string(history::without_bom(content)));
    history::Subject const subject{
        .code = "CM0341", .title = fmt::format("`{}`", name), .file = id};
    history::refuse_unsendable_bytes(subject, sources);
    auto script = sql::split(sources.text(id));
    history::refuse_unsendable_statements(subject, script);
    text.is_dump = text.is_dump || is_written_by_pg_dump(sources.text(id));
    text.files.push_back({id, std::move(name), std::move(script)});
}

/// An index, or a key, of a partitioned table alone comes when its partitions are there: PostgreSQL
/// would give another one to each that is attached behind it.
void settle_partitioned(SourceText& text) {
    std::vector<sql::QualifiedName> parents{};
    for (auto const& item : text.items) {
        if (item.statement.attached) parents.push_back(*item.statement.object);
    }
    for (auto& item : text.items) {
        auto& statement = item.statement;
        if (!statement.adds_index_alone) continue;
        auto const is_index = statement.phase == sql::SourcePhase::index;
        if (is_index || (statement.object && has(parents, *statement.object)))
            statement.phase = std::max(statement.phase, sql::SourcePhase::partitioned_index);
    }
}

/// The order of a dump is the one that it needs.
void sort_by_phase(SourceText& text) {
    if (text.is_dump) return;
    std::stable_sort(text.items.begin(), text.items.end(), [](auto const& a, auto const& b) {
        return a.statement.phase < b.statement.phase;
    });
}

}  // namespace

SourceText read_source_text(Project const& project, fs::path const& schema, SourceMap& sources) {
    SourceText text{};
    if (auto const command = schema_command_of(project, schema)) {
        auto printed = printed_schema(project, *command);
        require_utf8(*command, printed);
        add_file(text, with_passwords_hidden(*command), std::move(printed), sources);
    }
    auto const place = path_to_open(project, schema);
    std::vector<fs::path> paths{};
    if (text.files.empty()) {
        paths = is_folder(place) ? files_ending(place, ".sql") : std::vector<fs::path>{place};
    }
    for (auto const& path : paths) {
        auto content = read_file_if_exists(path);
        if (!content) {
            throw Failure(error("CM0030", "no schema found at `{}`", path.string())
                              .help("`--schema PATH` sets another path"));
        }
        add_file(text, path.string(), std::move(*content), sources);
    }
    Diagnostics diagnostics{};
    for (std::size_t file = 0; file < text.files.size(); ++file) {
        read_statements(text, file, sources, diagnostics);
        auto renames = read_source_renames(text, file, sources, diagnostics);
        std::move(renames.begin(), renames.end(), std::back_inserter(text.renames));
    }
    if (diagnostics.has_errors()) throw Failure(diagnostics.all());
    settle_partitioned(text);
    sort_by_phase(text);
    return text;
}

SourceText with_generated(std::string name, std::string_view script, SourceText files,
                          SourceMap& sources) {
    auto const file = files.files.size();
    auto const before = files.items.size();
    add_file(files, std::move(name), std::string{script}, sources);
    Diagnostics diagnostics{};
    read_statements(files, file, sources, diagnostics);
    CM_ASSERT(!diagnostics.has_errors());
    std::rotate(files.items.begin(), files.items.begin() + static_cast<std::ptrdiff_t>(before),
                files.items.end());
    sort_by_phase(files);
    return files;
}

bool makes_routines(SourceText const& text) {
    return std::any_of(text.items.begin(), text.items.end(),
                       [](SourceItem const& item) { return item.statement.makes_routine; });
}

}  // namespace cm::engine

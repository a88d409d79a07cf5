// See notes.hpp.
#include "schema/pull/notes.hpp"

#include <algorithm>
#include <map>

#include "schema/pull/draft_names.hpp"

namespace cm::schema {
namespace {

constexpr std::size_t shown_names = 8;

/// `a`, `b` and 3 others.
std::string some_of(std::vector<std::string> const& names) {
    std::string text{};
    auto const count = std::min(names.size(), shown_names);
    for (std::size_t i = 0; i < count; ++i) {
        auto const is_last = i + 1 == names.size() && i > 0;
        text += fmt::format("{}`{}`", i == 0 ? "" : is_last ? " and " : ", ", names[i]);
    }
    if (names.size() > count) text += fmt::format(" and {} others", names.size() - count);
    return text;
}

/// What stands above a model in the words of one line; what the server keeps to itself (rights,
/// storage) is left to the terminal.
bool concerns_model(std::string_view kind) {
    return kind.find("privileges") == std::string_view::npos &&
           kind.find("storage") == std::string_view::npos &&
           kind.find("tablespace") == std::string_view::npos && kind != "identity column" &&
           kind != "sequence with its own settings" && kind != "list that is NOT NULL" &&
           kind != "statistics" && kind != "replica identity" && kind != "clustered index";
}

/// A name that says no more than the table's own is left out.
std::string in_words(Unmanaged const& it) {
    if (it.name == it.table) return it.kind;
    return fmt::format("{} \"{}\"", it.kind, it.name);
}

/// A name may hold the end of a line, a comment may not.
std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

std::string table_note(sql::QualifiedName const& table, std::vector<Unmanaged> const& unmanaged) {
    std::string text{};
    for (auto const& it : unmanaged) {
        if (it.schema != table.schema || it.table != table.name || !concerns_model(it.kind)) {
            continue;
        }
        text += (text.empty() ? "" : ", ") + in_words(it);
    }
    return text.empty() ? text : on_one_line(fmt::format("Only in the database: {}.", text));
}

Diagnostic warning(std::string_view code, std::string message) {
    return {Severity::warning, code, std::move(message), {}};
}

std::string place_of(Unmanaged const& it) {
    if (it.table.empty() || it.table == it.name) return it.name;
    return fmt::format("{}.{}", it.table, it.name);
}

void warn_of_unmanaged(std::vector<Unmanaged> const& unmanaged, std::vector<Diagnostic>& out) {
    if (unmanaged.empty()) return;
    auto found = warning("CM0531",
                         "the database contains objects that the schema language cannot express: "
                         "they are left unchanged");
    found.notes = notes_of(unmanaged);
    out.push_back(std::move(found).help(
        "migrations do not change any of them; see `cm-migrate explain CM0531`"));
}

void warn_of_types(Draft const& draft, std::vector<Diagnostic>& out) {
    std::vector<std::string> fields{};
    for (auto const& model : draft.models) {
        for (auto const& field : model.columns) {
            if (!field.text.is_supported) {
                fields.push_back(fmt::format("{}.{}", model.name, field.name));
            }
        }
    }
    if (fields.empty()) return;
    out.push_back(warning("CM0532", "Prisma Client does not support the types of some columns")
                      .note("`Unsupported`: {}", some_of(fields)));
}

void warn_of_keys(Draft const& draft, std::vector<Diagnostic>& out) {
    std::vector<std::string> models{};
    for (auto const& model : draft.models) {
        if (model.is_ignored) models.push_back(model.name);
    }
    if (models.empty()) return;
    out.push_back(warning("CM0533",
                          "clients cannot use a table without a primary key or a unique, required "
                          "column: its model has `@@ignore`")
                      .note("{}", some_of(models)));
}

void warn_of_names(Draft const& draft, std::vector<Diagnostic>& out) {
    std::vector<std::string> names{};
    for (auto const& model : draft.models) {
        if (!model.existing && model.name != identifier_of(model.table.name) &&
            model.name.starts_with("Renamed")) {
            names.push_back(model.name);
        }
    }
    if (names.empty()) return;
    out.push_back(warning("CM0534", "the names of some tables are reserved words")
                      .note("renamed: {}", some_of(names))
                      .help("choose better names; `@@map` keeps the table names"));
}

}  // namespace

void add_notes(Draft& draft, std::vector<Unmanaged> const& unmanaged) {
    for (auto& model : draft.models) {
        if (model.is_ignored) {
            model.notes.emplace_back(
                "This table has no required and unique column that identifies its rows: clients "
                "cannot use it.");
        }
        if (is_reserved(identifier_of(model.table.name))) {
            model.notes.push_back(on_one_line(
                fmt::format("The table's name, \"{}\", is a reserved word.", model.table.name)));
        }
        auto note = table_note(model.table, unmanaged);
        if (!note.empty()) model.notes.push_back(std::move(note));
    }
}

std::vector<Diagnostic> warnings(Draft const& draft, std::vector<Unmanaged> const& unmanaged) {
    std::vector<Diagnostic> found{};
    warn_of_names(draft, found);
    warn_of_keys(draft, found);
    warn_of_types(draft, found);
    warn_of_unmanaged(unmanaged, found);
    return found;
}

std::vector<std::string> notes_of(std::vector<Unmanaged> const& unmanaged) {
    std::map<std::string, std::vector<std::string>> kinds{};
    for (auto const& it : unmanaged) kinds[it.kind].push_back(place_of(it));
    std::vector<std::string> notes{};
    for (auto const& [kind, names] : kinds) {
        notes.push_back(on_one_line(fmt::format("{}: {}", kind, some_of(names))));
    }
    return notes;
}

std::vector<Unmanaged> without_said(std::vector<Unmanaged> unmanaged, DraftOptions const& options,
                                    bool views_are_read) {
    std::erase_if(unmanaged, [&](Unmanaged const& it) {
        return (it.kind == "view" && views_are_read) ||
               (it.kind == "partial index" && options.partial_indexes);
    });
    return unmanaged;
}

}  // namespace cm::schema

// See source_renames.hpp.
#include "engine/sql_source/source_renames.hpp"

#include <algorithm>

#include "base/rename_comment.hpp"
#include "base/text.hpp"
#include "sql/token.hpp"

namespace cm::engine {
namespace {

/// A comment that begins with `@rename`.
struct FoundComment {
    std::size_t begin{}, end{};
    RenameComment comment{};
};

std::size_t line_begin(std::string_view text, std::size_t at) {
    auto const end = text.substr(0, at).rfind('\n');
    return end == std::string_view::npos ? 0 : end + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

std::string_view without_line_end(std::string_view words) {
    while (!words.empty() && (words.back() == '\r' || words.back() == ' ' || words.back() == '\t'))
        words.remove_suffix(1);
    return words;
}

/// In white space, a part at a time.
void add_comments(std::string_view text, sql::Token blank, std::vector<FoundComment>& found) {
    for (auto at = blank.begin; at < blank.end;) {
        auto const rest = text.substr(at, blank.end - at);
        if (rest.starts_with("--")) {
            auto const end = line_end(text, at);
            auto const words = without_line_end(text.substr(at + 2, end - at - 2));
            if (auto comment = read_rename_comment(words))
                found.push_back({at, end, std::move(*comment)});
            at = end;
        } else if (rest.starts_with("/*")) {
            auto const end = std::min(text.find("*/", at + 2), blank.end);
            if (auto comment = read_rename_comment(text.substr(at + 2, end - at - 2))) {
                comment->problem = "a rename is said in a comment with two dashes";
                found.push_back({at, end, std::move(*comment)});
            }
            at = end + 2;
        } else {
            ++at;
        }
    }
}

std::vector<FoundComment> rename_comments_in(std::string_view text) {
    std::vector<FoundComment> found{};
    if (text.find("@rename") == std::string_view::npos) return found;
    for (auto token = sql::next_token(text, 0); token.kind != sql::TokenKind::end;
         token = sql::next_token(text, token.end)) {
        if (token.kind == sql::TokenKind::blank) add_comments(text, token, found);
    }
    return found;
}

/// Nothing but comments stands between, and no empty line.
bool is_directly_above(std::string_view text, std::size_t comment_end, std::size_t begin) {
    for (auto at = comment_end + 1; at < line_begin(text, begin);) {
        auto const end = line_end(text, at);
        auto const line = without_line_end(text.substr(at, end - at));
        auto const first = line.find_first_not_of(" \t");
        if (first == std::string_view::npos || !line.substr(first).starts_with("--")) return false;
        at = end + 1;
    }
    return true;
}

bool has_line_to_itself(std::string_view text, std::size_t at) {
    auto const before = text.substr(line_begin(text, at), at - line_begin(text, at));
    return before.find_first_not_of(" \t") == std::string_view::npos;
}

std::string literal_value(std::string_view words) {
    std::string value{};
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (words[i] == '\'') ++i;  // doubled
        value += words[i];
    }
    return value;
}

/// What a line of a statement declares: the name of a column, an attribute, a constraint, the text
/// of a value. None if its first word is none of these.
std::optional<std::string> declared_part(std::string_view text, std::size_t line) {
    auto token = sql::next_significant_token(text, line);
    // A comma may stand in front, and the bracket on a line of its own.
    while (token.kind == sql::TokenKind::symbol) {
        token = sql::next_significant_token(text, token.end);
    }
    auto const words = text.substr(token.begin, token.end - token.begin);
    if (token.kind == sql::TokenKind::text && words.size() >= 2) return literal_value(words);
    if (sql::is_word(text, token, "CONSTRAINT"))
        token = sql::next_significant_token(text, token.end);
    return sql::is_name(token) ? std::optional{sql::name_of(text, token)} : std::nullopt;
}

/// The column of a query that a line of it gives: its last name, as in `lower(name) AS short,`.
std::optional<std::string> given_column(std::string_view text, std::size_t line) {
    auto const words = text.substr(line, line_end(text, line) - line);
    std::optional<std::string> last{};
    for (auto token = sql::next_significant_token(words, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(words, token.end)) {
        if (sql::is_name(token)) last = sql::name_of(words, token);
    }
    return last;
}

SourceItem const* item_of(SourceText const& text, std::size_t file, std::size_t statement) {
    auto const found = std::find_if(text.items.begin(), text.items.end(), [&](auto const& item) {
        return item.file == file && item.index == statement;
    });
    if (found == text.items.end()) return nullptr;
    auto const& made = found->statement;
    auto const is_declaration = made.creates || made.phase == sql::SourcePhase::constraint;
    return is_declaration && made.phase != sql::SourcePhase::extension ? &*found : nullptr;
}

/// What nothing else names is known by what it is: a trigger, a policy, a constraint, an index. It
/// is renamed where it differs by its name alone, whether that is said or not.
bool is_leaf(sql::SourceStatement const& statement) {
    using enum sql::SourcePhase;
    return !statement.object || statement.phase == index || statement.phase == constraint ||
           statement.phase == trigger || statement.phase == event_trigger;
}

/// A bare word in SQL means its lower case; but the name may be what the database has.
object::FormerNames former_names(RenameComment const& comment) {
    object::FormerNames former{};
    for (auto const& name : comment.names) {
        former.names.push_back({name.schema, name.name});
        auto const folded = to_lower(name.name);
        if (folded != name.name) former.names.push_back({to_lower(name.schema), folded});
    }
    return former;
}

class Reader {
  public:
    Reader(SourceText const& text, std::size_t file, std::string_view content)
        : text_(text), file_(file), content_(content) {}

    /// What the comment is about; none if it stands beside nothing.
    std::optional<SourceRename> read(FoundComment const& found) const {
        auto const& statements = text_.files[file_].script.statements;
        for (std::size_t i = 0; i < statements.size(); ++i) {
            auto const& cut = statements[i];
            if (found.begin >= cut.end) continue;
            auto const* const item = item_of(text_, file_, i);
            if (item == nullptr) return {};
            if (found.begin < cut.begin) return above(found, *item, cut.begin);
            return inside(found, *item, cut);
        }
        return {};
    }

  private:
    SourceRename rename_of(FoundComment const& found, SourceItem const& item) const {
        return {.object = is_leaf(item.statement) ? sql::QualifiedName{} : *item.statement.object,
                .phase = item.statement.phase,
                .part = {},
                .former_names = former_names(found.comment)};
    }

    std::optional<SourceRename> above(FoundComment const& found, SourceItem const& item,
                                      std::size_t begin) const {
        if (!has_line_to_itself(content_, found.begin) ||
            !is_directly_above(content_, found.end, begin))
            return {};
        return rename_of(found, item);
    }

    std::optional<SourceRename> inside(FoundComment const& found, SourceItem const& item,
                                       sql::Statement const& cut) const {
        auto line = line_begin(content_, found.begin);
        if (has_line_to_itself(content_, found.begin)) {
            line = sql::next_significant_token(content_, found.end).begin;
            if (!is_directly_above(content_, found.end, line)) return {};
        }
        if (line <= cut.begin || line >= cut.end) return {};
        auto part = item.statement.phase == sql::SourcePhase::view ? given_column(content_, line)
                                                                   : declared_part(content_, line);
        if (!part) return {};
        auto rename = rename_of(found, item);
        rename.part = std::move(*part);
        return rename;
    }

    SourceText const& text_;
    std::size_t file_;
    std::string_view content_;
};

void note(object::FormerNames& names, object::FormerNames const& more) {
    names.names.insert(names.names.end(), more.names.begin(), more.names.end());
}

void add_to_definition(object::Definition& definition, SourceRename const& rename) {
    if (rename.part.empty()) return note(definition.former_names.get(), rename.former_names);
    note(definition.former_parts[rename.part], rename.former_names);
}

/// All of one name: of routines, too, whatever their arguments.
void add_to_definitions(schema::Schema& declared, object::ObjectKind kind,
                        sql::QualifiedName const& name, SourceRename const& rename) {
    auto const alone = [&](object::ObjectRef const& id) {
        auto const& whole = id.name.name;
        return kind == object::ObjectKind::routine ? whole.substr(0, whole.rfind('(')) : whole;
    };
    for (auto const& [id, unused] : declared.definitions) {
        if (id.kind != kind || id.name.schema != name.schema || alone(id) != name.name) continue;
        if (id.part.empty()) add_to_definition(*declared.definitions.find(id), rename);
    }
}

void add_to_type(object::Enum& type, SourceRename const& rename) {
    if (rename.part.empty()) return note(type.former_names.get(), rename.former_names);
    note(type.former_values[rename.part], rename.former_names);
}

void add_to_table(object::Table& table, SourceRename const& rename) {
    if (rename.part.empty()) return note(table.former_names.get(), rename.former_names);
    for (auto& column : table.columns) {
        if (column.name == rename.part) note(column.former_names.get(), rename.former_names);
    }
}

}  // namespace

std::vector<SourceRename> read_source_renames(SourceText const& text, std::size_t file,
                                              SourceMap const& sources, Diagnostics& diagnostics) {
    std::vector<SourceRename> renames{};
    auto const id = text.files[file].file;
    auto const content = sources.text(id);
    Reader const reader{text, file, content};
    for (auto const& found : rename_comments_in(content)) {
        Span const span{id, static_cast<std::uint32_t>(found.begin),
                        static_cast<std::uint32_t>(found.end)};
        if (!found.comment.problem.empty()) {
            diagnostics
                .error("CM0114", span, "this comment cannot be read: {}", found.comment.problem)
                .help("write `-- @renamed from NAME`");
        } else if (auto rename = reader.read(found)) {
            renames.push_back(std::move(*rename));
        } else {
            diagnostics
                .error("CM0114", span, "this comment stands beside nothing that can be renamed")
                .help(
                    "write it directly above a statement, at the end of the line of a column or "
                    "value, or directly above that line");
        }
    }
    return renames;
}

void add_former_names(schema::Schema& declared, SourceText const& text, std::string const& bare) {
    for (auto const& rename : text.renames) {
        auto name = rename.object;
        if (name.schema.empty()) name.schema = bare;
        using object::ObjectKind;
        if (rename.phase == sql::SourcePhase::schema) {
            if (auto* const space = declared.namespaces.find(rename.object.name))
                note(space->former_names.get(), rename.former_names);
        } else if (rename.phase == sql::SourcePhase::routine) {
            add_to_definitions(declared, ObjectKind::routine, name, rename);
        } else if (rename.phase == sql::SourcePhase::type) {
            if (auto* const type = declared.enums.find(name)) {
                add_to_type(*type, rename);
            } else {
                add_to_definitions(declared, ObjectKind::enum_, name, rename);
            }
        } else if (auto* const table = declared.tables.find(name)) {
            add_to_table(*table, rename);
        } else {
            add_to_definitions(declared, ObjectKind::table, name, rename);
        }
    }
}

}  // namespace cm::engine

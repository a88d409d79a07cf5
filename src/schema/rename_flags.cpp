// See rename_flags.hpp.
#include "schema/rename_flags.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/diagnostic.hpp"
#include "schema/renames.hpp"

namespace cm::schema {
namespace {

using sql::QualifiedName;

constexpr std::array kinds{RenamedKind::table, RenamedKind::column, RenamedKind::type,
                           RenamedKind::value};

[[noreturn]] void refuse_flag(std::string const& text) {
    throw Failure(error("CM0001", "`--rename {}` cannot be read", text)
                      .help("write `--rename TABLE.COLUMN=NEW_NAME`, `--rename TABLE=NEW_NAME`; "
                            "names in double quotes may hold any character"),
                  ExitCode::usage);
}

/// `a."b c".d`, up to the end or to `=`; empty if it is none.
std::vector<std::string> read_path(std::string_view& rest) {
    std::vector<std::string> path{};
    for (;;) {
        std::string part{};
        if (rest.starts_with('"')) {
            rest.remove_prefix(1);
            for (;;) {
                auto const quote = rest.find('"');
                if (quote == std::string_view::npos) return {};
                part += rest.substr(0, quote);
                rest.remove_prefix(quote + 1);
                if (!rest.starts_with('"')) break;
                rest.remove_prefix(1);
                part += '"';
            }
        } else {
            auto const end = std::min(rest.find_first_of(".="), rest.size());
            part = rest.substr(0, end);
            rest.remove_prefix(end);
        }
        if (part.empty()) return {};
        path.push_back(std::move(part));
        if (!rest.starts_with('.')) return path;
        rest.remove_prefix(1);
    }
}

/// As a flag takes it.
std::string written_part(std::string const& name) {
    auto const needs_quotes = name.find_first_of(".=\": ") != std::string::npos;
    return needs_quotes ? sql::quote_identifier(name) : name;
}

std::string written_path(std::vector<std::string> const& path) {
    std::vector<std::string> parts{};
    for (auto const& part : path) parts.push_back(written_part(part));
    return fmt::format("{}", fmt::join(parts, "."));
}

/// One of the things that a flag may mean.
struct Reading {
    RenamedKind kind{};
    QualifiedName object{};  ///< in the declaration: the renamed one, or that of which it is a part
    std::string part{};      ///< the new name of a column or value
    QualifiedName former{};
};

bool has_column_named(object::Table const* table, std::string const& name) {
    return table != nullptr && find_column(*table, name) != nullptr;
}

bool has_value_named(object::Enum const* type, std::string const& name) {
    return type != nullptr &&
           std::find(type->values.begin(), type->values.end(), name) != type->values.end();
}

class Readings {
  public:
    Readings(Schema const& declared, Schema const& actual, std::string_view bare)
        : declared_(declared),
          actual_(actual),
          bare_(bare),
          renames_(renames_to(actual, declared)) {}

    std::vector<Reading> of(RenameFlag const& flag) const {
        std::vector<Reading> found{};
        add_objects(flag, RenamedKind::table, declared_.tables, actual_.tables, found);
        add_objects(flag, RenamedKind::type, declared_.enums, actual_.enums, found);
        add_parts(flag, found);
        if (flag.kind)
            std::erase_if(found, [&](Reading const& it) { return it.kind != *flag.kind; });
        return found;
    }

  private:
    /// A name without a schema lies in that of unqualified names, or in the only one that has it.
    template <class T>
    std::vector<QualifiedName> named(std::vector<std::string> const& path,
                                     Objects<T> const& objects) const {
        if (path.size() > 2) return {};
        if (path.size() == 2) return {{path[0], path[1]}};
        QualifiedName const usual{std::string{bare_}, path[0]};
        if (objects.find(usual) != nullptr) return {usual};
        std::vector<QualifiedName> found{};
        for (auto const& [name, object] : objects) {
            if (name.name == path[0]) found.push_back(name);
        }
        return found;
    }

    template <class T>
    void add_objects(RenameFlag const& flag, RenamedKind kind, Objects<T> const& declared,
                     Objects<T> const& actual, std::vector<Reading>& out) const {
        for (auto const& old : named(flag.path, actual)) {
            auto const now = flag.to.size() == 2 ? QualifiedName{flag.to[0], flag.to[1]}
                                                 : QualifiedName{old.schema, flag.to[0]};
            auto const is_there = actual.find(old) != nullptr && declared.find(now) != nullptr;
            if (is_there && old != now) out.push_back({kind, now, {}, old});
        }
    }

    QualifiedName now_called(QualifiedName name) const {
        for (auto const& step : renames_) {
            if (auto const* const table = std::get_if<RenameTable>(&step)) {
                if (table->from.name == name) name = table->to;
            } else if (auto const* const type = std::get_if<RenameEnum>(&step)) {
                if (type->from.name == name) name = type->to;
            }
        }
        return name;
    }

    QualifiedName formerly_called(QualifiedName const& name) const {
        return name_today(renames_, name);
    }

    /// Its table may be named as it is now or as it will be.
    void add_parts(RenameFlag const& flag, std::vector<Reading>& out) const {
        if (flag.path.size() < 2 || flag.to.size() != 1) return;
        std::vector<std::string> const owner(flag.path.begin(), flag.path.end() - 1);
        auto const& old = flag.path.back();
        auto const& now = flag.to.front();
        std::set<QualifiedName> tables{}, types{};
        for (auto const& name : named(owner, declared_.tables)) tables.insert(name);
        for (auto const& name : named(owner, actual_.tables)) tables.insert(now_called(name));
        for (auto const& name : named(owner, declared_.enums)) types.insert(name);
        for (auto const& name : named(owner, actual_.enums)) types.insert(now_called(name));
        for (auto const& name : tables) {
            if (has_column_named(declared_.tables.find(name), now) &&
                has_column_named(actual_.tables.find(formerly_called(name)), old))
                out.push_back({RenamedKind::column, name, now, {{}, old}});
        }
        for (auto const& name : types) {
            if (has_value_named(declared_.enums.find(name), now) &&
                has_value_named(actual_.enums.find(formerly_called(name)), old))
                out.push_back({RenamedKind::value, name, now, {{}, old}});
        }
    }

    Schema const& declared_;
    Schema const& actual_;
    std::string_view bare_;
    Steps renames_;
};

[[noreturn]] void refuse_reading(RenameFlag const& flag, std::vector<Reading> const& readings) {
    if (readings.empty()) {
        throw Failure(
            error("CM0334", "`--rename {}` names nothing that can be renamed", flag.text)
                .note("the old name must be in the database and the new one in the schema, both "
                      "as the database has them")
                .help("`cm-migrate diff --json` lists what could have been renamed"),
            ExitCode::usage);
    }
    auto failure = error("CM0334", "`--rename {}` can mean more than one thing", flag.text);
    for (auto const& reading : readings) {
        auto const kind = word_of(reading.kind);
        auto const full =
            reading.part.empty()
                ? written_path({reading.former.schema, reading.former.name})
                : written_path({reading.object.schema, reading.object.name, reading.former.name});
        failure.help("`--rename {}:{}={}`", kind, full, written_path(flag.to));
    }
    throw Failure(std::move(failure), ExitCode::usage);
}

void note(object::FormerNames& former, QualifiedName const& name) {
    former.names.insert(former.names.begin(), name);
    former.is_asked = true;
}

void apply(Reading const& reading, Schema& declared) {
    switch (reading.kind) {
        case RenamedKind::table:
            return note(declared.tables.find(reading.object)->former_names.get(), reading.former);
        case RenamedKind::type:
            return note(declared.enums.find(reading.object)->former_names.get(), reading.former);
        case RenamedKind::value:
            return note(declared.enums.find(reading.object)->former_values[reading.part],
                        reading.former);
        case RenamedKind::column:
            break;
    }
    for (auto& column : declared.tables.find(reading.object)->columns) {
        if (column.name == reading.part) note(column.former_names.get(), reading.former);
    }
}

/// The new name is another's, which keeps it.
void refuse_taken(RenameFlag const& flag) {
    throw Failure(
        error("CM0334", "`--rename {}` gives a name that is in use, or takes one that stays",
              flag.text)
            .help("to exchange names, pass a flag for each of them: `--rename t.a=b --rename "
                  "t.b=a`"),
        ExitCode::usage);
}

void expect_acting(Steps const& renames, Reading const& reading, RenameFlag const& flag) {
    auto const acts =
        reading.part.empty() ? name_today(renames, reading.object) == reading.former
        : reading.kind == RenamedKind::column
            ? column_today(renames, reading.object, reading.part) == reading.former.name
            : value_today(renames, reading.object, reading.part) == reading.former.name;
    if (!acts) refuse_taken(flag);
}

bool is_of_part(RenameFlag const& flag, std::vector<Reading> const& readings) {
    return !flag.path.empty() && !readings.empty() && !readings.front().part.empty();
}

}  // namespace

RenameFlag parse_rename_flag(std::string const& text) {
    RenameFlag flag{.text = text};
    std::string_view rest = text;
    for (auto const kind : kinds) {
        auto const word = fmt::format("{}:", word_of(kind));
        if (!rest.starts_with(word)) continue;
        flag.kind = kind;
        rest.remove_prefix(word.size());
        break;
    }
    flag.path = read_path(rest);
    if (flag.path.empty() || flag.path.size() > 3 || !rest.starts_with('=')) refuse_flag(text);
    rest.remove_prefix(1);
    flag.to = read_path(rest);
    if (flag.to.empty() || flag.to.size() > 2 || !rest.empty()) refuse_flag(text);
    return flag;
}

RenameFlag flag_of(RenameCandidate const& candidate, std::string_view bare) {
    RenameFlag flag{.kind = candidate.kind};
    auto const is_part =
        candidate.kind == RenamedKind::column || candidate.kind == RenamedKind::value;
    if (candidate.object.schema != bare) flag.path.push_back(candidate.object.schema);
    flag.path.push_back(candidate.object.name);
    if (is_part) flag.path.push_back(candidate.from);
    if (!is_part && candidate.to_schema != candidate.object.schema)
        flag.to.push_back(candidate.to_schema);
    flag.to.push_back(candidate.to);
    flag.text = fmt::format("{}={}", written_path(flag.path), written_path(flag.to));
    return flag;
}

Schema with_flags(Schema declared, Schema const& actual, std::vector<RenameFlag> const& flags,
                  std::string_view bare) {
    if (flags.empty()) return declared;
    std::vector<std::pair<Reading, RenameFlag>> applied{};
    // Of tables and types first: a column may be named by the new name of its table.
    for (auto const parts : {false, true}) {
        Readings const all{declared, actual, bare};
        auto changed = declared;
        for (auto const& flag : flags) {
            auto readings = all.of(flag);
            auto const is_part = is_of_part(flag, readings);
            if (readings.size() != 1) {
                if (!parts) continue;
                refuse_reading(flag, readings);
            }
            if (is_part != parts) continue;
            apply(readings.front(), changed);
            applied.emplace_back(readings.front(), flag);
        }
        declared = std::move(changed);
    }
    auto const renames = renames_to(actual, declared);
    for (auto const& [reading, flag] : applied) expect_acting(renames, reading, flag);
    return declared;
}

}  // namespace cm::schema

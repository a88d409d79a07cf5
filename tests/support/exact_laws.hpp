// The laws of the way between two databases that are compared as they are. In the header, because
// the harness itself knows neither the differ nor the reader of catalogs.
//
// The script runs; read again, the database is its target, and nothing is left to do; neither the
// catalog nor pg_dump (which knows no server newer than itself) can tell it from the target, the
// order of columns aside.
#pragma once
#include <fmt/ranges.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/printed.hpp"
#include "sql/canonical_definition.hpp"
#include "support/dump.hpp"
#include "support/golden.hpp"
#include "support/normalize.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

/// What a database is to cm-migrate and to others.
struct Sight {
    schema::Schema schema{};
    std::string snapshot{};
    std::optional<std::string> dump{};
};

inline std::vector<std::string> all_schemas(Session& session) {
    std::vector<std::string> names{};
    auto const rows = session.fetch(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> "
        "'information_schema' ORDER BY 1");
    for (auto const& row : rows.fields) names.push_back(row.at(0).value());
    return names;
}

inline schema::Schema read_all(Session& session) {
    // With what usual_settings has, those of pg_dump.
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL search_path = ''");
    auto schema = schema::whole_database(
        [&](std::string_view query) { return session.fetch_prepared(std::string(query)); },
        all_schemas(session));
    session.execute("COMMIT");
    return schema::unqualified(std::move(schema), default_schema);
}

/// A database of a pair, with a session in it.
struct Side {
    TestDatabase database{server_url().value(), RoleRights::superuser, Neighbours::none};
    Session session{database.url()};

    /// `is_dumped`: pg_dump takes most of the time.
    Sight look(bool is_dumped = true) {
        auto dump = is_dumped ? dump_schema(database.url()) : std::nullopt;
        if (dump) dump = replaced(std::move(*dump), {{database.name(), "the_role_itself"}});
        return {read_all(session), snapshot(session), std::move(dump)};
    }

    std::string ask(std::string const& query) {
        std::string text{};
        for (auto const& row : session.fetch(query).fields) {
            for (auto const& field : row) text += field.value_or("null") + "|";
            text += "\n";
        }
        return text;
    }
};

/// `CREATE STATISTICS s ON b, a FROM t`: in the order in which the table has its columns.
inline std::string with_sorted_statistics(std::string_view line) {
    auto const begin = line.find(" ON "), end = line.rfind(" FROM ");
    if (line.find("CREATE STATISTICS ") > 11 || begin > end || end == std::string_view::npos)
        return std::string(line);
    std::set<std::string> pieces{};
    for (auto list = line.substr(begin + 4, end - begin - 4); !list.empty();) {
        auto const comma = std::min(list.find(", "), list.size());
        pieces.emplace(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 2, list.size()));
    }
    return fmt::format("{} ON {}{}", line.substr(0, begin), fmt::join(pieces, ", "),
                       line.substr(end));
}

/// Each line as what PostgreSQL would make of it.
inline std::string canonical_lines(std::string_view text) {
    std::string lines{};
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines += sql::canonical_definition(with_sorted_statistics(text.substr(0, end))) + "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// How the one differs from the other; empty if it does not.
inline std::string difference(std::string_view wanted, std::string_view found) {
    if (wanted == found) return {};
    auto const one = canonical_lines(wanted), other = canonical_lines(found);
    return one == other ? std::string{} : unified_diff(one, other);
}

/// Owners are read to be given back, and are no difference.
inline schema::Schema compared(schema::Schema schema) {
    std::vector<object::ObjectRef> restored{};
    for (auto const& [id, definition] : schema.definitions) {
        if (definition.definition_kind->is_restored) restored.push_back(id);
    }
    for (auto const& id : restored) schema.definitions.remove(id);
    return schema;
}

/// A law that does not hold, and what shows it.
struct Broken {
    std::string_view law{};
    std::string finding{};
};

/// Runs the script that leads from `from`, which `side` holds, to the target. What only the two
/// databases can be told apart by must be done, and nothing else.
inline std::vector<Broken> broken_laws(Side& side, std::string const& script, Sight const& target) {
    try {
        side.session.execute(script);
    } catch (std::runtime_error const& error) {
        return {{"the script runs", error.what()}};
    }
    std::vector<Broken> broken{};
    auto const after = side.look(target.dump.has_value());
    auto const more = migration(after.schema, target.schema);
    if (!more.empty()) broken.push_back({"planning again finds nothing to do", more});
    if (!(compared(after.schema) == compared(target.schema)))
        broken.push_back({"read again, it is the target", ""});
    auto const catalog = difference(target.snapshot, after.snapshot);
    if (!catalog.empty()) broken.push_back({"the catalog is that of the target", catalog});
    if (target.dump) {
        auto const dump = difference(*target.dump, after.dump.value());
        if (!dump.empty()) broken.push_back({"the dump is that of the target", dump});
    }
    return broken;
}

}  // namespace cm::test

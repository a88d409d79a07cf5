// See random_database.hpp. What belongs to others: comments, privileges, owners of sequences; and
// what belongs to nobody: publications, event triggers, default privileges.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "support/random_database.hpp"

namespace cm::test {

namespace random_database {

namespace {

void own_sequences(Making& made) {
    auto& choices = made.choices;
    for (auto const& sequence : made.sequences) {
        auto const path = "owned " + sequence;
        if (made.tables.empty() || !choices.one_in(path + "/owned", 3)) continue;
        auto const& table = choices.any(path + "/which table", made.tables);
        // It must be in the schema of its owner.
        if (table.name.substr(0, table.name.find('.')) != sequence.substr(0, sequence.find('.')))
            continue;
        add(made, fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence, table.name,
                              choices.any(path + "/which column", table.columns).name));
    }
}

void comment(Making& made) {
    constexpr std::array texts{"'A word.'", "'It''s \"quoted\"; -- and\n/* more */'",
                               "E'back\\\\slash $$ größe'"};
    for (auto const& what : made.described) {
        auto const path = "comment " + what;
        if (!made.choices.one_in(path + "/comment is there", 9)) continue;
        add(made,
            fmt::format("COMMENT ON {} IS {}", what, made.choices.any(path + "/comment", texts)));
    }
}

/// What an owner may do itself is no difference.
void grant(Making& made) {
    for (auto const& [privileges, on] : made.granted) {
        auto const path = fmt::format("grant {} {}", privileges, on);
        if (made.choices.one_in(path + "/granted", 8))
            add(made,
                fmt::format(
                    "GRANT {} ON {} TO pg_monitor{}", privileges, on,
                    made.choices.one_in(path + "/grant option", 3) ? " WITH GRANT OPTION" : ""));
        if (made.choices.one_in(path + "/revoked", 12))
            add(made, fmt::format("REVOKE ALL ON {} FROM PUBLIC", on));
    }
}

void default_privileges(Making& made) {
    constexpr std::array texts{
        "GRANT SELECT ON TABLES TO pg_monitor", "GRANT ALL ON FUNCTIONS TO pg_monitor",
        "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", "GRANT USAGE ON SEQUENCES TO pg_monitor",
        "REVOKE USAGE ON TYPES FROM PUBLIC"};
    for (auto const* const text : texts) {
        auto const path = std::string{"default "} + text;
        if (!made.choices.one_in(path + "/default privileges are there", 9)) continue;
        auto const in_schema =
            std::string_view{text}.starts_with("GRANT") &&
                    made.choices.one_in(path + "/in schema", 2)
                ? " IN SCHEMA " + made.choices.any(path + "/which schema", made.schemas)
                : "";
        add(made, fmt::format("ALTER DEFAULT PRIVILEGES FOR ROLE pg_signal_backend{} {}", in_schema,
                              text));
    }
}

void make_publication(Making& made, std::string const& word) {
    auto& choices = made.choices;
    auto const path = "publication " + word;
    if (!choices.one_in(path + "/publication is there", 3)) return;
    auto const publication = name(made, path, word);
    std::vector<Relation> tables{};
    for (auto const& table : made.tables) {
        if (!table.is_unlogged && (!table.is_partitioned || made.version >= 13))
            tables.push_back(table);
    }
    std::string target{};
    auto const way = choices.below(path + "/way", 5);
    if (way == 0 || tables.empty()) {
        target = " FOR ALL TABLES";
    } else if (way == 1 && made.version >= 15) {
        target = " FOR TABLES IN SCHEMA " + choices.any(path + "/which schema", made.schemas);
    } else if (way > 2) {
        auto const& table = choices.any(path + "/which table", tables);
        target = " FOR TABLE ONLY " + table.name;
        if (made.version >= 15 && !table.is_partitioned && choices.one_in(path + "/rows", 3)) {
            auto const& column = choices.any(path + "/which column", table.columns);
            auto const is_plain =
                !column.type.is_own && (made.collations.empty() || column.type.sort != Sort::text);
            if (is_plain) target += fmt::format(" WHERE ({} IS NOT NULL)", column.name);
        } else if (made.version >= 15 && !table.is_partitioned &&
                   choices.one_in(path + "/columns", 3)) {
            auto const& column = choices.any(path + "/which column", table.columns);
            if (!column.is_generated) target += fmt::format(" ({})", column.name);
        }
    }
    auto const with =
        choices.one_in(path + "/publishes", 3) ? " WITH (publish = 'insert, delete')" : "";
    add(made, fmt::format("CREATE PUBLICATION {}{}{}", publication, target, with));
    describe(made, "PUBLICATION " + publication);
}

void make_event_trigger(Making& made) {
    std::string const path = "event trigger";
    auto& choices = made.choices;
    if (!choices.one_in(path + "/event trigger is there", 5)) return;
    auto const function = placed(made, path, name(made, path + "/function", "on_event"));
    auto const trigger = name(made, path, "watching");
    add(made, fmt::format(
                  "CREATE FUNCTION {}() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$",
                  function));
    constexpr std::array events{"ddl_command_end", "sql_drop", "ddl_command_start",
                                "ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE')"};
    add(made, fmt::format("CREATE EVENT TRIGGER {} ON {} EXECUTE FUNCTION {}()", trigger,
                          choices.any(path + "/event", events), function));
    if (choices.one_in(path + "/event enabled", 4))
        add(made, fmt::format("ALTER EVENT TRIGGER {} DISABLE", trigger));
    describe(made, "EVENT TRIGGER " + trigger);
}

}  // namespace

void make_attached(Making& made) {
    own_sequences(made);
    for (auto const* const word : {"news", "all_news"}) make_publication(made, word);
    make_event_trigger(made);
    comment(made);
    grant(made);
    default_privileges(made);
}

}  // namespace random_database

}  // namespace cm::test

// See random_database.hpp. What stands on a table or a view: triggers, rules, policies, statistics.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "support/random_database.hpp"

namespace cm::test {

namespace random_database {

namespace {

std::string enabled(Making& made, std::string const& path) {
    constexpr std::array words{"DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"};
    if (!made.choices.one_in(path + "/enabled otherwise", 6)) return {};
    return made.choices.any(path + "/enabled", words);
}

void make_trigger(Making& made, Relation const& table, std::string const& word) {
    auto& choices = made.choices;
    auto const path = fmt::format("{}, trigger {}", table.path, word);
    if (table.is_materialized || !choices.one_in(path + "/trigger is there", 4)) return;
    auto const trigger = name(made, path, fmt::format("{}_{}", word, table.tag));
    auto const& column = choices.any(path + "/which column", table.columns);
    std::string head = "CREATE TRIGGER", timing{}, tail{};
    if (table.is_view) {
        timing = "INSTEAD OF INSERT OR UPDATE", tail = "FOR EACH ROW";
    } else {
        switch (choices.below(path + "/way", 6)) {
            case 0:
                timing = "AFTER INSERT OR DELETE", tail = "FOR EACH ROW";
                break;
            case 1:
                timing = fmt::format("AFTER UPDATE OF {}", column.name);
                tail = fmt::format("FOR EACH ROW WHEN ({})", condition(made, path, column, "NEW."));
                break;
            case 2:
                timing = "BEFORE INSERT OR TRUNCATE", tail = "FOR EACH STATEMENT";
                break;
            case 3:
                head = "CREATE CONSTRAINT TRIGGER";
                timing = "AFTER UPDATE", tail = "FOR EACH ROW";
                if (choices.one_in(path + "/deferrable", 2))
                    tail = "DEFERRABLE INITIALLY DEFERRED " + tail;
                break;
            case 4:
                timing = "AFTER UPDATE";
                tail =
                    "REFERENCING OLD TABLE AS before_it NEW TABLE AS \"After it\" FOR EACH "
                    "STATEMENT";
                break;
            default:
                timing = "BEFORE UPDATE";
                tail = table.is_partitioned
                           ? "FOR EACH STATEMENT"
                           : fmt::format(
                                 "FOR EACH ROW WHEN (OLD.{0} IS DISTINCT FROM NEW.{0})",
                                 column.type.is_ordered ? column.name : table.columns.front().name);
                if (!column.type.is_ordered || column.is_generated) tail = "FOR EACH STATEMENT";
        }
        if (timing.starts_with("BEFORE") && column.is_generated) tail = "FOR EACH STATEMENT";
    }
    constexpr std::array arguments{"", "", "'it''s', 'two'"};
    add(made,
        fmt::format("{} {} {} ON {} {} EXECUTE FUNCTION {}({})", head, trigger, timing, table.name,
                    tail, made.trigger_function, choices.any(path + "/arguments", arguments)));
    if (auto const how = enabled(made, path); !how.empty() && !table.is_view)
        add(made, fmt::format("ALTER TABLE {} {} TRIGGER {}", table.name, how, trigger));
    describe(made, fmt::format("TRIGGER {} ON {}", trigger, table.name));
}

void make_rule(Making& made, Relation const& table) {
    auto& choices = made.choices;
    auto const path = table.path + ", rule";
    if (table.is_materialized || !choices.one_in(path + "/rule is there", 7)) return;
    auto const rule = name(made, path, "ruled_" + table.tag);
    auto const& column = choices.any(path + "/which column", table.columns);
    auto const& other = choices.any(path + "/which other", made.tables);
    std::string text{};
    switch (choices.below(path + "/way", 4)) {
        case 0:
            text = fmt::format("ON DELETE TO {} DO INSTEAD NOTHING", table.name);
            break;
        case 1:
            text = fmt::format("ON UPDATE TO {} WHERE {} DO ALSO DELETE FROM {}", table.name,
                               condition(made, path, column, "OLD."), other.name);
            if (table.is_view) text = fmt::format("ON UPDATE TO {} DO INSTEAD NOTHING", table.name);
            break;
        case 2:
            text = fmt::format("ON INSERT TO {} DO ALSO DELETE FROM {} WHERE {} IS NULL",
                               table.name, other.name, other.columns.back().name);
            break;
        default:
            text = fmt::format("ON INSERT TO {} DO INSTEAD (SELECT NEW.{}; DELETE FROM {})",
                               table.name, column.name, other.name);
    }
    add(made, fmt::format("CREATE RULE {} AS {}", rule, text));
    if (auto const how = enabled(made, path); !how.empty() && !table.is_view)
        add(made, fmt::format("ALTER TABLE {} {} RULE {}", table.name, how, rule));
    describe(made, fmt::format("RULE {} ON {}", rule, table.name));
}

void make_policy(Making& made, Relation const& table, std::string const& word) {
    auto& choices = made.choices;
    auto const path = fmt::format("{}, policy {}", table.path, word);
    if (!choices.one_in(path + "/policy is there", 5)) return;
    auto const policy = name(made, path, word);
    auto const& column = choices.any(path + "/which column", table.columns);
    constexpr std::array commands{"ALL", "SELECT", "UPDATE", "DELETE", "INSERT"};
    constexpr std::array roles{"PUBLIC", "pg_monitor", "pg_monitor, pg_signal_backend"};
    std::string const command = choices.any(path + "/command", commands);
    auto text = fmt::format("CREATE POLICY {} ON {}{} FOR {} TO {}", policy, table.name,
                            choices.one_in(path + "/restrictive", 4) ? " AS RESTRICTIVE" : "",
                            command, choices.any(path + "/roles", roles));
    auto shown = condition(made, path, column);
    if (choices.one_in(path + "/asks", 4)) {
        auto const& other = choices.any(path + "/which other", made.tables);
        shown = fmt::format("EXISTS (SELECT 1 FROM {} o WHERE o.{} IS NOT NULL)", other.name,
                            other.columns.back().name);
    }
    if (command != "INSERT") text += fmt::format(" USING ({})", shown);
    if (command == "INSERT" ||
        ((command == "ALL" || command == "UPDATE") && choices.one_in(path + "/with check", 3)))
        text += fmt::format(" WITH CHECK ({})", condition(made, path + "/with", column));
    add(made, text);
    describe(made, fmt::format("POLICY {} ON {}", policy, table.name));
}

void make_statistics(Making& made, Relation const& table) {
    auto& choices = made.choices;
    auto const path = table.path + ", statistics";
    std::vector<std::string> columns{};
    for (auto const& column : table.columns) {
        if (column.type.is_ordered) columns.push_back(column.name);
    }
    if (columns.size() < 2 || !choices.one_in(path + "/statistics is there", 5)) return;
    auto const& first = choices.any(path + "/first column", columns);
    auto const& second = choices.any(path + "/second column", columns);
    std::string keys = fmt::format("{}, {}", first, second);
    if (first == second) {
        if (made.version < 14) return;
        keys = fmt::format("{}, ({} IS NULL)", first, first);
    }
    auto const statistics = placed(made, path, name(made, path, "known_" + table.tag));
    constexpr std::array sorts{"", " (ndistinct)", " (dependencies, mcv)"};
    add(made, fmt::format("CREATE STATISTICS {}{} ON {} FROM {}", statistics,
                          choices.any(path + "/sorts", sorts), keys, table.name));
    if (made.version >= 13 && choices.one_in(path + "/target", 4))
        add(made, fmt::format("ALTER STATISTICS {} SET STATISTICS 66", statistics));
    describe(made, "STATISTICS " + statistics);
}

}  // namespace

void make_members(Making& made) {
    for (auto const& table : made.tables) {
        for (auto const* const word : {"early", "late"}) make_trigger(made, table, word);
        make_rule(made, table);
        for (auto const* const word : {"mine", "yours"}) make_policy(made, table, word);
        make_statistics(made, table);
    }
    if (made.tables.empty()) return;
    for (auto const& view : made.views) {
        make_trigger(made, view, "instead");
        make_rule(made, view);
    }
}

}  // namespace random_database

}  // namespace cm::test

// See reset_dialogue.hpp.
#include "command/reset_dialogue.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.hpp"
#include "command/project_options.hpp"

namespace cm::command {
namespace {

constexpr std::size_t most_shown = 10;

/// "1 table", "3 text search parsers".
std::string counted(std::size_t count, std::string_view noun) {
    if (count == 1) {
        return fmt::format("1 {}", noun);
    }
    auto const stem = noun.ends_with('y') ? noun.substr(0, noun.size() - 1) : noun;
    auto const* const ending = noun.ends_with('y')                           ? "ies"
                               : noun.ends_with("ss") || noun.ends_with('x') ? "es"
                                                                             : "s";
    return fmt::format("{} {}{}", grouped(static_cast<std::int64_t>(count)), stem, ending);
}

std::string rows_of(engine::RowCount const& count) {
    if (!count.rows) {
        return "an unknown number of rows";
    }
    return fmt::format("{}{} row{}", count.is_estimate ? "about " : "", grouped(*count.rows),
                       *count.rows == 1 ? "" : "s");
}

struct CountedTable {
    std::string name{};
    engine::RowCount rows{};
};

/// What of a schema goes.
struct SchemaLoss {
    std::vector<CountedTable> tables{};
    std::map<std::string, std::size_t> others{};  ///< by type
};

std::map<std::string, SchemaLoss> losses(engine::Session& session, engine::ResetPlan const& plan) {
    auto const counts = engine::count_rows(*session.connection, plan.objects);
    std::map<std::string, SchemaLoss> schemas{};
    std::size_t table = 0;
    for (auto const& object : plan.objects) {
        auto& loss = schemas[object.schema];
        if (object.is_table) {
            loss.tables.push_back({object.name, counts[table++]});
        } else {
            ++loss.others[object.type];
        }
    }
    return schemas;
}

engine::RowCount total(std::vector<CountedTable> const& tables) {
    engine::RowCount sum{.rows = 0};
    for (auto const& table : tables) {
        if (!table.rows.rows) return {};
        *sum.rows += *table.rows.rows;
        sum.is_estimate = sum.is_estimate || table.rows.is_estimate;
    }
    return sum;
}

void show_schema(Terminal& terminal, std::string const& name, SchemaLoss loss) {
    std::vector<std::string> parts{};
    if (!loss.tables.empty()) {
        parts.push_back(fmt::format("{} with {}", counted(loss.tables.size(), "table"),
                                    rows_of(total(loss.tables))));
    }
    for (auto const& [type, count] : loss.others) {
        parts.push_back(counted(count, type));
    }
    terminal.remark(fmt::format("  schema \"{}\": {}", name, fmt::join(parts, ", ")));
    auto const by_rows = [](CountedTable const& a, CountedTable const& b) {
        return a.rows.rows != b.rows.rows ? a.rows.rows > b.rows.rows : a.name < b.name;
    };
    std::sort(loss.tables.begin(), loss.tables.end(), by_rows);
    auto const shown = std::min(most_shown, loss.tables.size());
    for (std::size_t i = 0; i < shown; ++i) {
        terminal.remark(
            fmt::format("    {}: {}", loss.tables[i].name, rows_of(loss.tables[i].rows)));
    }
    if (loss.tables.size() > shown) {
        terminal.remark(
            fmt::format("    and {}", counted(loss.tables.size() - shown, "more table")));
    }
}

void show_objects(Terminal& terminal, std::string_view title,
                  std::vector<pg::OutsideObject> const& objects) {
    if (objects.empty()) {
        return;
    }
    terminal.remark(title);
    for (auto const& object : objects) {
        terminal.remark(fmt::format("  {} {}", object.type, object.identity));
    }
}

void show_parts(Terminal& terminal, std::vector<pg::OutsideObject> const& parts) {
    if (parts.empty()) {
        return;
    }
    terminal.remark("Tables of OTHER SCHEMAS lose what is part of them:");
    for (auto const& part : parts) {
        terminal.remark(fmt::format("  {}: {} {}", part.part_of, part.type, part.identity));
    }
}

void show_replications(Terminal& terminal, engine::ResetPlan const& plan) {
    auto const show = [&](bool of_subscriptions, std::string_view title) {
        for (auto const& it : plan.replications) {
            if (it.is_subscription != of_subscriptions) {
                continue;
            }
            if (!title.empty()) {
                terminal.remark(std::exchange(title, {}));
            }
            terminal.remark(fmt::format("  {}", it.restoring));
        }
    };
    show(false,
         "Tables leave their publications. Unless a migration adds them again, this does, "
         "afterwards:");
    show(true, "Tables leave their subscriptions. This takes them in again, afterwards:");
}

/// Where nobody is asked: what one would not think of. Casts and the like stand or fall with the
/// types that they are about.
void show_side_effects(Terminal& terminal, engine::ResetPlan const& plan) {
    for (auto const& object : plan.beside) {
        if (object.type == "event trigger") {
            terminal.remark(fmt::format("Its function goes, and with it the event trigger {}.",
                                        object.identity));
        } else if (object.type != "cast" && object.type != "transform") {
            terminal.remark(fmt::format("What it depends on goes, and with it the {} {}.",
                                        object.type, object.identity));
        }
    }
    show_replications(terminal, plan);
}

void show(Context& context, engine::Session& session, engine::ResetPlan const& plan) {
    auto& terminal = context.terminal;
    terminal.remark(fmt::format("This drops from the {}:", describe(session.target)));
    for (auto const& [name, loss] : losses(session, plan)) {
        show_schema(terminal, name, loss);
    }
    for (auto const& made : plan.made) {
        terminal.remark(
            fmt::format("  {} \"{}\"", to_lower(engine::sql_word(made.kind)), made.name));
    }
    show_objects(terminal, "What lies in no schema and depends on it goes as well:", plan.beside);
    show_objects(terminal, "Objects of OTHER SCHEMAS depend on it and go as well:", plan.outside);
    show_parts(terminal, plan.parts);
    show_replications(terminal, plan);
    auto const reaches_out = !plan.outside.empty() || !plan.parts.empty();
    terminal.remark(fmt::format("The database itself and {} stay as they are.",
                                reaches_out ? "all else in other schemas" : "its other schemas"));
}

}  // namespace

void require_terminal_for_reset(Context& context) {
    if (!context.terminal.is_interactive()) {
        throw Failure(
            error("CM0003", "`reset` deletes all data, and there is no terminal to ask on")
                .help("pass `--force` if that is what you want"),
            ExitCode::usage);
    }
}

bool confirm_reset(Context& context, engine::Session& session, engine::ResetPlan const& plan,
                   bool accepted, std::string_view asking) {
    if (plan.empty()) {
        return true;
    }
    if (accepted) {
        engine::refuse_outside(plan, asking);
        show_side_effects(context.terminal, plan);
        return true;
    }
    require_terminal_for_reset(context);
    show(context, session, plan);
    return context.terminal.confirm("All of this will be lost. Go on?");
}

}  // namespace cm::command

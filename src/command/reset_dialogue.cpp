// See reset_dialogue.hpp.
#include "command/reset_dialogue.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/plural.hpp"
#include "base/text.hpp"
#include "command/project_options.hpp"

namespace cm::command {
namespace {

constexpr std::size_t most_tables = 10;

std::string counted_grouped(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}", grouped(static_cast<std::int64_t>(count)), noun_for(count, noun));
}

std::string rows_of(engine::RowCount const& count) {
    if (!count.rows) {
        return "an unknown number of rows";
    }
    return fmt::format("{}{}", count.is_estimate ? "about " : "",
                       counted_grouped(static_cast<std::size_t>(*count.rows), "row"));
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
        parts.push_back(fmt::format("{} with {}", counted_grouped(loss.tables.size(), "table"),
                                    rows_of(total(loss.tables))));
    }
    for (auto const& [type, count] : loss.others) {
        parts.push_back(counted_grouped(count, type));
    }
    terminal.remark(fmt::format("  schema \"{}\": {}", name, fmt::join(parts, ", ")));
    auto const by_rows = [](CountedTable const& a, CountedTable const& b) {
        return a.rows.rows != b.rows.rows ? a.rows.rows > b.rows.rows : a.name < b.name;
    };
    std::sort(loss.tables.begin(), loss.tables.end(), by_rows);
    auto const shown = std::min(most_tables, loss.tables.size());
    for (std::size_t i = 0; i < shown; ++i) {
        terminal.remark(
            fmt::format("    {}: {}", loss.tables[i].name, rows_of(loss.tables[i].rows)));
    }
    if (loss.tables.size() > shown) {
        terminal.remark(
            fmt::format("    and {}", counted_grouped(loss.tables.size() - shown, "more table")));
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
    terminal.remark("Tables in OTHER SCHEMAS will lose these parts:");
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
         "Tables will be removed from their publications. Unless a migration adds them again, run "
         "this afterwards:");
    show(
        true,
        "Tables will be removed from their subscriptions. To add them again, run this afterwards:");
}

bool is_of_database(pg::DefaultPrivilege const& it) {
    return it.schema.empty();
}

/// What lies in no schema goes by name.
void show_made(Terminal& terminal, engine::ResetPlan const& plan, std::string_view indent) {
    for (auto const& object : plan.made) {
        terminal.remark(fmt::format("{}{}", indent, engine::describe(object)));
    }
    std::set<std::string> told{};
    for (auto const& it : plan.default_privileges) {
        if (!is_of_database(it)) continue;
        auto const line = fmt::format("default privileges: {} of {} to {}", it.sort, it.role,
                                      it.grantee.empty() ? "PUBLIC" : it.grantee);
        if (told.insert(line).second) terminal.remark(fmt::format("{}{}", indent, line));
    }
}

/// Where nobody is asked: what one would not think of.
void show_side_effects(Terminal& terminal, engine::ResetPlan const& plan) {
    if (!plan.made.empty() || std::any_of(plan.default_privileges.begin(),
                                          plan.default_privileges.end(), is_of_database)) {
        terminal.remark(
            "Objects outside of any schema that the migrations created will be dropped, too:");
        show_made(terminal, plan, "  ");
    }
    show_replications(terminal, plan);
}

void show(Context& context, engine::Session& session, engine::ResetPlan const& plan) {
    auto& terminal = context.terminal;
    terminal.remark(fmt::format("This drops from the {}:", describe(session.target)));
    for (auto const& [name, loss] : losses(session, plan)) {
        show_schema(terminal, name, loss);
    }
    show_made(terminal, plan, "  ");
    show_objects(terminal, "Objects outside of any schema that depend on it will be dropped, too:",
                 plan.beside);
    show_objects(terminal,
                 plan.is_beside_others
                     ? "Objects of OTHER PROJECTS that depend on it will be dropped, too:"
                     : "Objects in OTHER SCHEMAS that depend on it will be dropped, too:",
                 plan.outside);
    show_parts(terminal, plan.parts);
    show_replications(terminal, plan);
    auto const reaches_out = !plan.outside.empty() || !plan.parts.empty();
    terminal.remark(
        fmt::format("The database itself and {} are not changed.",
                    reaches_out ? "everything else in other schemas" : "its other schemas"));
}

}  // namespace

void require_terminal_for_reset(Context& context, ResetCommand const& command) {
    if (!context.terminal.is_interactive()) {
        throw Failure(error("CM0003",
                            "`{}` deletes all data and requires confirmation, but standard input "
                            "is not a terminal",
                            command.words)
                          .help("pass `{}` to confirm", command.flag),
                      ExitCode::usage);
    }
}

bool confirm_reset(Context& context, engine::Session& session, engine::ResetPlan const& plan,
                   bool accepted, ResetCommand const& command) {
    if (plan.empty()) {
        return true;
    }
    auto const asking = fmt::format("`cm-migrate {}` without `{}`", command.words, command.flag);
    if (session.is_dry_run) {
        show(context, session, plan);
        context.terminal.remark({});
        if (accepted) engine::refuse_outside(plan, asking);
        return true;
    }
    if (accepted) {
        engine::refuse_outside(plan, asking);
        show_side_effects(context.terminal, plan);
        return true;
    }
    require_terminal_for_reset(context, command);
    show(context, session, plan);
    return context.terminal.confirm("All of this will be lost. Continue?");
}

}  // namespace cm::command

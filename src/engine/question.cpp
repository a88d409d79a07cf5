// See question.hpp.
#include "engine/question.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "base/log.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/question.sql.hpp"

namespace cm::engine {
namespace {

using Texts = std::vector<std::string>;

/// What the tables made by `wanted` and `present` say to `question`, one row an expression, in
/// their order. What is wanted is read under the settings of the session, as it would be in a
/// migration; what a database has was printed under those of a reading. Each statement goes by
/// itself in the extended protocol, which takes no more than one.
Texts printed(Texts const& wanted, std::string const& present, std::string_view question,
              pg::Connection& connection, std::string const& search_path) {
    pg::Transaction const undone{connection};
    auto const set_path = [&] {
        connection.fetch("SELECT pg_catalog.set_config('search_path', $1, true)",
                         {sql::quote_identifier(search_path)});
    };
    set_path();
    for (auto const& statement : wanted) {
        if (!statement.empty()) connection.fetch(statement);
    }
    connection.fetch(reading_settings_query());
    if (!present.empty()) {
        set_path();
        connection.fetch(present);
    }
    connection.fetch("SELECT pg_catalog.set_config('search_path', '', true)");
    auto const rows = connection.fetch(question);
    Texts texts{};
    for (std::size_t i = 0; i < rows.size(); ++i) texts.push_back(rows[i].text("text"));
    return texts;
}

/// Without what else may stand in `Unsupported("…")` behind the type.
std::string type_text(sql::Type type) {
    if (!sql::parse_type(type.spelling.text)) type.spelling.text.clear();
    return sql::Writer{{}}.type(type);
}

struct OneDefault {
    sql::Type type{};
    std::string text{};
    bool is_wanted{};
};

Texts printed_together(std::vector<OneDefault> const& defaults, pg::Connection& connection,
                       std::string const& search_path) {
    auto const table = [&](std::string_view name, bool is_wanted) -> std::string {
        Texts columns{};
        for (auto const& one : defaults) {
            if (one.is_wanted != is_wanted) continue;
            columns.push_back(
                fmt::format("c{} {} DEFAULT ({})", columns.size(), type_text(one.type), one.text));
        }
        if (columns.empty()) return {};
        return fmt::format("CREATE TEMPORARY TABLE {} ({})", name, fmt::join(columns, ", "));
    };
    return printed({table("cm_migrate_question_1", true)}, table("cm_migrate_question_2", false),
                   sql_text::engine_question, connection, search_path);
}

struct OneCondition {
    object::Table const* table{};
    std::vector<std::string> columns{};
    std::string text{};
    bool is_wanted{};
};

bool is_named(std::string const& column, std::vector<OneCondition> const& conditions) {
    return std::any_of(conditions.begin(), conditions.end(), [&](OneCondition const& one) {
        return std::find(one.columns.begin(), one.columns.end(), column) != one.columns.end();
    });
}

/// The table has its own name: conditions may say it.
Texts printed_together(std::vector<OneCondition> const& conditions, pg::Connection& connection,
                       std::string const& search_path) {
    auto const& table = *conditions.front().table;
    auto const name = sql::quote_identifier(table.name.name);
    Texts wanted{}, present{}, columns{};
    for (auto const& column : table.columns) {
        if (!is_named(column.name, conditions)) continue;
        columns.push_back(
            fmt::format("{} {}", sql::quote_identifier(column.name), type_text(column.type)));
    }
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        // Nothing is checked where there are no rows, but functions would be called beforehand.
        auto& constraints = conditions[i].is_wanted ? wanted : present;
        constraints.push_back(fmt::format("ADD CONSTRAINT cm_migrate_{:06} CHECK ({}) NOT VALID", i,
                                          conditions[i].text));
    }
    auto const alter = [&](Texts const& constraints) {
        return constraints.empty()
                   ? std::string{}
                   : fmt::format("ALTER TABLE pg_temp.{} {}", name, fmt::join(constraints, ", "));
    };
    return printed({fmt::format("CREATE TEMPORARY TABLE {} ({})", name, fmt::join(columns, ", ")),
                    alter(wanted)},
                   alter(present),
                   fmt::format("SELECT pg_catalog.pg_get_expr(conbin, conrelid) AS text "
                               "FROM pg_catalog.pg_constraint WHERE contype = 'c' AND conrelid = "
                               "{}::pg_catalog.regclass ORDER BY conname",
                               sql::quote_portable_literal("pg_temp." + name)),
                   connection, search_path);
}

OneDefault wanted_of(DefaultQuestion const& q) {
    return {q.type, q.wanted, true};
}

OneDefault present_of(DefaultQuestion const& q) {
    return {q.type, q.present, false};
}

OneCondition wanted_of(ConditionQuestion const& q) {
    return {q.table, q.columns, q.wanted, true};
}

OneCondition present_of(ConditionQuestion const& q) {
    return {q.table, q.columns, q.present, false};
}

bool go_together(DefaultQuestion const&, DefaultQuestion const&) {
    return true;
}

bool go_together(ConditionQuestion const& a, ConditionQuestion const& b) {
    return a.table == b.table;
}

/// What it says, or how it is refused.
template <class One>
std::pair<std::optional<Texts>, std::string> try_printing(std::vector<One> const& all,
                                                          pg::Connection& connection,
                                                          std::string const& search_path) {
    try {
        auto texts = printed_together(all, connection, search_path);
        if (texts.size() != all.size())
            return {std::nullopt, "the server did not keep the expression"};
        return {std::move(texts), {}};
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
        log::swallowed("asking what an expression means", refused);
        return {std::nullopt, refused.server().message};
    }
}

/// One of the two is refused.
template <class Question>
Answer judge_refused(Question const& question, Server const& server, pg::Connection& connection,
                     std::string const& search_path) {
    auto const [present, why_not] =
        try_printing(std::vector{present_of(question)}, connection, search_path);
    auto const [wanted, reason] =
        try_printing(std::vector{wanted_of(question)}, connection, search_path);
    if (present && wanted) {
        return {present == wanted ? Answer::same : Answer::different, {}};
    }
    if (server.has_everything) return {Answer::different, {}};
    return {Answer::unknown, "PostgreSQL reports: " + (wanted ? why_not : reason)};
}

template <class Question>
void ask_snapshot(std::span<Question const> questions, Server const& server,
                  pg::Connection& connection, std::string const& search_path,
                  std::vector<Answer>& answers) {
    using One = decltype(wanted_of(questions.front()));
    std::vector<One> all{};
    for (auto const& question : questions) all.push_back(wanted_of(question));
    for (auto const& question : questions) all.push_back(present_of(question));
    if (auto const [texts, reason] = try_printing(all, connection, search_path); texts) {
        for (std::size_t i = 0; i < questions.size(); ++i) {
            auto const is_same = (*texts)[i] == (*texts)[questions.size() + i];
            answers.push_back({is_same ? Answer::same : Answer::different, {}});
        }
        return;
    }
    if (questions.size() == 1) {
        answers.push_back(judge_refused(questions.front(), server, connection, search_path));
        return;
    }
    auto const half = questions.size() / 2;
    ask_snapshot(questions.first(half), server, connection, search_path, answers);
    ask_snapshot(questions.subspan(half), server, connection, search_path, answers);
}

template <class Question>
std::vector<Answer> ask_all(std::vector<Question> const& questions, Server const& server,
                            std::string const& search_path) {
    if (questions.empty()) return {};
    if (!server) return std::vector<Answer>(questions.size(), {Answer::unknown, "no server"});
    auto& connection = server.connection();
    // A table has no more columns than this.
    constexpr std::size_t most = 500;
    std::vector<Answer> answers{};
    std::span<Question const> rest{questions};
    while (!rest.empty()) {
        std::size_t count = 1;
        while (count < rest.size() && count < most && go_together(rest[0], rest[count])) ++count;
        ask_snapshot(rest.first(count), server, connection, search_path, answers);
        rest = rest.subspan(count);
    }
    return answers;
}

}  // namespace

std::vector<Answer> ask(std::vector<DefaultQuestion> const& questions, Server const& server,
                        std::string const& search_path) {
    return ask_all(questions, server, search_path);
}

std::vector<Answer> ask(std::vector<ConditionQuestion> const& questions, Server const& server,
                        std::string const& search_path) {
    return ask_all(questions, server, search_path);
}

}  // namespace cm::engine

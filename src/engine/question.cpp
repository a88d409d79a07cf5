// See question.hpp.
#include "engine/question.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "engine/reading_settings.hpp"

namespace cm::engine {
namespace {

using Texts = std::vector<std::string>;

/// What the table made by `create` says to `question`, one row an expression, in their order. Each
/// statement goes by itself in the extended protocol, which takes no more than one.
Texts printed(std::string const& create, std::string_view question, pg::Connection& connection,
              std::string const& search_path) {
    pg::Transaction const undone{connection};
    connection.fetch(reading_settings_query());
    connection.fetch("SELECT pg_catalog.set_config('search_path', $1, true)",
                     {sql::quote_identifier(search_path)});
    connection.fetch(create);
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
};

Texts printed_together(std::vector<OneDefault> const& defaults, pg::Connection& connection,
                       std::string const& search_path) {
    Texts columns{};
    for (auto const& one : defaults) {
        columns.push_back(
            fmt::format("c{} {} DEFAULT ({})", columns.size(), type_text(one.type), one.text));
    }
    auto texts = printed(
        fmt::format("CREATE TEMPORARY TABLE cm_migrate_question ({})", fmt::join(columns, ", ")),
        "SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS text "
        "FROM pg_catalog.pg_attribute a "
        "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
        "WHERE a.attrelid = 'pg_temp.cm_migrate_question'::pg_catalog.regclass AND a.attnum > 0 "
        "ORDER BY a.attnum",
        connection, search_path);
    return texts;
}

struct OneCondition {
    object::Table const* table{};
    std::vector<std::string> columns{};
    std::string text{};
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
    Texts parts{};
    for (auto const& column : table.columns) {
        if (!is_named(column.name, conditions)) continue;
        parts.push_back(
            fmt::format("{} {}", sql::quote_identifier(column.name), type_text(column.type)));
    }
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        parts.push_back(
            fmt::format("CONSTRAINT cm_migrate_{:06} CHECK ({})", i, conditions[i].text));
    }
    return printed(fmt::format("CREATE TEMPORARY TABLE {} ({})", name, fmt::join(parts, ", ")),
                   fmt::format("SELECT pg_catalog.pg_get_expr(conbin, conrelid) AS text "
                               "FROM pg_catalog.pg_constraint WHERE contype = 'c' AND conrelid = "
                               "{}::pg_catalog.regclass ORDER BY conname",
                               sql::quote_portable_literal("pg_temp." + name)),
                   connection, search_path);
}

OneDefault wanted_of(DefaultQuestion const& q) {
    return {q.type, q.wanted};
}

OneDefault present_of(DefaultQuestion const& q) {
    return {q.type, q.present};
}

OneCondition wanted_of(ConditionQuestion const& q) {
    return {q.table, q.columns, q.wanted};
}

OneCondition present_of(ConditionQuestion const& q) {
    return {q.table, q.columns, q.present};
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
            return {std::nullopt, "the server keeps no such expression"};
        return {std::move(texts), {}};
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
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
    return {Answer::unknown, "PostgreSQL says: " + (wanted ? why_not : reason)};
}

template <class Question>
void ask_together(std::span<Question const> questions, Server const& server,
                  pg::Connection& connection, std::string const& search_path,
                  std::vector<Answer>& answers) {
    using One = decltype(wanted_of(questions.front()));
    std::vector<One> all{};
    for (auto const& question : questions) {
        all.push_back(wanted_of(question));
        all.push_back(present_of(question));
    }
    if (auto const [texts, reason] = try_printing(all, connection, search_path); texts) {
        for (std::size_t i = 0; i < questions.size(); ++i) {
            auto const is_same = (*texts)[2 * i] == (*texts)[2 * i + 1];
            answers.push_back({is_same ? Answer::same : Answer::different, {}});
        }
        return;
    }
    if (questions.size() == 1) {
        answers.push_back(judge_refused(questions.front(), server, connection, search_path));
        return;
    }
    auto const half = questions.size() / 2;
    ask_together(questions.first(half), server, connection, search_path, answers);
    ask_together(questions.subspan(half), server, connection, search_path, answers);
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
        ask_together(rest.first(count), server, connection, search_path, answers);
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

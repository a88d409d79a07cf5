// See normalize.hpp.
#include "engine/normalize.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "schema/conditions.hpp"
#include "sql/fixed_moment.hpp"
#include "sql/parse_tree.hpp"
#include "sql/unqualified.hpp"

namespace cm::engine {
namespace {

/// A pair of expressions that the rules do not settle.
template <class Question>
struct Open {
    Question question{};
    sql::Expression* declared{};
    sql::Expression const* actual{};
    std::string what{};
    Origin origin{};
};

template <class Question>
using OpenList = std::vector<Open<Question>>;

sql::Expression* expression_of(object::Column& column) {
    return column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
}

sql::Expression const* expression_of(object::Column const* column) {
    return column != nullptr && column->default_value
               ? std::get_if<sql::Expression>(&*column->default_value)
               : nullptr;
}

/// Text that is no expression is not put to any server; its own migration will fail.
bool can_be_asked(std::string const& text) {
    return sql::parse_expression(text).has_value();
}

void collect(object::Table& declared, object::Table const& actual, std::string const& bare,
             OpenList<DefaultQuestion>& open) {
    for (auto& column : declared.columns) {
        auto const* const other = find_column(actual, column.name);
        auto const* const present = expression_of(other);
        auto* const wanted = expression_of(column);
        if (wanted != nullptr && present != nullptr && sql::is_moment(*present, column.type) &&
            sql::fixed_moment(wanted->text, &column.type)) {
            wanted->canonical = present->canonical;  // the moment at which it was made
            continue;
        }
        if (wanted == nullptr || present == nullptr || other->is_generated || *wanted == *present ||
            surely_differ(*wanted, *present)) {
            continue;
        }
        // `public.f()` is the same as `f()` where that is the schema.
        auto const text = sql::unqualified(wanted->text, bare);
        if (sql::column_default(text, column.type) == *present) {
            wanted->canonical = present->canonical;
        } else if (can_be_asked(wanted->text) && can_be_asked(present->text)) {
            open.push_back({{column.type, wanted->text, present->text},
                            wanted,
                            present,
                            fmt::format("the default value of the column `{}` of the table `{}`",
                                        column.name, declared.name.name),
                            column.origin});
        }
    }
}

/// A condition names a column that the table will not have, or has not yet.
bool lacks_column(sql::Expression const& condition, object::Table const& table) {
    return std::any_of(
        condition.columns.begin(), condition.columns.end(),
        [&](std::string const& column) { return find_column(table, column) == nullptr; });
}

void collect(object::Index& declared, object::Index const& actual, schema::Schema const& schema,
             std::string const& bare, OpenList<ConditionQuestion>& open) {
    auto const* const table = schema.tables.find(declared.table);
    if (!declared.predicate || !actual.predicate || *declared.predicate == *actual.predicate ||
        table == nullptr || surely_differ(*declared.predicate, *actual.predicate)) {
        return;
    }
    auto bare_one = declared;
    bare_one.predicate->text = sql::unqualified(declared.predicate->text, bare);
    schema::read_condition(bare_one, schema);
    if (*bare_one.predicate == *actual.predicate) {
        declared.predicate->canonical = actual.predicate->canonical;
        return;
    }
    if (!can_be_asked(declared.predicate->text) || !can_be_asked(actual.predicate->text) ||
        lacks_column(*declared.predicate, *table) || lacks_column(*actual.predicate, *table)) {
        return;
    }
    auto columns = declared.predicate->columns;
    columns.insert(columns.end(), actual.predicate->columns.begin(),
                   actual.predicate->columns.end());
    open.push_back({{table, columns, declared.predicate->text, actual.predicate->text},
                    &*declared.predicate,
                    &*actual.predicate,
                    fmt::format("the condition of the index `{}`", declared.name.name),
                    declared.origin});
}

/// `unreachable`: why no server can be asked, once that is known.
template <class Question>
std::vector<Answer> answers_to(OpenList<Question> const& open, Server const& server,
                               std::string const& bare, std::string& unreachable) {
    std::vector<Question> questions{};
    for (auto const& each : open) questions.push_back(each.question);
    try {
        if (unreachable.empty()) return ask(questions, server, bare);
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        unreachable = failed.what();
        log::swallowed("asking a scratch database about expressions", failed);
    }
    return std::vector<Answer>(open.size(), {Answer::unknown, unreachable});
}

template <class Question>
void settle(OpenList<Question> const& open, Server const& server, std::string const& bare,
            std::string& unreachable, std::vector<Unsettled>& unsettled) {
    auto const answers = answers_to(open, server, bare, unreachable);
    for (std::size_t i = 0; i < open.size(); ++i) {
        auto const& each = open[i];
        if (answers[i].verdict == Answer::different) continue;
        each.declared->canonical = each.actual->canonical;
        if (answers[i].verdict == Answer::unknown) {
            unsettled.push_back({each.what, answers[i].reason, each.origin});
        }
    }
}

}  // namespace

std::vector<Diagnostic> to_diagnostics(std::vector<Unsettled> const& unsettled) {
    std::vector<Diagnostic> diagnostics{};
    for (auto const& each : unsettled) {
        auto& diagnostic = diagnostics.emplace_back(
            Diagnostic{.severity = Severity::warning,
                       .code = "CM0545",
                       .message = fmt::format("{} could not be verified", each.what)});
        if (each.origin.span) diagnostic.primary = Label{*each.origin.span, {}};
        diagnostic.note(
            "it is written differently in the database, and no server was available to check "
            "whether both are equivalent");
        diagnostic.note("{}", each.reason);
        diagnostic.help(
            "write it exactly as the database does: `cm-migrate pull --print` shows it");
    }
    return diagnostics;
}

Normalized normalize(schema::Schema declared, schema::Schema const& actual, std::string const& bare,
                     Server const& server) {
    OpenList<DefaultQuestion> defaults{};
    OpenList<ConditionQuestion> conditions{};
    for (auto const& [name, table] : actual.tables) {
        if (auto* const wanted = declared.tables.find(name)) {
            collect(*wanted, table, bare, defaults);
        }
    }
    for (auto const& [name, index] : actual.indexes) {
        if (auto* const wanted = declared.indexes.find(name)) {
            collect(*wanted, index, declared, bare, conditions);
        }
    }
    Normalized result{};
    std::string unreachable{};
    settle(defaults, server, bare, unreachable, result.unsettled);
    settle(conditions, server, bare, unreachable, result.unsettled);
    result.schema = std::move(declared);
    return result;
}

}  // namespace cm::engine

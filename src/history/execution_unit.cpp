// See execution_unit.hpp.
#include "history/execution_unit.hpp"

#include <algorithm>

#include "history/statement_nature.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

using sql::TransactionMode;

std::string_view words_of(std::string_view text, sql::Statement const& statement) {
    return text.substr(statement.begin, statement.end - statement.begin);
}

bool begins_with(std::string_view statement, std::string_view word) {
    return sql::is_word(statement, sql::next_significant_token(statement, 0), word);
}

bool is_begin(std::string_view statement) {
    return begins_with(statement, "BEGIN") || begins_with(statement, "START");
}

/// COMMIT or END without AND CHAIN.
bool is_plain_commit(std::string_view statement) {
    if (!begins_with(statement, "COMMIT") && !begins_with(statement, "END")) {
        return false;
    }
    for (auto token = sql::next_significant_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement, token.end)) {
        if (sql::is_word(statement, token, "CHAIN")) {
            return false;
        }
    }
    return true;
}

/// The script's transaction that starts at `begin`: to its COMMIT, or else to where it ends in
/// another way.
ExecutionUnit own_transaction(std::string_view text, sql::Script const& script, std::size_t begin) {
    auto const& all = script.statements;
    if (!is_begin(words_of(text, all[begin]))) {
        return {begin, begin + 1, ExecutionUnitKind::unmanaged};
    }
    bool is_whole = true;
    for (auto i = begin + 1; i < all.size(); ++i) {
        if (all[i].mode == TransactionMode::control) {
            if (chains(words_of(text, all[i]))) {
                is_whole = false;  // the next transaction has begun
                continue;
            }
            is_whole = is_whole && is_plain_commit(words_of(text, all[i]));
            return {
                begin, i + 1,
                is_whole ? ExecutionUnitKind::explicit_transaction : ExecutionUnitKind::unmanaged};
        }
        if (all[i].mode == TransactionMode::alone) {
            return {begin, i + 1,
                    ExecutionUnitKind::unmanaged};  // PostgreSQL will say what is wrong
        }
    }
    return {begin, all.size(), ExecutionUnitKind::unmanaged};
}

ExecutionUnit next_unit(std::string_view text, sql::Script const& script, std::size_t begin) {
    auto const& all = script.statements;
    if (all[begin].mode == TransactionMode::alone) {
        return {begin, begin + 1, ExecutionUnitKind::no_transaction};
    }
    if (all[begin].mode == TransactionMode::control) {
        return own_transaction(text, script, begin);
    }
    auto end = begin + 1;
    while (!script.no_transaction && end < all.size() && all[end].mode == TransactionMode::any) {
        ++end;
    }
    return {begin, end, ExecutionUnitKind::in_transaction};
}

std::vector<ExecutionUnit> replace(std::vector<ExecutionUnit> const& all, std::size_t statement,
                                   std::vector<ExecutionUnit> const& parts) {
    std::vector<ExecutionUnit> result{};
    for (auto const& unit : all) {
        if (statement < unit.begin || statement >= unit.end) {
            result.push_back(unit);
            continue;
        }
        for (auto part : parts) {
            part.begin = std::max(part.begin, unit.begin);
            part.end = std::min(part.end, unit.end);
            if (part.begin < part.end) {
                result.push_back(part);
            }
        }
    }
    return result;
}

}  // namespace

std::vector<ExecutionUnit> execution_units(std::string_view text, sql::Script const& script) {
    std::vector<ExecutionUnit> all{};
    for (std::size_t at = 0; at < script.statements.size(); at = all.back().end) {
        auto const next = next_unit(text, script, at);
        // Loose ends belong together: whether a transaction is open behind them is not known here.
        auto const joins = next.kind == ExecutionUnitKind::unmanaged && !all.empty() &&
                           all.back().kind == ExecutionUnitKind::unmanaged;
        if (joins) {
            all.back().end = next.end;
        } else {
            all.push_back(next);
        }
    }
    if (all.empty()) {
        all.push_back({});
    }
    return all;
}

std::vector<ExecutionUnit> isolate_statement(std::vector<ExecutionUnit> all, std::size_t refusing) {
    return replace(
        all, refusing,
        {{0, refusing, ExecutionUnitKind::in_transaction},
         {refusing, refusing + 1, ExecutionUnitKind::no_transaction},
         {refusing + 1, static_cast<std::size_t>(-1), ExecutionUnitKind::in_transaction}});
}

std::vector<ExecutionUnit> split_at(std::vector<ExecutionUnit> all, std::size_t at) {
    return replace(all, at,
                   {{0, at, ExecutionUnitKind::in_transaction},
                    {at, static_cast<std::size_t>(-1), ExecutionUnitKind::in_transaction}});
}

std::vector<ExecutionUnit> from(std::vector<ExecutionUnit> all, std::size_t done) {
    std::vector<ExecutionUnit> left{};
    for (auto unit : all) {
        if (unit.end > done) {
            unit.begin = std::max(unit.begin, done);
            left.push_back(unit);
        }
    }
    return left;
}

}  // namespace cm::history

// See stretch.hpp.
#include "history/stretch.hpp"

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
    return sql::is_word(statement, sql::next_solid_token(statement, 0), word);
}

bool is_begin(std::string_view statement) {
    return begins_with(statement, "BEGIN") || begins_with(statement, "START");
}

/// COMMIT or END without AND CHAIN.
bool is_plain_commit(std::string_view statement) {
    if (!begins_with(statement, "COMMIT") && !begins_with(statement, "END")) {
        return false;
    }
    for (auto token = sql::next_solid_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_solid_token(statement, token.end)) {
        if (sql::is_word(statement, token, "CHAIN")) {
            return false;
        }
    }
    return true;
}

/// The script's transaction that starts at `begin`: to its COMMIT, or else to where it ends in
/// another way.
Stretch own_transaction(std::string_view text, sql::Script const& script, std::size_t begin) {
    auto const& all = script.statements;
    if (!is_begin(words_of(text, all[begin]))) {
        return {begin, begin + 1, StretchKind::loose};
    }
    bool is_whole = true;
    for (auto i = begin + 1; i < all.size(); ++i) {
        if (all[i].mode == TransactionMode::control) {
            if (chains(words_of(text, all[i]))) {
                is_whole = false;  // the next transaction has begun
                continue;
            }
            is_whole = is_whole && is_plain_commit(words_of(text, all[i]));
            return {begin, i + 1, is_whole ? StretchKind::own : StretchKind::loose};
        }
        if (all[i].mode == TransactionMode::alone) {
            return {begin, i + 1, StretchKind::loose};  // PostgreSQL will say what is wrong
        }
    }
    return {begin, all.size(), StretchKind::loose};
}

Stretch next_stretch(std::string_view text, sql::Script const& script, std::size_t begin) {
    auto const& all = script.statements;
    if (all[begin].mode == TransactionMode::alone) {
        return {begin, begin + 1, StretchKind::alone};
    }
    if (all[begin].mode == TransactionMode::control) {
        return own_transaction(text, script, begin);
    }
    auto end = begin + 1;
    while (!script.one_by_one && end < all.size() && all[end].mode == TransactionMode::any) {
        ++end;
    }
    return {begin, end, StretchKind::together};
}

std::vector<Stretch> replace(std::vector<Stretch> const& all, std::size_t statement,
                             std::vector<Stretch> const& parts) {
    std::vector<Stretch> result{};
    for (auto const& stretch : all) {
        if (statement < stretch.begin || statement >= stretch.end) {
            result.push_back(stretch);
            continue;
        }
        for (auto part : parts) {
            part.begin = std::max(part.begin, stretch.begin);
            part.end = std::min(part.end, stretch.end);
            if (part.begin < part.end) {
                result.push_back(part);
            }
        }
    }
    return result;
}

}  // namespace

std::vector<Stretch> stretches(std::string_view text, sql::Script const& script) {
    std::vector<Stretch> all{};
    for (std::size_t at = 0; at < script.statements.size(); at = all.back().end) {
        auto const next = next_stretch(text, script, at);
        // Loose ends belong together: whether a transaction is open behind them is not known here.
        auto const joins = next.kind == StretchKind::loose && !all.empty() &&
                           all.back().kind == StretchKind::loose;
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

std::vector<Stretch> with_alone(std::vector<Stretch> all, std::size_t refusing) {
    return replace(all, refusing,
                   {{0, refusing, StretchKind::together},
                    {refusing, refusing + 1, StretchKind::alone},
                    {refusing + 1, static_cast<std::size_t>(-1), StretchKind::together}});
}

std::vector<Stretch> with_cut(std::vector<Stretch> all, std::size_t at) {
    return replace(all, at,
                   {{0, at, StretchKind::together},
                    {at, static_cast<std::size_t>(-1), StretchKind::together}});
}

std::vector<Stretch> from(std::vector<Stretch> all, std::size_t done) {
    std::vector<Stretch> left{};
    for (auto stretch : all) {
        if (stretch.end > done) {
            stretch.begin = std::max(stretch.begin, done);
            left.push_back(stretch);
        }
    }
    return left;
}

}  // namespace cm::history

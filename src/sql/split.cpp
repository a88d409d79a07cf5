// See split.hpp. PostgreSQL's grammar decides where statements end; text that it rejects is cut at
// the `;` that are outside of strings, brackets and BEGIN ATOMIC bodies, so that the server can say
// what is wrong with it.
#include "sql/split.hpp"

#include <pg_query.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "sql/directive.hpp"
#include "sql/parsed_script.hpp"
#include "sql/session_setting.hpp"
#include "sql/statement_mode.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

Statement statement(std::string_view text, std::size_t begin, std::size_t end) {
    auto const words = text.substr(begin, end - begin);
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
            transaction_mode(words), unsupported(words)};
}

/// Without blanks and comments in front, and blanks behind; none if nothing is left.
std::optional<Statement> trimmed_statement(std::string_view text, std::size_t begin,
                                           std::size_t end) {
    begin = next_significant_token(text.substr(0, end), begin).begin;
    while (end > begin &&
           std::string_view(" \t\r\n\f\v").find(text[end - 1]) != std::string_view::npos) {
        --end;
    }
    if (begin >= end) return {};
    return statement(text, begin, end);
}

void add(std::vector<Statement>& statements, std::string_view text, std::size_t begin,
         std::size_t end) {
    if (auto const one = trimmed_statement(text, begin, end)) statements.push_back(*one);
}

std::optional<std::vector<Statement>> split_by_grammar(std::string_view text) {
    auto result = pg_query_split_with_parser(std::string(text).c_str());
    std::unique_ptr<PgQuerySplitResult, void (*)(PgQuerySplitResult*)> const guard(
        &result, [](PgQuerySplitResult* r) { pg_query_free_split_result(*r); });
    if (result.error != nullptr) {
        return {};
    }
    std::vector<Statement> statements{};
    for (int i = 0; i < result.n_stmts; ++i) {
        auto const begin = static_cast<std::size_t>(result.stmts[i]->stmt_location);
        auto const length = static_cast<std::size_t>(result.stmts[i]->stmt_len);
        add(statements, text, begin, length == 0 ? text.size() : begin + length);
    }
    return statements;
}

/// Follows brackets and the bodies of SQL-standard functions (`BEGIN ATOMIC … END`).
class Nesting {
  public:
    explicit Nesting(std::string_view text) : text_(text) {}

    void follow(Token token) {
        if (token.kind == TokenKind::blank) {
            return;
        }
        if (token.kind == TokenKind::symbol) {
            brackets_ += text_[token.begin] == '(' ? 1 : 0;
            brackets_ -= text_[token.begin] == ')' && brackets_ > 0 ? 1 : 0;
        }
        if (is_word(text_, token, "ATOMIC") && after_begin_) {
            bodies_ = 1;
        }
        if (bodies_ > 0 && is_word(text_, token, "CASE")) {
            ++bodies_;
        }
        if (bodies_ > 0 && is_word(text_, token, "END")) {
            --bodies_;
        }
        after_begin_ = is_word(text_, token, "BEGIN");
    }

    bool outermost() const { return brackets_ == 0 && bodies_ == 0; }

  private:
    std::string_view text_;
    int brackets_ = 0;
    int bodies_ = 0;
    bool after_begin_ = false;
};

/// Where a line ends; psql's commands end with theirs.
std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

std::string_view line_at(std::string_view text, std::size_t at) {
    auto line = text.substr(at, line_end(text, at) - at);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) {
        line.remove_suffix(1);
    }
    return line;
}

/// pg_dump puts its text between these since 2025: they restrict psql, not the server.
bool is_restriction(std::string_view line) {
    auto const word = line.substr(0, std::min(line.find_first_of(" \t"), line.size()));
    return word == "\\restrict" || word == "\\unrestrict";
}

/// The data of a COPY … FROM STDIN whose `;` ends at `at`: from the next line to `\.`. Gives where
/// the script goes on; none if there is no such data.
std::optional<std::size_t> take_data(std::string_view text, std::size_t at, Statement& copy) {
    auto const rest = next_token(text, at);
    auto const begin = line_end(text, at) + 1;
    if (rest.kind == TokenKind::blank ? rest.end + 1 < begin : line_end(text, at) > at) {
        return {};  // something else stands on the same line
    }
    for (auto line = begin; line < text.size(); line = line_end(text, line) + 1) {
        if (line_at(text, line) == "\\.") {
            copy.data_begin = static_cast<std::uint32_t>(begin);
            copy.data_end = static_cast<std::uint32_t>(line);
            copy.unsupported = Unsupported::no;
            return line_end(text, line);
        }
    }
    return {};
}

/// Follows what statements do to how text is read.
class Reading {
  public:
    Strings strings() const { return strings_; }

    bool was_ever_unusual() const { return was_unusual_; }

    /// True if what comes after is to be sent separately.
    bool follow(std::string_view statement, TransactionMode mode) {
        auto const before = strings_;
        if (mode == TransactionMode::control && outer_) {
            strings_ = *std::exchange(outer_, {});
        }
        bool is_known = false;
        bool is_encoding = false;
        for (auto const& change : setting_changes(statement, before)) {
            if (change.name == scs || change.name == "all") {
                is_known = true;
                if (change.is_local && !outer_) outer_ = strings_;
                strings_ = change.value && is_false(*change.value) ? Strings::backslashes
                                                                   : Strings::standard;
            }
            is_encoding = is_encoding || (change.name == "client_encoding" && change.value &&
                                          !is_utf8(*change.value));
        }
        was_unusual_ = was_unusual_ || strings_ != Strings::standard;
        // In a DO block or as an argument that is not a constant: only the server knows.
        auto const is_hidden = !is_known && to_lower(statement).find(scs) != std::string::npos;
        return strings_ != before || is_encoding || is_hidden;
    }

  private:
    static constexpr std::string_view scs = "standard_conforming_strings";

    Strings strings_ = Strings::standard;
    std::optional<Strings> outer_{};  ///< before a SET LOCAL
    bool was_unusual_ = false;
};

struct TokenSplit {
    std::vector<Statement> statements{};
    std::vector<Gap> gaps{};
    bool has_unusual_strings{};
};

TokenSplit split_by_tokens(std::string_view text) {
    TokenSplit result{};
    auto& statements = result.statements;
    Reading reading{};
    std::size_t begin = next_significant_token(text, 0).begin;
    Nesting nesting(text);
    auto const finish = [&](std::size_t end, std::size_t after) {
        auto const before = statements.size();
        add(statements, text, begin, end);
        if (statements.size() > before) {
            auto& last = statements.back();
            last.ends_message =
                reading.follow(text.substr(last.begin, last.end - last.begin), last.mode);
            if (last.unsupported == Unsupported::copy_data && after > end) {
                auto const data_end = take_data(text, after, last);
                if (data_end) {
                    result.gaps.push_back({last.data_begin, static_cast<std::uint32_t>(*data_end)});
                    after = *data_end;
                }
            }
        }
        begin = next_significant_token(text, after).begin;
        nesting = Nesting(text);
        return begin;
    };
    for (auto at = begin; at < text.size();) {
        bool const meta_command = at == begin && text[at] == '\\';
        if (meta_command && is_restriction(line_at(text, at))) {
            auto const end = line_end(text, at);
            result.gaps.push_back(
                {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
            begin = at = next_significant_token(text, end).begin;
            continue;
        }
        if (meta_command) {
            at = finish(line_end(text, at), line_end(text, at));
            continue;
        }
        auto const token = next_token(text, at, reading.strings());
        nesting.follow(token);
        at = token.end;
        bool const ends = text[token.begin] == ';' && token.kind == TokenKind::symbol;
        if (ends && nesting.outermost()) at = finish(token.begin, token.end);
    }
    add(statements, text, begin, text.size());
    result.has_unusual_strings = reading.was_ever_unusual();
    return result;
}

/// Whether there may be something that PostgreSQL's grammar alone cannot judge: what only psql
/// knows, and settings that change how text is read.
bool may_need_tokens(std::string_view text) {
    if (text.starts_with('\\') || text.find("\n\\") != std::string_view::npos) {
        return true;
    }
    auto const words = to_lower(text);
    constexpr std::array<std::string_view, 4> telling{"stdin", "standard_conforming_strings",
                                                      "client_encoding", "names"};
    return std::any_of(telling.begin(), telling.end(), [&](std::string_view word) {
        return words.find(word) != std::string::npos;
    });
}

std::string without_gaps(std::string_view text, std::vector<Gap> const& gaps) {
    std::string result(text);
    for (auto const& gap : gaps) {
        for (auto at = gap.begin; at < gap.end; ++at) {
            if (result[at] != '\n') result[at] = ' ';
        }
    }
    return result;
}

/// Statements as the grammar cuts them, with what only the tokens tell; none where the two
/// disagree.
std::optional<std::vector<Statement>> with_traits(std::vector<Statement> statements,
                                                  std::vector<Statement> const& by_tokens) {
    auto const same =
        std::ranges::equal(statements, by_tokens, {}, &Statement::begin, &Statement::begin);
    if (!same) return {};
    for (std::size_t i = 0; i < statements.size(); ++i) {
        auto const end = statements[i].end;
        statements[i] = by_tokens[i];
        statements[i].end = end;
    }
    return statements;
}

/// Looks for `-- cm-migrate: no-transaction` above the first statement.
bool asks_for_no_transaction(std::string_view text) {
    auto const directives = find_directives(text);
    return std::any_of(directives.begin(), directives.end(), [](Directive const& directive) {
        return directive.words == no_transaction && directive.is_in_head &&
               directive.is_line_comment;
    });
}

/// `by_grammar` cuts a text by PostgreSQL's grammar.
Script split(std::string_view text, auto const& by_grammar) {
    CM_ASSERT(text.find('\0') == std::string_view::npos);
    auto const is_marked = asks_for_no_transaction(text);
    if (!may_need_tokens(text)) {
        std::optional<std::vector<Statement>> statements = by_grammar(text);
        return {
            statements ? std::move(*statements) : split_by_tokens(text).statements, {}, is_marked};
    }
    auto tokens = split_by_tokens(text);
    if (!tokens.has_unusual_strings) {
        std::optional<std::vector<Statement>> statements =
            by_grammar(without_gaps(text, tokens.gaps));
        auto merged =
            statements ? with_traits(std::move(*statements), tokens.statements) : std::nullopt;
        if (merged) tokens.statements = std::move(*merged);
    }
    return {std::move(tokens.statements), std::move(tokens.gaps), is_marked};
}

std::optional<ScriptTree> parse_alone(std::string_view text, Statement const& statement) {
    auto trees = parse_statements(text.substr(statement.begin, statement.end - statement.begin));
    if (!trees || trees->size() != 1) return {};
    return ScriptTree{std::move(trees->front()), statement.begin};
}

}  // namespace

Script split(std::string_view text) {
    return split(text, split_by_grammar);
}

ParsedScript split_and_parse(std::string_view text) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, StatementTree> trees{};
    ParsedScript parsed{
        .script = split(text, [&](std::string_view whole) {
            std::optional<std::vector<Statement>> statements{};
            auto placed = parse_with_places(whole);
            if (!placed) return statements;
            statements.emplace();
            for (auto& one : *placed) {
                auto const cut = trimmed_statement(whole, one.begin, one.end);
                if (!cut) continue;
                trees.emplace(std::pair{cut->begin, cut->end}, std::move(one.statement));
                statements->push_back(*cut);
            }
            return statements;
        })};
    for (auto const& statement : parsed.script.statements) {
        auto const found = trees.find({statement.begin, statement.end});
        parsed.trees.push_back(found == trees.end()
                                   ? parse_alone(text, statement)
                                   : std::optional{ScriptTree{std::move(found->second), 0}});
    }
    return parsed;
}

bool is_transactional(Script const& script) {
    return !script.no_transaction &&
           std::all_of(script.statements.begin(), script.statements.end(),
                       [](Statement const& s) { return s.mode == TransactionMode::any; });
}

}  // namespace cm::sql

// See split.hpp. PostgreSQL's grammar decides where statements end; text that it rejects is cut at
// the `;` that are outside of strings, brackets and BEGIN ATOMIC bodies, so that the server can say
// what is wrong with it.
#include "sql/split.hpp"

#include <pg_query.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "base/assert.hpp"
#include "sql/directive.hpp"
#include "sql/statement_mode.hpp"
#include "sql/token.hpp"

namespace cm::sql {
namespace {

Statement statement(std::string_view text, std::size_t begin, std::size_t end) {
    auto const words = text.substr(begin, end - begin);
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
            transaction_mode(words), unsendable(words)};
}

/// Drops blanks and comments in front, and blanks behind.
void add(std::vector<Statement>& statements, std::string_view text, std::size_t begin,
         std::size_t end) {
    begin = next_solid_token(text.substr(0, end), begin).begin;
    while (end > begin &&
           std::string_view(" \t\r\n\f\v").find(text[end - 1]) != std::string_view::npos) {
        --end;
    }
    if (begin < end) {
        statements.push_back(statement(text, begin, end));
    }
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

/// psql's commands end with their line.
std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

std::vector<Statement> split_by_tokens(std::string_view text) {
    std::vector<Statement> statements{};
    std::size_t begin = next_solid_token(text, 0).begin;
    Nesting nesting(text);
    for (auto at = begin; at < text.size();) {
        auto const token = next_token(text, at);
        bool const meta_command = at == begin && text[at] == '\\';
        at = meta_command ? line_end(text, at) : token.end;
        nesting.follow(token);
        bool const ends = text[token.begin] == ';' && token.kind == TokenKind::symbol;
        if (meta_command || (ends && nesting.outermost())) {
            add(statements, text, begin, meta_command ? at : token.begin);
            begin = at = next_solid_token(text, at).begin;
            nesting = Nesting(text);
        }
    }
    add(statements, text, begin, text.size());
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

}  // namespace

Script split(std::string_view text) {
    CM_ASSERT(text.find('\0') == std::string_view::npos);
    auto statements = split_by_grammar(text);
    return {statements ? std::move(*statements) : split_by_tokens(text),
            asks_for_no_transaction(text)};
}

bool is_transactional(Script const& script) {
    return !script.one_by_one &&
           std::all_of(script.statements.begin(), script.statements.end(),
                       [](Statement const& s) { return s.mode == TransactionMode::any; });
}

}  // namespace cm::sql

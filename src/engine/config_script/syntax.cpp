// See syntax.hpp: statements. What is none of those that configurations consist of is passed over,
// to the next line that begins a statement.
#include "engine/config_script/syntax.hpp"

#include <algorithm>
#include <array>

#include "base/text_encoding.hpp"
#include "engine/config_script/destructuring.hpp"
#include "engine/config_script/expression_parser.hpp"

namespace cm::engine::config_script {
namespace {

class StatementReader {
  public:
    StatementReader(FileId file, std::string_view source, std::size_t begin)
        : file_(file), source_(source), parser_(file, source, begin) {}

    ConfigScript read() {
        while (parser_.token().kind != TokenKind::end) {
            auto const before = parser_.token().begin;
            statement();
            if (parser_.token().begin == before) parser_.advance();
        }
        forget_changed_definitions();
        return std::move(script_);
    }

  private:
    void statement() {
        auto const begin = parser_.token().begin;
        if (parser_.take(";") || parser_.take("}")) {
            return;
        }
        if (parser_.token().kind != TokenKind::word) {
            call_or_assignment(begin);
        } else if (parser_.is("import")) {
            import_statement(begin);
        } else if (parser_.is("export")) {
            export_statement();
        } else if (parser_.is("const") || parser_.is("let") || parser_.is("var")) {
            definition();
        } else if (parser_.take("if")) {
            if_statement();
        } else if (parser_.take("try")) {
            body();
            skip_handlers();
        } else if (is_other_statement()) {
            skip_statement(begin);
        } else {
            call_or_assignment(begin);
        }
    }

    bool is_other_statement() const {
        constexpr std::array<std::string_view, 13> words{
            "type", "interface", "for",    "while",   "do",        "function", "class",
            "enum", "throw",     "switch", "declare", "namespace", "return"};
        return std::find(words.begin(), words.end(), parser_.words(parser_.token())) !=
                   words.end() ||
               (parser_.is("async") &&
                source_.substr(parser_.token().end).starts_with(" function"));
    }

    bool begins_statement() const {
        constexpr std::array<std::string_view, 11> words{"import", "export",   "const", "let",
                                                         "var",    "module",   "type",  "interface",
                                                         "if",     "function", "async"};
        return parser_.token().on_new_line &&
               std::find(words.begin(), words.end(), parser_.words(parser_.token())) != words.end();
    }

    bool goes_on() const {
        return parser_.is("else") || parser_.is("catch") || parser_.is("finally") ||
               parser_.is("while") || parser_.token().kind == TokenKind::symbol;
    }

    void skip_statement(std::size_t begin) {
        bool is_first = true;
        while (parser_.token().kind != TokenKind::end && (is_first || !begins_statement())) {
            is_first = false;
            if (parser_.take(";")) break;
            if (parser_.is("(") || parser_.is("[")) {
                parser_.skip_balanced();
            } else if (parser_.is("{")) {
                parser_.skip_balanced();
                if (parser_.token().on_new_line && !goes_on()) break;
            } else {
                parser_.advance();
            }
        }
        script_.skipped.push_back({file_, static_cast<std::uint32_t>(begin),
                                   static_cast<std::uint32_t>(parser_.last_end())});
    }

    /// A block, or the one statement that stands for it. What is done in it is done under the
    /// conditions around it.
    void body() {
        constexpr int deepest_body = 50;
        if (++depth_ > deepest_body) {
            parser_.skip_balanced();
        } else if (parser_.take("{")) {
            block();
        } else {
            statement();
        }
        --depth_;
    }

    void block() {
        while (!parser_.is("}") && parser_.token().kind != TokenKind::end) {
            auto const before = parser_.token().begin;
            statement();
            if (parser_.token().begin == before) parser_.advance();
        }
        parser_.take("}");
    }

    void if_statement() {
        if (!parser_.take("(")) {
            return skip_statement(parser_.token().begin);
        }
        auto const question = parser_.expression();
        while (!parser_.is(")") && parser_.token().kind != TokenKind::end) parser_.advance();
        parser_.take(")");
        conditions_.push_back({question, true});
        body();
        if (parser_.take("else")) {
            conditions_.back().answer = false;
            body();
        }
        conditions_.pop_back();
    }

    /// `catch (e) { … } finally { … }`.
    void skip_handlers() {
        while (parser_.is("catch") || parser_.is("finally")) {
            parser_.advance();
            while (parser_.is("(") || parser_.is("{")) parser_.skip_balanced();
        }
    }

    std::string take_word() { return config_script::take_word(parser_); }

    /// `{ join, env as environment }`: name and local name.
    std::vector<std::pair<std::string, std::string>> take_names(std::string_view renaming) {
        std::vector<std::pair<std::string, std::string>> names{};
        while (!parser_.is("}") && parser_.token().kind != TokenKind::end) {
            if (parser_.is("type")) {
                auto const behind = next_token(source_, parser_.token().end);
                if (behind.kind == TokenKind::word) parser_.advance();
            }
            auto const name = take_word();
            names.emplace_back(name, parser_.take(renaming) ? take_word() : name);
            if (parser_.take("=")) parser_.expression();
            if (!parser_.take(",")) break;
        }
        parser_.take("}");
        return names;
    }

    void import_statement(std::size_t begin) {
        auto const behind = next_token(source_, parser_.token().end);
        if (behind.kind == TokenKind::symbol && source_[behind.begin] != '{' &&
            source_[behind.begin] != '*') {
            return call_or_assignment(begin);  // import.meta…, import(…)
        }
        parser_.advance();
        if (parser_.token().kind == TokenKind::text) {
            script_.bare_imports.push_back(take_word());
            return;
        }
        parser_.take("type");
        std::vector<std::pair<std::string, std::string>> names{};
        while (!parser_.is("from") && !parser_.is("=") && parser_.token().kind != TokenKind::end &&
               !parser_.is(";")) {
            if (parser_.take("{")) {
                for (auto& name : take_names("as")) names.push_back(std::move(name));
            } else if (parser_.take("*")) {
                parser_.take("as");
                names.emplace_back("*", take_word());
            } else if (!parser_.take(",")) {
                names.emplace_back("default", take_word());
            }
        }
        if (parser_.take("=")) {  // import path = require("path")
            auto value = parser_.expression();
            if (!names.empty()) script_.definitions[names.front().second] = std::move(value);
            return;
        }
        parser_.take("from");
        auto const module = take_word();
        for (auto const& [name, local] : names) script_.imports[local] = {module, name};
    }

    void export_statement() {
        auto const begin = parser_.token().begin;
        parser_.advance();
        if (parser_.take("default")) {
            script_.exported = parser_.expression();
        } else if (parser_.take("=")) {
            script_.exported = parser_.expression();
        } else if (parser_.is("const") || parser_.is("let") || parser_.is("var")) {
            definition();
        } else if (parser_.take("{")) {
            for (auto const& [name, outer] : take_names("as")) {
                if (outer == "default") script_.exported = word(name, begin);
            }
        } else {
            skip_statement(begin);
        }
    }

    Node word(std::string const& name, std::size_t begin) const {
        return std::make_shared<Expression const>(
            Expression{.kind = ExpressionKind::word,
                       .span = {file_, static_cast<std::uint32_t>(begin),
                                static_cast<std::uint32_t>(parser_.last_end())},
                       .text = name});
    }

    void definition() {
        parser_.advance();
        do {
            if (parser_.take("{")) {
                destructuring();
                continue;
            }
            auto const begin = parser_.token().begin;
            auto const name = take_word();
            parser_.take("!");
            parser_.skip_annotation();
            auto value = parser_.take("=") ? parser_.expression() : Node{};
            if (!value) value = word("undefined", begin);
            if (!is_statement_end()) {
                value = std::make_shared<Expression const>(
                    Expression{.kind = ExpressionKind::unknown,
                               .span = {file_, static_cast<std::uint32_t>(begin),
                                        static_cast<std::uint32_t>(parser_.last_end())},
                               .text = "this expression"});
            }
            script_.definitions[name] = std::move(value);
        } while (parser_.take(","));
        if (!is_statement_end()) skip_statement(parser_.token().begin);
    }

    void destructuring() {
        for (auto& [name, value] : read_destructuring(file_, parser_)) {
            script_.definitions[name] = std::move(value);
        }
    }

    bool is_statement_end() const {
        return parser_.is(";") || parser_.is(",") || parser_.is("}") ||
               parser_.token().on_new_line || parser_.token().kind == TokenKind::end;
    }

    static bool is_module_exports(Expression const& target) {
        auto const is_member = target.kind == ExpressionKind::member &&
                               target.operands.front()->kind == ExpressionKind::word;
        return is_member &&
               ((target.text == "exports" && target.operands.front()->text == "module") ||
                (target.text == "default" && target.operands.front()->text == "exports"));
    }

    void call_or_assignment(std::size_t begin) {
        auto target = parser_.expression();
        for (auto const* const operation : {"=", "?\?=", "||="}) {
            if (!parser_.take(operation)) continue;
            auto value = parser_.expression();
            if (is_module_exports(*target)) {
                script_.exported = std::move(value);
            } else {
                script_.assignments.push_back(
                    {std::move(target), operation, std::move(value), conditions_});
            }
            return;
        }
        if (!is_statement_end()) {
            skip_statement(begin);
        } else {
            script_.calls.push_back({std::move(target), conditions_});
        }
    }

    /// What is assigned to in statements that are not understood has no certain value.
    void forget_changed_definitions() {
        for (auto& [name, value] : script_.definitions) {
            auto const is_changed = std::any_of(
                script_.skipped.begin(), script_.skipped.end(), [&, &name = name](Span skipped) {
                    auto const text = source_.substr(skipped.begin, skipped.end - skipped.begin);
                    return is_assigned_in(text, name);
                });
            if (is_changed) {
                value = std::make_shared<Expression const>(Expression{
                    .span = value->span, .text = "a variable that is set more than once"});
            }
        }
    }

    /// `name = …` or `name.member = …`.
    static bool is_assigned_in(std::string_view text, std::string_view name) {
        for (auto at = text.find(name); at != std::string_view::npos;
             at = text.find(name, at + 1)) {
            auto token = next_token(text, at);
            auto const before = text.substr(0, text.find_last_not_of(" \t\n", at - 1) + 1);
            auto const is_own =
                before.ends_with("const") || before.ends_with("let") || before.ends_with("var");
            if (text.substr(token.begin, token.end - token.begin) != name || at == 0 || is_own) {
                continue;
            }
            do {
                token = next_token(text, token.end);
            } while (token.kind == TokenKind::word ||
                     (token.kind == TokenKind::symbol && text[token.begin] == '.'));
            if (text.substr(token.begin, token.end - token.begin) == "=") return true;
        }
        return false;
    }

    FileId file_{};
    std::string_view source_{};
    ExpressionParser parser_;
    ConfigScript script_{};
    std::vector<Condition> conditions_{};
    int depth_{};
};

}  // namespace

ConfigScript parse_config_script(FileId file, SourceMap const& sources) {
    auto const source = sources.text(file);
    constexpr std::size_t largest =
        256 * 1024;  // nobody writes so much; reading it would take long
    if (source.size() > largest) return {};
    auto const begin = source.size() - without_byte_order_mark(source).size();
    return StatementReader(file, source, begin).read();
}

}  // namespace cm::engine::config_script

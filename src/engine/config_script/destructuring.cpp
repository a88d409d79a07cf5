// See destructuring.hpp.
#include "engine/config_script/destructuring.hpp"

namespace cm::engine::config_script {
namespace {

/// A name of a pattern: what it stands for is known once all of the pattern is read.
struct Part {
    std::vector<std::string> path{};  ///< `env`, `DATABASE_URL`
    std::string local{};
    Node otherwise{};  ///< the default, if there is one
    Span span{};
};

class PatternReader {
  public:
    PatternReader(FileId file, ExpressionParser& parser) : file_(file), parser_(parser) {}

    /// `A, B: b = "x", C: { D } }`.
    void read(std::vector<std::string> const& outer, int depth) {
        while (!parser_.is("}") && parser_.token().kind != TokenKind::end) {
            if (parser_.take("...")) {
                take_word(parser_);
            } else {
                part(outer, depth);
            }
            if (!parser_.take(",")) break;
        }
        parser_.take("}");
    }

    std::vector<Part> take() { return std::move(parts_); }

  private:
    void part(std::vector<std::string> const& outer, int depth) {
        constexpr int deepest = 20;
        auto const begin = parser_.token().begin;
        auto path = outer;
        path.push_back(take_word(parser_));
        auto const is_renamed = parser_.take(":");
        if (is_renamed && parser_.is("{") && depth < deepest) {
            parser_.advance();
            read(path, depth + 1);
            if (parser_.take("=")) parser_.expression();
            return;
        }
        if (is_renamed && (parser_.is("{") || parser_.is("["))) {
            parser_.skip_balanced();
            return;
        }
        auto local = is_renamed ? take_word(parser_) : path.back();
        auto otherwise = parser_.take("=") ? parser_.expression() : Node{};
        parts_.push_back({std::move(path),
                          std::move(local),
                          std::move(otherwise),
                          {file_, static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(parser_.last_end())}});
    }

    FileId file_{};
    ExpressionParser& parser_;
    std::vector<Part> parts_{};
};

Node make(ExpressionKind kind, Span span, std::string text, std::vector<Node> operands) {
    return std::make_shared<Expression const>(Expression{
        .kind = kind, .span = span, .text = std::move(text), .operands = std::move(operands)});
}

}  // namespace

std::string take_word(ExpressionParser& parser) {
    std::string word(parser.words(parser.token()));
    if (parser.token().kind == TokenKind::text && word.size() > 1) {
        word = unescaped(std::string_view(word).substr(1, word.size() - 2));
    }
    parser.advance();
    return word;
}

std::vector<std::pair<std::string, Node>> read_destructuring(FileId file,
                                                             ExpressionParser& parser) {
    PatternReader reader(file, parser);
    reader.read({}, 0);
    parser.skip_annotation();
    if (!parser.take("=")) {
        return {};
    }
    auto const value = parser.expression();
    std::vector<std::pair<std::string, Node>> found{};
    for (auto& part : reader.take()) {
        auto const span = part.otherwise ? part.span : value->span;
        auto node = value;
        for (auto const& name : part.path) {
            node = make(ExpressionKind::member, span, name, {std::move(node)});
        }
        if (part.otherwise) {
            node = make(ExpressionKind::binary, span, "??",
                        {std::move(node), std::move(part.otherwise)});
        }
        found.emplace_back(part.local, std::move(node));
    }
    return found;
}

}  // namespace cm::engine::config_script

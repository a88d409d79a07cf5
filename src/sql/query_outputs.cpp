// See query_outputs.hpp. By tokens, as sql/renamed_names.
#include "sql/query_outputs.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "sql/token.hpp"
#include "sql/type.hpp"

namespace cm::sql {
namespace {

struct OutputToken {
    TokenKind kind{};
    std::string_view text{};
    int depth{};  ///< of brackets around it
};

std::vector<OutputToken> with_depths(std::string_view text) {
    std::vector<OutputToken> tokens{};
    int depth = 0;
    for (auto token = next_token(text, 0); token.kind != TokenKind::end;
         token = next_token(text, token.end)) {
        auto const words = text.substr(token.begin, token.end - token.begin);
        if (words == ")" || words == "]") --depth;
        tokens.push_back({token.kind, words, depth});
        if (words == "(" || words == "[") ++depth;
    }
    return tokens;
}

/// One column of the list: its tokens, from the first that is no blank to the last.
struct Output {
    std::size_t begin{}, end{};
};

bool ends_outputs(OutputToken const& token) {
    constexpr std::array<std::string_view, 12> words{"FROM",   "WHERE", "GROUP",  "HAVING",
                                                     "WINDOW", "UNION", "EXCEPT", "INTERSECT",
                                                     "ORDER",  "LIMIT", "OFFSET", "FETCH"};
    return token.depth == 0 && token.kind == TokenKind::word &&
           std::find(words.begin(), words.end(), token.text) != words.end();
}

std::size_t next_solid(std::vector<OutputToken> const& tokens, std::size_t i) {
    while (i < tokens.size() && tokens[i].kind == TokenKind::blank) ++i;
    return i;
}

/// Behind SELECT, DISTINCT and what it is about.
std::size_t first_output(std::vector<OutputToken> const& tokens) {
    auto const select = std::find_if(tokens.begin(), tokens.end(), [](OutputToken const& token) {
        return token.depth == 0 && token.text == "SELECT";
    });
    if (select == tokens.end()) return tokens.size();
    auto i = next_solid(tokens, static_cast<std::size_t>(select - tokens.begin()) + 1);
    if (i >= tokens.size() || tokens[i].text != "DISTINCT") return i;
    i = next_solid(tokens, i + 1);
    if (i >= tokens.size() || tokens[i].text != "ON") return i;
    while (i < tokens.size() && !(tokens[i].depth == 0 && tokens[i].text == ")")) ++i;
    return next_solid(tokens, i + 1);
}

std::vector<Output> outputs_of(std::vector<OutputToken> const& tokens) {
    std::vector<Output> outputs{};
    Output output{first_output(tokens), 0};
    for (auto i = output.begin; i < tokens.size(); ++i) {
        auto const& token = tokens[i];
        if (ends_outputs(token)) break;
        if (token.depth == 0 && token.text == ",") {
            outputs.push_back(output);
            output.begin = next_solid(tokens, i + 1);
        } else if (token.kind != TokenKind::blank) {
            output.end = i + 1;
        }
    }
    if (output.end > output.begin) outputs.push_back(output);
    return outputs;
}

bool is_name_token(OutputToken const& token) {
    return token.kind == TokenKind::word || token.kind == TokenKind::name;
}

std::string name_of_token(OutputToken const& token) {
    return name_of(token.text, next_token(token.text, 0));
}

/// Without `AS name`.
std::size_t end_of_expression(std::vector<OutputToken> const& tokens, Output const& output) {
    for (auto i = output.begin; i < output.end; ++i) {
        if (tokens[i].depth == 0 && tokens[i].text == "AS") {
            while (i > output.begin && tokens[i - 1].kind == TokenKind::blank) --i;
            return i;
        }
    }
    return output.end;
}

/// The name of the column that the expression is; none if it is another.
std::optional<std::string> column_named(std::vector<OutputToken> const& tokens, std::size_t begin,
                                        std::size_t end) {
    for (auto i = begin; i < end; ++i) {
        auto const is_dot = (i - begin) % 2 == 1;
        if (is_dot ? tokens[i].text != "." : !is_name_token(tokens[i])) return {};
    }
    return name_of_token(tokens[end - 1]);
}

}  // namespace

std::string with_output_names(std::string_view query, std::vector<std::string> const& names) {
    auto const tokens = with_depths(query);
    auto const outputs = outputs_of(tokens);
    if (outputs.size() != names.size()) return std::string{query};
    std::string result{};
    std::size_t at = 0;
    auto const write_to = [&](std::size_t end) {
        for (; at < end; ++at) result += tokens[at].text;
    };
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        auto const end = end_of_expression(tokens, outputs[i]);
        write_to(end);
        if (column_named(tokens, outputs[i].begin, end) != names[i])
            result += " AS " + bare_name(names[i]);
        at = outputs[i].end;
    }
    write_to(tokens.size());
    return result;
}

}  // namespace cm::sql

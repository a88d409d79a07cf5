// A configuration file in JavaScript or TypeScript as a tree: what it imports, defines, calls and
// exports. Whatever is beyond that stands as an expression that is not understood.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/source.hpp"

namespace cm::engine::config_script {

struct Expression;
using Node = std::shared_ptr<Expression const>;

enum class ExpressionKind {
    text,           ///< `text`
    template_text,  ///< `pieces`, between them `operands`
    number,         ///< `text`
    word,           ///< an identifier or `true`, `null` …: `text`
    member,         ///< operands[0] . text
    element,        ///< operands[0] [ operands[1] ]
    call,           ///< operands[0] ( operands[1], … )
    construction,   ///< new operands[0] ( operands[1], … )
    object,         ///< `properties`
    array,          ///< operands
    unary,          ///< text operands[0]
    binary,         ///< operands[0] text operands[1]
    conditional,    ///< operands[0] ? operands[1] : operands[2]
    spread,         ///< … operands[0]
    unknown,        ///< `text` says what it is: "a function"
};

struct Property {
    std::string name{};  ///< empty: `value` is spread
    Span name_span{};
    Node value{};
};

struct Expression {
    ExpressionKind kind = ExpressionKind::unknown;
    Span span{};
    std::string text{};
    std::vector<std::string> pieces{};
    std::vector<Node> operands{};
    std::vector<Property> properties{};
};

struct Import {
    std::string module{};
    std::string name{};  ///< what is imported: `default`, `*` or a name
};

/// What an `if` around a statement asks, and the answer with which it is carried out.
struct Condition {
    Node question{};
    bool answer = true;
};

/// `process.env.NAME = value`, or with `??=`.
struct Assignment {
    Node target{};
    std::string operation{};
    Node value{};
    std::vector<Condition> conditions{};
};

/// A statement that only calls something.
struct Call {
    Node expression{};
    std::vector<Condition> conditions{};
};

struct ConfigScript {
    std::map<std::string, Import> imports{};  ///< by the local name
    std::map<std::string, Node> definitions{};
    std::vector<std::string> bare_imports{};  ///< `import "dotenv/config"`
    std::vector<Call> calls{};
    std::vector<Assignment> assignments{};
    Node exported{};              ///< none if nothing is
    std::vector<Span> skipped{};  ///< statements that are not understood
};

/// Reads any text; never fails.
ConfigScript parse_config_script(FileId file, SourceMap const& sources);

}  // namespace cm::engine::config_script

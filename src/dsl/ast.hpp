// The syntax tree of schema.prisma: plain structs with spans, no methods and no meaning. It is
// generic: which blocks, attributes and arguments exist is decided by attributes.hpp and
// resolve.hpp. Its words are views into the files' text, which has to outlive it.
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/boxed.hpp"
#include "base/rename_comment.hpp"
#include "base/source.hpp"

namespace cm::dsl {

struct Identifier {
    std::string_view text{};
    Span span{};
};

struct Value;

/// `name: value` or `value`.
struct Argument {
    std::optional<Identifier> name{};
    // A vector because Value is incomplete here, and without `{}` because clang would complete it
    // at once.
    std::vector<Value> value;  ///< exactly one, or none after an error
    Span span{};
};

struct StringValue {
    std::string_view text{};  ///< unescaped
};

struct NumberValue {
    std::string_view text{};  ///< as written
};

/// An identifier where a value is expected: `true`, `Cascade`, `ADMIN`, `db.Text`.
struct NameValue {
    std::string_view text{};
};

struct CallValue {
    Identifier name{};
    std::vector<Argument> arguments{};
};

struct ListValue {
    std::vector<Value> items;  // no `{}`, as in Argument
};

/// `{ key: value }`, as the `where` of partial indexes takes it.
struct ObjectValue {
    std::vector<Argument> members{};
};

struct Value {
    std::variant<StringValue, NumberValue, NameValue, CallValue, ListValue, ObjectValue> value{};
    Span span{};
};

/// `@name(arguments)` or `@@name(arguments)`; the name holds its dots: `db.VarChar`.
struct Attribute {
    Identifier name{};
    std::vector<Argument> arguments{};
    bool has_parentheses{};
    Span span{};  ///< from the first `@` to the end
};

enum class Arity { required, optional, list };

/// `Int?`, `Post[]`, `Unsupported("circle")`.
struct TypeReference {
    Identifier name{};
    Arity arity = Arity::required;
    Boxed<Value> argument{};  ///< the text of Unsupported(…)
    Span span{};
};

/// `// @renamed from old, older`: what an object was called in the database, the last name first.
struct FormerNames {
    std::vector<FormerName> names{};
    Span span{};  ///< of the comment
};

/// A line of a model, view or composite type: `name Type? @attribute(…)`.
struct FieldDeclaration {
    Identifier name{};
    TypeReference type{};
    std::vector<Attribute> attributes{};
    Span span{};
    Boxed<FormerNames> former_names{};
};

/// A line `key = value` of a datasource or generator.
struct Property {
    Identifier name{};
    std::optional<Value> value{};
    Span span{};
};

/// A line of an enum.
struct EnumValue {
    Identifier name{};
    std::vector<Attribute> attributes{};
    Span span{};
    Boxed<FormerNames> former_names{};
};

/// `keyword Name { … }`: the members are of one sort, after the keyword.
struct Block {
    Identifier keyword{};
    Identifier name{};
    std::vector<FieldDeclaration> fields{};  ///< model, view, type
    std::vector<EnumValue> values{};         ///< enum
    std::vector<Property> properties{};      ///< datasource, generator
    std::vector<Attribute> attributes{};     ///< `@@…`
    Span span{};
    Boxed<FormerNames> former_names{};
    bool has_errors{};  ///< some of its lines could not be read and are missing
    bool is_open{};     ///< it is not closed: lines of the next block may belong to it
};

/// Words that do not stand in a file as they are meant: with escapes, or with spaces inside.
using OwnTexts = std::deque<std::string>;

/// The blocks of one or more files, in the order of the files and of the text.
struct Document {
    std::vector<Block> blocks{};
    std::shared_ptr<OwnTexts> texts = std::make_shared<OwnTexts>();
};

}  // namespace cm::dsl

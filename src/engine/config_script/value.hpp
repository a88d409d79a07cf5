// What an expression of a configuration file comes to, as far as that can be told without running
// it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.hpp"

namespace cm::engine::config_script {

enum class ValueKind {
    undefined,
    text,
    number,  ///< `text` is its spelling
    boolean,
    object,
    array,
    module,       ///< `text`: "path"
    function,     ///< of a module that is known: `text`: "path.join"
    environment,  ///< process.env
    file_url,     ///< of the path in `text`: import.meta.url
    unknown,
};

struct Value {
    ValueKind kind = ValueKind::undefined;
    std::string text{};      ///< also why it is unknown: "a function"
    Span span{};             ///< of what is unknown
    std::string variable{};  ///< undefined because this variable of the environment is not set
    std::vector<std::pair<std::string, Value>> members{};
    std::vector<Value> items{};

    bool is(ValueKind wanted) const { return kind == wanted; }

    /// Undefined if there is none.
    Value member(std::string_view name) const;
};

Value text_value(std::string text);
Value unknown_value(Span span, std::string what);

/// path.join and path.normalize: `.` and `..` resolved, relative paths stay relative.
std::string join_paths(std::vector<std::string> const& parts);

}  // namespace cm::engine::config_script

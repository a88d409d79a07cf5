// `const { DATABASE_URL: url = "…" } = process.env`: what the names of a pattern stand for.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "engine/config_script/expression_parser.hpp"

namespace cm::engine::config_script {

/// A word, or what a quoted one says.
std::string take_word(ExpressionParser& parser);

/// Reads the pattern behind its opening brace, and the value: names and what each is defined as.
std::vector<std::pair<std::string, Node>> read_destructuring(FileId file, ExpressionParser& parser);

}  // namespace cm::engine::config_script

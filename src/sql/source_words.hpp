// What a statement of a schema stands for by its leading words, where PostgreSQL's parser, as it is
// linked, does not know its syntax yet.
#pragma once
#include <optional>
#include <string_view>

#include "sql/source_statement.hpp"

namespace cm::sql {

struct SourceWords {
    SourcePhase phase{};
    std::optional<QualifiedName> object{};
    bool creates{};
    bool is_optional{};      ///< IF NOT EXISTS
    bool is_materialized{};  ///< a view with rows of its own
};

/// None if such a statement makes or changes no object of a schema.
std::optional<SourceWords> source_words(std::string_view statement);

/// The statement without this word of its head, in upper case.
std::string without_word(std::string_view statement, std::string_view word);

}  // namespace cm::sql

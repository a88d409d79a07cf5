// Where the kinds of object write their SQL: titled statements, with names qualified the same way
// everywhere.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/name.hpp"
#include "sql/type.hpp"

namespace cm::sql {

/// One statement of a migration with the title that stands above it: `-- CreateIndex`. An empty
/// title continues the block of the statement before.
struct WrittenStatement {
    std::string title{};
    std::string text{};  ///< with its semicolon
    bool operator==(WrittenStatement const&) const = default;
};

class Writer {
  public:
    /// Names in `unqualified_schema` are written bare; with "" every name carries its schema
    /// (multi-schema projects).
    explicit Writer(std::string unqualified_schema)
        : unqualified_schema_(std::move(unqualified_schema)) {}

    std::string name(QualifiedName const& name) const;
    /// The name of a user's type: with its schema also where it would mean one of PostgreSQL's own.
    std::string type_name(QualifiedName const& name) const;
    std::string type(Type const& type) const;
    /// `gin_trgm_ops`, with the schema it lies in where that is known and another one.
    std::string operator_class(std::string const& home, std::string const& name) const;
    /// `text` without semicolon. What of it PostgreSQL has printed is stored as it was.
    void statement(std::string_view title, std::string_view text);
    /// Gives the last statement another title: it is part of a larger change.
    void retitle_last(std::string_view title);

    std::vector<WrittenStatement> const& statements() const { return statements_; }

    std::vector<WrittenStatement> take() { return std::exchange(statements_, {}); }

  private:
    std::string unqualified_schema_{};
    std::vector<WrittenStatement> statements_{};
};

}  // namespace cm::sql

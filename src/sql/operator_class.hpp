// Operator classes of indexes as people write them and PostgreSQL keeps them:
// `ext.gist_trgm_ops(siglen = 32)`.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

/// Values as text, whichever way they are written: `32`, `'32'`.
using OperatorClassParameters = std::map<std::string, std::string, std::less<>>;

struct OperatorClass {
    QualifiedName name{};  ///< no schema: wherever it lies
    OperatorClassParameters parameters{};
    bool operator==(OperatorClass const&) const = default;
};

/// None if PostgreSQL's parser finds something else.
std::optional<OperatorClass> parse_operator_class(std::string_view text);

/// `{siglen=32}`, as pg_attribute.attoptions has them.
OperatorClassParameters operator_class_parameters(std::vector<std::string> const& options);

/// `(siglen = 32)`, or nothing.
std::string to_sql(OperatorClassParameters const& parameters);

}  // namespace cm::sql

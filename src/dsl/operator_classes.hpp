// The operator classes that the schema language has words for; all others are written `raw("…")`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cm::dsl {

struct OperatorClass {
    std::string name{};                            ///< `JsonbPathOps`
    std::string database_name{};                   ///< `jsonb_path_ops`
    std::string_view method{};                     ///< the index type: `gin`
    std::vector<std::string_view> native_types{};  ///< of the column; none: any list
};

/// All of them; a name stands once for each index type.
std::vector<OperatorClass> const& operator_classes();

}  // namespace cm::dsl

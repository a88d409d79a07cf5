// See object.hpp.
#include "object/object.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace cm::object {

namespace {

constexpr std::array words{
    std::pair{std::string_view{"schema"}, ObjectKind::namespace_},
    std::pair{std::string_view{"extension"}, ObjectKind::extension},
    std::pair{std::string_view{"type"}, ObjectKind::enum_},
    std::pair{std::string_view{"relation"}, ObjectKind::table},
    std::pair{std::string_view{"index"}, ObjectKind::index},
    std::pair{std::string_view{"foreign key"}, ObjectKind::foreign_key},
    std::pair{std::string_view{"routine"}, ObjectKind::routine},
    std::pair{std::string_view{"constraint"}, ObjectKind::constraint},
    std::pair{std::string_view{"trigger"}, ObjectKind::trigger},
    std::pair{std::string_view{"rule"}, ObjectKind::rule},
    std::pair{std::string_view{"policy"}, ObjectKind::policy},
    std::pair{std::string_view{"statistics"}, ObjectKind::statistics},
    std::pair{std::string_view{"collation"}, ObjectKind::collation},
    std::pair{std::string_view{"event trigger"}, ObjectKind::event_trigger},
    std::pair{std::string_view{"publication"}, ObjectKind::publication},
    std::pair{std::string_view{"cast"}, ObjectKind::cast},
    std::pair{std::string_view{"operator"}, ObjectKind::operator_},
    std::pair{std::string_view{"operator class"}, ObjectKind::operator_class},
    std::pair{std::string_view{"operator family"}, ObjectKind::operator_family},
    std::pair{std::string_view{"text search configuration"}, ObjectKind::text_search_configuration},
    std::pair{std::string_view{"text search dictionary"}, ObjectKind::text_search_dictionary},
    std::pair{std::string_view{"conversion"}, ObjectKind::conversion},
    std::pair{std::string_view{"foreign-data wrapper"}, ObjectKind::foreign_data_wrapper},
    std::pair{std::string_view{"foreign server"}, ObjectKind::foreign_server}};

}  // namespace

FormerNames lower(dsl::FormerNames const& declaration) {
    FormerNames former{};
    for (auto const& name : declaration.names) former.names.push_back({name.schema, name.name});
    return former;
}

std::optional<ObjectKind> object_kind(std::string_view word) {
    auto const* const found =
        std::find_if(words.begin(), words.end(), [&](auto const& it) { return it.first == word; });
    return found == words.end() ? std::nullopt : std::optional{found->second};
}

std::string_view word_of(ObjectKind kind) {
    auto const* const found =
        std::find_if(words.begin(), words.end(), [&](auto const& it) { return it.second == kind; });
    return found == words.end() ? std::string_view{} : found->first;
}

std::string key_columns(std::vector<std::string> columns) {
    std::sort(columns.begin(), columns.end());
    // Separated by a byte that no identifier can contain.
    return fmt::format("{}", fmt::join(columns, std::string_view{"\0", 1}));
}

}  // namespace cm::object

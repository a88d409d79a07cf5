// See value.hpp.
#include "engine/config_script/value.hpp"

#include <filesystem>

namespace cm::engine::config_script {

Value Value::member(std::string_view name) const {
    for (auto entry = members.rbegin(); entry != members.rend(); ++entry) {
        if (entry->first == name) return entry->second;
    }
    return {};
}

Value text_value(std::string text) {
    return {.kind = ValueKind::text, .text = std::move(text)};
}

Value unknown_value(Span span, std::string what) {
    return {.kind = ValueKind::unknown, .text = std::move(what), .span = span};
}

std::string join_paths(std::vector<std::string> const& parts) {
    std::string joined{};
    for (auto const& part : parts) {
        if (part.empty()) continue;
        joined += (joined.empty() ? "" : "/") + part;
    }
    auto normal = std::filesystem::path(joined).lexically_normal().string();
    return normal.empty() ? "." : normal;
}

}  // namespace cm::engine::config_script

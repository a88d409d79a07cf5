// Reading the `options` section.
#include "support/naming_options.hpp"

#include <stdexcept>

namespace cm::test {

dsl::Naming read_naming(CaseFile const& file) {
    dsl::Naming naming{};
    if (!file.has("options")) return naming;
    std::string_view text = file.text("options");
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        if (line == "naming: snake_case") {
            naming.style = dsl::NamingStyle::snake_case;
        } else if (line == "foreignKeyIndexes: true") {
            naming.foreign_key_indexes = true;
        } else if (!line.empty()) {
            throw std::runtime_error("options: `" + std::string(line) + "` is not understood");
        }
    }
    return naming;
}

}  // namespace cm::test

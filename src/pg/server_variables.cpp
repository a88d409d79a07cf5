// See server_variables.hpp.
#include "pg/server_variables.hpp"

#include <cstdlib>

extern char** environ;

namespace cm::pg {

bool is_libpq_variable(std::string_view name) {
    return name.starts_with("PG");
}

LibpqVariablesHidden::LibpqVariablesHidden() {
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string_view const text{*entry};
        auto const equals = text.find('=');
        if (is_libpq_variable(text) && equals != std::string_view::npos) {
            hidden_.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    for (auto const& variable : hidden_) {
        ::unsetenv(variable.first.c_str());
    }
}

LibpqVariablesHidden::~LibpqVariablesHidden() {
    for (auto const& [name, value] : hidden_) {
        ::setenv(name.c_str(), value.c_str(), 1);
    }
}

std::unique_ptr<LibpqVariablesHidden> hide_libpq_variables_for(Url const& url) {
    return url.is_private ? std::make_unique<LibpqVariablesHidden>() : nullptr;
}

}  // namespace cm::pg

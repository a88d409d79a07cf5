// The man pages, made from the table of commands and from the description of cm-migrate.json.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "command/description.hpp"

namespace cm::command {

struct ManualPage {
    std::string file{};  ///< `cm-migrate-dev.1`
    std::string text{};  ///< man(7)
};

/// `cm-migrate.1`, one page a command, and `cm-migrate.json.5` from the JSON Schema of the
/// settings.
std::vector<ManualPage> manual_pages(ProgramDescription const& program, std::string_view settings);

}  // namespace cm::command

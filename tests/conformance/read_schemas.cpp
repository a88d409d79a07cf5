// Our side of the conformance test: a schema per line of the input (a JSON string), a verdict per
// line of the output.
#include <iostream>
#include <nlohmann/json.hpp>

#include "dsl/dsl.hpp"

namespace {

/// Accepted or not; of the first error in the text: its line, code and message.
nlohmann::json verdict(std::string text) {
    cm::SourceMap sources{};
    auto const file = sources.add("schema.prisma", std::move(text));
    cm::Diagnostics diagnostics{};
    cm::dsl::read(sources, {file}, {}, diagnostics);
    diagnostics.sort();
    for (auto const& diagnostic : diagnostics.all()) {
        if (diagnostic.severity != cm::Severity::error) continue;
        auto const line =
            diagnostic.primary ? sources.position(file, diagnostic.primary->span.begin).line : 0;
        return {{"accepted", false},
                {"line", line},
                {"code", diagnostic.code},
                {"message", diagnostic.message}};
    }
    return {{"accepted", true}};
}

}  // namespace

int main() {
    for (std::string line{}; std::getline(std::cin, line);) {
        auto const text = nlohmann::json::parse(line).get<std::string>();
        std::cout << verdict(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                  << std::endl;
    }
}

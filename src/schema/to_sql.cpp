// See to_sql.hpp.
#include "schema/to_sql.hpp"

#include <algorithm>

#include "schema/enum_rebuild.hpp"
#include "schema/hazards.hpp"
#include "schema/join_sides.hpp"
#include "schema/renames.hpp"

namespace cm::schema {

Script to_sql(Steps const& plan, std::string const& unqualified_schema) {
    Script script{};
    sql::Writer writer{unqualified_schema};
    auto hazards = hazards_of(plan);
    for (std::size_t i = 0; i < plan.size(); ++i) {
        std::visit([&](auto const& step) { to_sql(step, writer); }, plan[i]);
        auto const first = script.size();
        for (auto& written : writer.take()) {
            script.push_back({std::move(written), {}});
        }
        if (first < script.size()) {
            script[first].hazards = std::move(hazards[i]);
        }
    }
    return script;
}

namespace {

/// A comment ends with its line, and names may hold line ends.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

}  // namespace

std::string render(Script const& script) {
    std::string text{};
    for (auto const& statement : script) {
        if (!statement.written.title.empty()) {
            text += (text.empty() ? "-- " : "\n-- ") + statement.written.title + "\n";
        }
        std::string_view last{};
        for (auto const& hazard : statement.hazards) {
            // One message may have a question to the server for each column.
            if (hazard.message != last) {
                text += "-- Warning: " + one_line(hazard.message) + "\n";
            }
            last = hazard.message;
        }
        text += statement.written.text + "\n";
    }
    return text;
}

}  // namespace cm::schema

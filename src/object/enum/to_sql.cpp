// Enum types as SQL, and what can go wrong.
#include <fmt/ranges.h>

#include <algorithm>

#include "object/enum/enum.hpp"

namespace cm::object {
namespace {

/// Where a new value stands: behind its predecessor in the file, or before the first old value. At
/// the end nothing need be said.
std::string place(Enum const& from, Enum const& to, std::string const& value) {
    auto const is_old = [&](std::string const& v) {
        return std::find(from.values.begin(), from.values.end(), v) != from.values.end();
    };
    auto const here = std::find(to.values.begin(), to.values.end(), value);
    auto const next_old = std::find_if(here, to.values.end(), is_old);
    if (next_old == to.values.end()) {
        return {};
    }
    return " BEFORE " + sql::quote_literal(*next_old);
}

}  // namespace

void to_sql(Create<Enum> const& step, sql::Writer& out) {
    std::vector<std::string> values{};
    for (auto const& value : step.object.values) {
        values.push_back(sql::quote_literal(value));
    }
    out.statement("CreateEnum",
                  fmt::format("CREATE TYPE {} AS ENUM ({})", out.type_name(step.object.name),
                              fmt::join(values, ", ")));
}

void to_sql(Alter<Enum> const& step, sql::Writer& out) {
    std::string title = "AlterEnum";
    for (auto const& value : added_values(step.from, step.to)) {
        out.statement(title,
                      fmt::format("ALTER TYPE {} ADD VALUE {}{}", out.type_name(step.to.name),
                                  sql::quote_literal(value), place(step.from, step.to, value)));
        title.clear();
    }
}

void to_sql(Drop<Enum> const& step, sql::Writer& out) {
    out.statement("DropEnum", fmt::format("DROP TYPE {}", out.type_name(step.object.name)));
}

void hazards(Create<Enum> const& /*step*/, Hazards& /*out*/) {}

void hazards(Alter<Enum> const& step, Hazards& out) {
    auto const removed = removed_values(step.from, step.to);
    if (removed.empty()) {
        return;
    }
    out.push_back({.kind = HazardKind::may_fail,
                   .code = "CM0685",
                   .message = fmt::format("the values [{}] are removed from the enum `{}`: this "
                                          "fails if a row still has one of them",
                                          fmt::join(removed, ", "), step.to.name.name),
                   .help = "first give those rows another value",
                   .origin = step.to.origin,
                   .probe = {}});
}

void hazards(Drop<Enum> const& /*step*/, Hazards& /*out*/) {
}  // its columns are gone or retyped: their hazards speak

}  // namespace cm::object

// See printer.hpp.
#include "schema/printer.hpp"

#include <fmt/format.h>

namespace cm::schema {

namespace {

std::string indented(std::string_view text) {
    std::string lines = "  ";
    for (auto const c : text) lines += c == '\n' ? std::string("\n  ") : std::string(1, c);
    return lines + "\n";
}

template <class T>
std::string print(T const& object) {
    auto text = fmt::format("{} {}\n", title_of(object), display_name(object));
    sql::Writer writer{""};
    to_sql(object::Create<T>{object}, writer);
    for (auto const& statement : writer.statements()) text += indented(statement.text);
    return text;
}

}  // namespace

std::string print(Schema const& schema) {
    std::string text{};
    for_each_kind([&](auto member) {
        for (auto const& [key, object] : schema.*member) text += print(object);
    });
    return text;
}

}  // namespace cm::schema

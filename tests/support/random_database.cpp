// See random_database.hpp. Names, and the order in which things are made.
#include "support/random_database.hpp"

#include <fmt/format.h>

#include <array>

namespace cm::test {

namespace random_database {

namespace {

std::string quoted(std::string const& name) {
    std::string result = "\"";
    for (auto const letter : name) {
        if (letter == '"') result += '"';
        result += letter;
    }
    return result + '"';
}

/// As long as a name can be.
std::string padded(std::string name) {
    name.resize(63, 'x');
    return name;
}

void make_schemas(Making& made) {
    made.schemas.emplace_back("public");
    for (auto const* const word : {"app", "other"}) {
        auto const path = fmt::format("schema {}", word);
        if (!made.choices.one_in(path + "/schema is there", 2)) continue;
        auto const schema = name(made, path, word);
        add(made, fmt::format("CREATE SCHEMA {}", schema));
        describe(made, "SCHEMA " + schema);
        grantable(made, "USAGE", "SCHEMA " + schema);
        made.schemas.push_back(schema);
    }
}

}  // namespace

std::string name(Making& made, std::string const& path, std::string const& word) {
    constexpr std::size_t plain_ones = 24;
    switch (made.choices.below(path + "/name", plain_ones + 10)) {
        case 0:
            return quoted("Upper" + word);
        case 1:
            return quoted("a blank " + word);
        case 2:
            return quoted("a \"quoted\" " + word);
        case 3:
            return quoted("it's " + word);
        case 4:
            return quoted("größe_" + word);
        case 5:
            return quoted(padded(word + "_"));
        case 6:
            return quoted("a.dot." + word);
        case 7:
            return quoted("100%_" + word + "$1");
        case 8:
            return quoted("back\\slash, " + word);
        case 9:
            return quoted(padded("ÄÖÜ " + word));
        default:
            return word;
    }
}

std::string placed(Making& made, std::string const& path, std::string const& name) {
    if (made.choices.one_in(path + "/schema", 4)) {
        return made.choices.any(path + "/which schema", made.schemas) + "." + name;
    }
    return "public." + name;
}

std::string nextval(std::string const& sequence) {
    std::string literal{};
    for (auto const letter : sequence) {
        if (letter == '\'') literal += letter;
        literal += letter;
    }
    return fmt::format("nextval('{}'::regclass)", literal);
}

void add(Making& made, std::string statement) {
    made.statements.push_back(std::move(statement));
}

void describe(Making& made, std::string const& what) {
    made.described.push_back(what);
}

void grantable(Making& made, std::string const& privileges, std::string const& on) {
    made.granted.emplace_back(privileges, on);
}

std::vector<std::string> statements(Choices& choices, int version) {
    Making made{.choices = choices, .version = version};
    make_schemas(made);
    make_sequences(made);
    make_routines(made);
    make_types(made);
    make_tables(made);
    make_keys(made);
    make_indexes(made);
    make_views(made);
    make_routines_of_tables(made);
    make_members(made);
    make_attached(made);
    return std::move(made.statements);
}

}  // namespace random_database

}  // namespace cm::test

// See random_database.hpp. Types, and what can be said of their values.
#include <fmt/format.h>

#include <array>

#include "support/random_database.hpp"

namespace cm::test {

namespace random_database {

namespace {

Type const plain_types[] = {
    {"integer", Sort::number, "7"},
    {"bigint", Sort::number, "7"},
    {"smallint", Sort::number, "7"},
    {"text", Sort::text, "'seven'"},
    {"character varying(20)", Sort::text, "'seven'"},
    {"character varying(40)", Sort::text, "'seven'"},
    {"character(6)", Sort::text, "'seven'"},
    {"numeric(10,2)", Sort::number, "7.5"},
    {"numeric", Sort::number, "7.5"},
    {"double precision", Sort::number, "7.5"},
    {"boolean", Sort::flag, "true"},
    {"timestamp with time zone", Sort::moment, "'2020-01-01 12:00+00'"},
    {"timestamp(3) without time zone", Sort::moment, "'2020-01-01 12:00'"},
    {"date", Sort::moment, "'2020-01-01'"},
    {"uuid", Sort::other, "'00000000-0000-0000-0000-000000000007'"},
    {"jsonb", Sort::json, "'{\"a\": 7}'"},
    {"integer[]", Sort::list, "'{7,8}'"},
    {"text[]", Sort::list, "'{seven}'"},
    {"inet", Sort::address, "'10.0.0.7'"},
    {"int4range", Sort::range, "'[7,9)'"},
    {"bytea", Sort::other, "'\\x07'"},
    {"interval", Sort::other, "'7 days'"},
    {"json", Sort::other, "'{\"a\": 7}'", false},
    {"bit varying(8)", Sort::other, "B'101'"},
};

void add_type(Making& made, Type const& type) {
    describe(made, "TYPE " + type.name);
    grantable(made, "USAGE", "TYPE " + type.name);
    made.types.push_back(type);
    made.types.back().is_own = true;
}

Type builtin(Making& made, std::string const& path) {
    return made.choices.any(path + "/builtin type", plain_types);
}

void make_collation(Making& made) {
    if (!made.choices.one_in("collation/collation is there", 2)) return;
    auto const collation = placed(made, "collation", name(made, "collation", "plain_order"));
    constexpr std::array definitions{"LOCALE = 'C'", "LOCALE = 'POSIX'",
                                     "PROVIDER = icu, LOCALE = 'und'",
                                     "PROVIDER = icu, LOCALE = 'de'"};
    add(made, fmt::format("CREATE COLLATION {} ({})", collation,
                          made.choices.any("collation/collation is", definitions)));
    describe(made, "COLLATION " + collation);
    made.collations.push_back(collation);
}

void make_enum(Making& made, std::string const& word) {
    auto const path = "enum " + word;
    if (!made.choices.one_in(path + "/enum is there", 2)) return;
    constexpr std::array values{"'low', 'mid', 'high'", "'low', 'mid', 'high', 'top'",
                                "'none', 'low', 'high'", "'high', 'low', 'it''s \"odd\", \\ and %'",
                                "'low', 'high'"};
    auto const type = placed(made, path, name(made, path, word));
    add(made, fmt::format("CREATE TYPE {} AS ENUM ({})", type,
                          made.choices.any(path + "/values", values)));
    add_type(made, {type, Sort::other, "'low'"});
}

void make_composite(Making& made, std::string const& word) {
    auto const path = "row " + word;
    if (!made.choices.one_in(path + "/row type is there", 2)) return;
    auto const type = placed(made, path, name(made, path, word));
    auto attributes = fmt::format("x integer, y {}",
                                  made.choices.any(path + "/attribute type", plain_types).name);
    if (made.choices.one_in(path + "/attribute is there", 3)) {
        attributes += fmt::format(", {} {}", name(made, path + "/z", "z"),
                                  random_database::type(made, path + "/z").name);
    }
    add(made, fmt::format("CREATE TYPE {} AS ({})", type, attributes));
    add_type(made, {type, Sort::row, "NULL", false});
    describe(made, fmt::format("COLUMN {}.x", type));
}

void make_range(Making& made, std::string const& word) {
    auto const path = "range " + word;
    if (!made.choices.one_in(path + "/range is there", 2)) return;
    auto const type = placed(made, path, name(made, path, word));
    constexpr std::array subtypes{"double precision, SUBTYPE_DIFF = float8mi", "double precision",
                                  "text", "text, COLLATION = \"C\"", "bigint"};
    add(made, fmt::format("CREATE TYPE {} AS RANGE (SUBTYPE = {})", type,
                          made.choices.any(path + "/subtype", subtypes)));
    add_type(made, {type, Sort::range, "'empty'"});
}

void make_domain(Making& made, std::string const& word) {
    auto const path = "domain " + word;
    if (!made.choices.one_in(path + "/domain is there", 2)) return;
    auto& choices = made.choices;
    auto const domain = placed(made, path, name(made, path, word));
    auto base = random_database::type(made, path);
    if (base.sort == Sort::row) base = plain_types[0];
    add(made, fmt::format("CREATE DOMAIN {} AS {}", domain, base.name));
    if (choices.one_in(path + "/default", 4) && base.literal != "NULL")
        add(made, fmt::format("ALTER DOMAIN {} SET DEFAULT {}", domain, base.literal));
    for (auto const* const check : {"one", "two"}) {
        auto const check_path = path + "/" + check;
        if (!choices.one_in(check_path + "/domain check is there", 4)) continue;
        auto const constraint = name(made, check_path, word + "_" + check);
        add(made, fmt::format("ALTER DOMAIN {} ADD CONSTRAINT {} CHECK ({}){}", domain, constraint,
                              condition(made, check_path, {"VALUE", base}),
                              choices.one_in(check_path + "/not valid", 6) ? " NOT VALID" : ""));
        describe(made, fmt::format("CONSTRAINT {} ON DOMAIN {}", constraint, domain));
    }
    if (choices.one_in(path + "/not null", 8))
        add(made, fmt::format("ALTER DOMAIN {} SET NOT NULL", domain));
    describe(made, "DOMAIN " + domain);
    grantable(made, "USAGE", "DOMAIN " + domain);
    // PostgreSQL finds no operator for a domain over an enum.
    if (base.is_own && base.sort == Sort::other) base.is_ordered = false;
    made.types.push_back(base);
    made.types.back().name = domain;
    made.types.back().is_own = true;
}

}  // namespace

Type type(Making& made, std::string const& path) {
    auto result = builtin(made, path);
    if (!made.types.empty() && made.choices.one_in(path + "/own type", 3)) {
        result = made.choices.any(path + "/which type", made.types);
    }
    return result;
}

std::string expression(Making& made, std::string const& path, Column const& column) {
    auto const way = made.choices.below(path + "/expression", 4);
    auto const& c = column.name;
    if (way == 3) return fmt::format("({} IS NULL)", c);
    switch (column.type.sort) {
        case Sort::number:
            if (way == 0 && !made.number_function.empty())
                return fmt::format("{}(({})::integer)", made.number_function, c);
            return way == 1 ? fmt::format("({} + 1)", c) : fmt::format("abs({})", c);
        case Sort::text:
            if (way == 0 && !made.text_function.empty())
                return fmt::format("{}(({})::text)", made.text_function, c);
            return way == 1 ? fmt::format("upper(({})::text)", c)
                            : fmt::format("(({})::text || 'x'::text)", c);
        case Sort::flag:
            return fmt::format("(NOT {})", c);
        case Sort::list:
            return fmt::format("array_length({}, 1)", c);
        case Sort::range:
            return fmt::format("isempty({})", c);
        case Sort::json:
            return fmt::format("({} ->> 'a'::text)", c);
        case Sort::row:
            return fmt::format("(({}).x)", c);
        default:
            return fmt::format("COALESCE({}, {}::{})", c, column.type.literal, column.type.name);
    }
}

Type type_of_expression(Making& made, std::string const& path, Column const& column) {
    auto const way = made.choices.below(path + "/expression", 4);
    if (way == 3) return {"boolean", Sort::flag, "true"};
    switch (column.type.sort) {
        case Sort::number:
            return {"numeric", Sort::number, "7"};
        case Sort::text:
        case Sort::json:
            return {"text", Sort::text, "'seven'"};
        case Sort::list:
        case Sort::row:
            return {"integer", Sort::number, "7"};
        case Sort::flag:
        case Sort::range:
            return {"boolean", Sort::flag, "true"};
        default:
            return column.type;
    }
}

std::string condition(Making& made, std::string const& path, Column const& column,
                      std::string const& prefix) {
    auto const way = made.choices.below(path + "/condition", 4);
    auto const c = prefix + column.name;
    if (way == 0) return fmt::format("{} IS NOT NULL", c);
    if (way == 1 && column.type.sort == Sort::number && !made.number_function.empty())
        return fmt::format("{}({}::integer) > 0", made.number_function, c);
    switch (column.type.sort) {
        case Sort::number:
            return way == 2 ? fmt::format("{} > 0", c) : fmt::format("{} IN (7, 8, 9)", c);
        case Sort::text:
            return way == 2 ? fmt::format("{} <> 'no'", c)
                            : fmt::format("{} IN ('seven', 'eight')", c);
        case Sort::flag:
            return c;
        case Sort::range:
            return fmt::format("NOT isempty({})", c);
        case Sort::list:
            return fmt::format("cardinality({}) > 0", c);
        case Sort::row:
            return fmt::format("({}).x > 0", c);
        default:
            if (!column.type.is_ordered) return fmt::format("{} IS NOT NULL", c);
            return way == 2 ? fmt::format("{} = {}::{}", c, column.type.literal, column.type.name)
                            : fmt::format("{0} IN ({1}::{2}, {1}::{2})", c, column.type.literal,
                                          column.type.name);
    }
}

void make_types(Making& made) {
    make_collation(made);
    for (auto const* const word : {"mood", "level"}) make_enum(made, word);
    for (auto const* const word : {"span"}) make_range(made, word);
    for (auto const* const word : {"amount", "label"}) make_domain(made, word);
    for (auto const* const word : {"pair", "triple"}) make_composite(made, word);
    make_domain(made, "late");
}

void make_sequences(Making& made) {
    for (auto const* const word : {"counter", "ticket"}) {
        std::string const path = std::string{"sequence "} + word;
        auto& choices = made.choices;
        if (!choices.one_in(path + "/sequence is there", 2)) continue;
        auto const sequence = placed(made, path, name(made, path, word));
        constexpr std::array sorts{"bigint", "integer", "smallint"};
        auto text = fmt::format("CREATE SEQUENCE {} AS {}", sequence,
                                choices.any(path + "/sequence type", sorts));
        if (choices.one_in(path + "/increment", 3)) text += " INCREMENT BY 5";
        if (choices.one_in(path + "/min", 4)) text += " MINVALUE 3";
        if (choices.one_in(path + "/max", 4)) text += " MAXVALUE 3000";
        if (choices.one_in(path + "/start", 4)) text += " START WITH 12";
        if (choices.one_in(path + "/cache", 4)) text += " CACHE 9";
        if (choices.one_in(path + "/cycle", 4)) text += " CYCLE";
        add(made, text);
        describe(made, "SEQUENCE " + sequence);
        grantable(made, "USAGE", "SEQUENCE " + sequence);
        made.sequences.push_back(sequence);
    }
}

}  // namespace random_database

}  // namespace cm::test

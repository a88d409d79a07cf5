// See random_database.hpp. Functions, procedures and aggregates: those that tables, checks and
// indexes call come before them, those that read tables after them.
#include <fmt/format.h>

#include <array>

#include "support/random_database.hpp"

namespace cm::test {

namespace random_database {

namespace {

/// What stands before the body.
std::string settings(Making& made, std::string const& path, std::string const& volatility) {
    auto& choices = made.choices;
    auto text = " " + volatility;
    if (choices.one_in(path + "/strict", 4)) text += " STRICT";
    if (choices.one_in(path + "/cost", 6)) text += " COST 7";
    if (choices.one_in(path + "/parallel", 4)) text += " PARALLEL SAFE";
    if (choices.one_in(path + "/definer", 6)) text += " SECURITY DEFINER";
    if (choices.one_in(path + "/setting", 6)) text += " SET search_path TO 'public', 'pg_temp'";
    return text;
}

void describe_routine(Making& made, std::string const& routine, std::string_view word) {
    describe(made, fmt::format("{} {}", word, routine));
    grantable(made, "EXECUTE", fmt::format("{} {}", word, routine));
}

void make_number_function(Making& made) {
    std::string const path = "function number";
    auto& choices = made.choices;
    if (!choices.one_in(path + "/function is there", 2)) return;
    auto const function = placed(made, path, name(made, path, "twice"));
    auto const argument = name(made, path + "/argument", "n");
    std::string const result = choices.one_in(path + "/result type", 3) ? "bigint" : "integer";
    auto const head =
        fmt::format("CREATE FUNCTION {}({} integer) RETURNS {}", function, argument, result);
    std::string body{};
    switch (choices.below(path + "/body", made.version >= 14 ? 4 : 3)) {
        case 0:
            body = fmt::format(" LANGUAGE sql AS 'SELECT ($1 * 2)::{}'", result);
            break;
        case 1:
            body = " LANGUAGE plpgsql AS $body$ BEGIN RETURN $1 * 2; -- it's twice\n END $body$";
            break;
        case 2:
            body = fmt::format(" LANGUAGE sql AS $$SELECT ({0} + {0})::{1}$$", argument, result);
            break;
        default:
            body = fmt::format(" RETURN ({} * 2)::{}", argument, result);
    }
    add(made, head + settings(made, path, "IMMUTABLE") + body);
    made.number_function = function;
    describe_routine(made, function + "(integer)", "FUNCTION");
}

void make_text_function(Making& made) {
    std::string const path = "function text";
    auto& choices = made.choices;
    if (!choices.one_in(path + "/function is there", 2)) return;
    auto const function = placed(made, path, name(made, path, "shown"));
    auto const has_more = choices.one_in(path + "/second argument", 3);
    add(made,
        fmt::format("CREATE FUNCTION {}(t text{}) RETURNS text{} LANGUAGE sql AS 'SELECT t || {}'",
                    function, has_more ? ", more text DEFAULT 'x'::text" : "",
                    settings(made, path, "IMMUTABLE"), has_more ? "more" : "''y''"));
    made.text_function = function;
    describe_routine(made, function + (has_more ? "(text, text)" : "(text)"), "FUNCTION");
}

void make_counting_function(Making& made) {
    std::string const path = "function counting";
    auto& choices = made.choices;
    if (!choices.one_in(path + "/function is there", 2)) return;
    auto const function = placed(made, path, name(made, path, "next_one"));
    std::string body = " LANGUAGE sql AS 'SELECT 7'";
    if (!made.sequences.empty() && made.version >= 14 && choices.one_in(path + "/atomic", 2)) {
        body = fmt::format(" LANGUAGE sql BEGIN ATOMIC SELECT {}::integer; END",
                           nextval(choices.any(path + "/which sequence", made.sequences)));
    }
    add(made, fmt::format("CREATE FUNCTION {}() RETURNS integer{}{}", function,
                          settings(made, path, "VOLATILE"), body));
    made.counting_function = function;
    describe_routine(made, function + "()", "FUNCTION");
}

void make_trigger_function(Making& made) {
    std::string const path = "function trigger";
    auto& choices = made.choices;
    auto const function = placed(made, path, name(made, path, "noted"));
    constexpr std::array bodies{"BEGIN RETURN NEW; END",
                                "BEGIN\n  -- \"noted\"\n  RETURN NULL;\nEND"};
    add(made,
        fmt::format("CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql{} AS $${}$$", function,
                    settings(made, path, "VOLATILE"), choices.any(path + "/body", bodies)));
    made.trigger_function = function;
    describe_routine(made, function + "()", "FUNCTION");
}

void make_aggregate(Making& made) {
    std::string const path = "aggregate";
    auto& choices = made.choices;
    if (!choices.one_in(path + "/aggregate is there", 2)) return;
    auto const aggregate = placed(made, path, name(made, path, "total"));
    auto text =
        fmt::format("CREATE AGGREGATE {}(integer) (SFUNC = int4pl, STYPE = integer", aggregate);
    if (choices.one_in(path + "/initial", 2)) text += ", INITCOND = '0'";
    if (choices.one_in(path + "/final", 2) && !made.number_function.empty())
        text += ", FINALFUNC = " + made.number_function;
    if (choices.one_in(path + "/parallel", 3)) text += ", PARALLEL = SAFE";
    add(made, text + ")");
    made.aggregate = aggregate;
    describe_routine(made, aggregate + "(integer)", "FUNCTION");
}

/// Of a type that the database has made.
void make_function_of_type(Making& made) {
    std::string const path = "function type";
    auto& choices = made.choices;
    if (made.types.empty() || !choices.one_in(path + "/function is there", 2)) return;
    auto const function = placed(made, path, name(made, path, "same"));
    auto const type = choices.any(path + "/which type", made.types).name;
    auto const list = choices.one_in(path + "/list", 4) ? "[]" : "";
    add(made, fmt::format("CREATE FUNCTION {}(x {}{}) RETURNS {}{} LANGUAGE sql AS 'SELECT $1'",
                          function, type, list, type, list));
    describe_routine(made, fmt::format("{}({}{})", function, type, list), "FUNCTION");
}

void make_procedure(Making& made) {
    std::string const path = "procedure";
    auto& choices = made.choices;
    if (!choices.one_in(path + "/procedure is there", 3)) return;
    auto const procedure = placed(made, path, name(made, path, "work"));
    auto const argument = type(made, path);
    add(made, fmt::format("CREATE PROCEDURE {}(x {}) LANGUAGE plpgsql AS $${}$$", procedure,
                          argument.name,
                          choices.one_in(path + "/body", 2) ? "BEGIN END" : "BEGIN NULL; END"));
    describe_routine(made, fmt::format("{}({})", procedure, argument.name), "PROCEDURE");
}

/// What a function can answer with, of a table or a view.
void make_reading_function(Making& made, std::string const& word) {
    auto const path = "reading " + word;
    auto& choices = made.choices;
    auto relations = made.tables;
    relations.insert(relations.end(), made.views.begin(), made.views.end());
    if (relations.empty() || !choices.one_in(path + "/function is there", 2)) return;
    auto const& relation = choices.any(path + "/which relation", relations);
    auto const& column = choices.any(path + "/which column", relation.columns);
    auto const function = placed(made, path, name(made, path, word));
    auto const is_atomic = made.version >= 14 && choices.one_in(path + "/atomic", 2);
    // What stands in a string is not looked at before it is called, or not by every language.
    auto const body = [&](std::string const& query, std::string_view otherwise,
                          bool may_be_atomic = true) {
        return is_atomic && may_be_atomic
                   ? fmt::format("LANGUAGE sql BEGIN ATOMIC {}; END", query)
                   : fmt::format("LANGUAGE plpgsql AS $${}$$",
                                 fmt::format(fmt::runtime(otherwise), query));
    };
    constexpr std::string_view rows = "BEGIN RETURN QUERY {}; END",
                               value = "BEGIN RETURN ({}); END";
    std::string arguments{}, types{}, text{};
    switch (choices.below(path + "/way", 4)) {
        case 0:
            text = fmt::format(
                "RETURNS SETOF {} {}", relation.name,
                // The order of a table's columns is not that of the target.
                body(fmt::format("SELECT * FROM {}", relation.name), rows, relation.is_view));
            break;
        case 1:
            text = fmt::format(
                "RETURNS bigint {}",
                body(fmt::format("SELECT count({}) FROM {}", column.name, relation.name), value));
            break;
        case 2:
            arguments = "r " + relation.name;
            types = relation.name;
            text = fmt::format("RETURNS boolean {}",
                               body(fmt::format("SELECT (r).{} IS NULL", column.name), value));
            break;
        default:
            text = fmt::format("RETURNS TABLE(a {}, b text) {}", column.type.name,
                               body(fmt::format("SELECT {0}::{1}, 'x'::text FROM {2}", column.name,
                                                column.type.name, relation.name),
                                    rows));
    }
    add(made, fmt::format("CREATE FUNCTION {}({}) {}", function, arguments, text));
    describe_routine(made, fmt::format("{}({})", function, types), "FUNCTION");
}

}  // namespace

void make_routines(Making& made) {
    make_number_function(made);
    make_text_function(made);
    make_counting_function(made);
    make_trigger_function(made);
    make_aggregate(made);
}

void make_routines_of_tables(Making& made) {
    make_function_of_type(made);
    make_procedure(made);
    for (auto const* const word : {"read_one", "read_two", "read_three"})
        make_reading_function(made, word);
}

}  // namespace random_database

}  // namespace cm::test

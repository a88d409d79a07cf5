// See random_database.hpp. Views and materialized views, on tables and on each other.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "support/random_database.hpp"

namespace cm::test {

namespace random_database {

namespace {

std::vector<Relation> readable(Making const& made) {
    auto relations = made.tables;
    relations.insert(relations.end(), made.views.begin(), made.views.end());
    return relations;
}

/// What a view shows of a relation; a column may be an expression under another name.
std::vector<std::string> outputs(Making& made, Relation& view, Relation const& source,
                                 std::string const& alias) {
    std::vector<std::string> texts{};
    for (std::size_t i = 0; i < source.columns.size(); ++i) {
        auto const path = fmt::format("{}, {} output {}", view.path, alias, i);
        if (!made.choices.one_in(path + "/output is there", 2)) continue;
        auto column = source.columns[i];
        column.is_inherited = column.is_generated = column.is_required = false;
        auto text = alias + "." + column.name;
        column.is_plain = !source.is_view || column.is_plain;
        auto source_column = column;
        source_column.name = text;
        if (made.choices.one_in(path + "/output is expression", 5)) {
            column.is_plain = false;
            column.type = type_of_expression(made, path, source_column);
            text = fmt::format("({})::{}", expression(made, path, source_column), column.type.name);
        }
        column.name = name(made, path, fmt::format("{}{}", alias, i));
        texts.push_back(fmt::format("{} AS {}", text, column.name));
        view.columns.push_back(column);
    }
    return texts;
}

std::string query(Making& made, Relation& view) {
    auto& choices = made.choices;
    auto const& path = view.path;
    auto const sources = readable(made);
    auto const& source = choices.any(path + "/which source", sources);
    auto texts = outputs(made, view, source, "a");
    std::string from = fmt::format("{} a", source.name);
    auto const shows_column = std::any_of(view.columns.begin(), view.columns.end(),
                                          [](Column const& column) { return column.is_plain; });
    view.is_updatable = shows_column && (!source.is_view || source.is_updatable);
    if (choices.one_in(path + "/joins", 4)) {
        auto const& other = choices.any(path + "/which other", sources);
        auto const more = outputs(made, view, other, "b");
        texts.insert(texts.end(), more.begin(), more.end());
        from += fmt::format(" LEFT JOIN {} b ON true", other.name);
        view.is_updatable = false;
    }
    if (texts.empty()) {
        texts.emplace_back("1 AS one");
        view.columns.push_back({"one", {"integer", Sort::number, "7"}});
    }
    auto text = fmt::format("SELECT {} FROM {}", fmt::join(texts, ", "), from);
    if (choices.one_in(path + "/where", 3)) {
        auto const& column = choices.any(path + "/which condition", source.columns);
        text += " WHERE " + condition(made, path, column, "a.");
    }
    if (choices.one_in(path + "/limit", 10)) {
        text += " LIMIT 7";
        view.is_updatable = false;
    }
    return text;
}

void make_view(Making& made, std::size_t number) {
    auto& choices = made.choices;
    auto const path = fmt::format("view {}", number);
    if (readable(made).empty() || choices.one_in(path + "/view is missing", 3)) return;
    Relation view{.path = path, .tag = fmt::format("v{}", number), .is_view = true};
    view.plain = name(made, path, fmt::format("v{}", number));
    view.name = placed(made, path, view.plain);
    view.is_materialized = choices.one_in(path + "/materialized", 4);
    auto const text = query(made, view);
    if (view.is_materialized) {
        view.is_updatable = false;
        add(made, fmt::format(
                      "CREATE MATERIALIZED VIEW {}{} AS {}", view.name,
                      choices.one_in(path + "/view parameters", 4) ? " WITH (fillfactor = 80)" : "",
                      text));
        make_indexes_of(made, view);
        describe(made, "MATERIALIZED VIEW " + view.name);
    } else {
        std::vector<std::string> options{};
        if (choices.one_in(path + "/barrier", 4)) options.emplace_back("security_barrier = true");
        if (made.version >= 15 && choices.one_in(path + "/invoker", 5))
            options.emplace_back("security_invoker = true");
        if (view.is_updatable && choices.one_in(path + "/check option", 4))
            options.emplace_back("check_option = local");
        add(made,
            fmt::format("CREATE VIEW {}{} AS {}", view.name,
                        options.empty() ? "" : fmt::format(" WITH ({})", fmt::join(options, ", ")),
                        text));
        auto const& column = choices.any(path + "/which default", view.columns);
        if (choices.one_in(path + "/view default", 5))
            add(made, fmt::format("ALTER VIEW {} ALTER COLUMN {} SET DEFAULT {}", view.name,
                                  column.name, column.type.literal));
        describe(made, "VIEW " + view.name);
    }
    describe(made, fmt::format("COLUMN {}.{}", view.name, view.columns.back().name));
    grantable(made, "SELECT", "TABLE " + view.name);
    grantable(made, fmt::format("SELECT ({})", view.columns.front().name), "TABLE " + view.name);
    made.views.push_back(view);
}

}  // namespace

void make_views(Making& made) {
    for (std::size_t i = 0; i < 6; ++i) make_view(made, i);
}

}  // namespace random_database

}  // namespace cm::test

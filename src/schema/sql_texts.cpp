// See sql_texts.hpp.
#include "schema/sql_texts.hpp"

#include "dsl/stage.hpp"
#include "sql/fixed_moment.hpp"
#include "sql/fragment.hpp"

namespace cm::schema {
namespace {

using sql::Fragment;

void warn_of_moment(std::string const& word, Span span, std::string_view where,
                    std::string_view remedy, Diagnostics& diagnostics) {
    diagnostics
        .warning("CM0546", span,
                 "`'{}'` is evaluated once, when the migration runs: {} keeps that time forever",
                 word, where)
        .help("{}", remedy);
}

/// For words that become a moment: any type of a date or a time will do.
std::optional<sql::Type> type_of(dsl::Field const& field) {
    if (auto const* const unsupported = std::get_if<dsl::UnsupportedType>(&field.type)) {
        return sql::parse_type(unsupported->text);
    }
    auto const* const scalar = std::get_if<dsl::ScalarType>(&field.type);
    return scalar != nullptr && *scalar == dsl::ScalarType::date_time ? sql::parse_type("timestamp")
                                                                      : std::nullopt;
}

void check_default(dsl::Field const& field, Diagnostics& diagnostics) {
    if (!field.default_value) return;
    auto const* const function = std::get_if<dsl::DefaultFunction>(&field.default_value->value);
    if (function == nullptr || function->name != "dbgenerated" || function->arguments.empty() ||
        function->arguments.front().empty()) {
        return;
    }
    auto const& text = function->arguments.front();
    auto const reason = sql::fault(Fragment::expression, text);
    if (!reason) {
        auto const type = type_of(field);
        if (auto const word = sql::fixed_moment(text, type ? &*type : nullptr)) {
            warn_of_moment(*word, field.default_value->span, "the default value",
                           "write `now()`, `CURRENT_DATE` or similar for the time of each row",
                           diagnostics);
        }
        return;
    }
    diagnostics
        .error("CM0280", field.default_value->span,
               "the SQL of this default is not exactly one expression")
        .note("PostgreSQL's parser: {}", *reason)
        .help("write in `dbgenerated(\"…\")` what may follow DEFAULT, and nothing else");
}

void check_type(dsl::Field const& field, Diagnostics& diagnostics) {
    auto const* const type = std::get_if<dsl::UnsupportedType>(&field.type);
    auto const reason = type == nullptr ? std::nullopt : sql::fault(Fragment::type, type->text);
    if (!reason) return;
    diagnostics
        .error("CM0282", field.type_span, "the text of `Unsupported(…)` is not exactly one type")
        .note("PostgreSQL's parser: {}", *reason)
        .help(
            "write the SQL name of a type with its length or other arguments, and nothing else: a "
            "default value is `@default(dbgenerated(\"…\"))`, a column without `?` is NOT NULL, "
            "and a collation belongs in a migration");
}

void check_index(dsl::Index const& index, Diagnostics& diagnostics) {
    auto const reason =
        index.predicate.empty() ? std::nullopt : sql::fault(Fragment::expression, index.predicate);
    if (reason) {
        diagnostics
            .error("CM0281", index.predicate_span,
                   "the condition of this index is not exactly one expression")
            .note("PostgreSQL's parser: {}", *reason)
            .help("write in `raw(\"…\")` what may follow WHERE, and nothing else");
    }
    if (auto const word = reason || index.predicate.empty()
                              ? std::nullopt
                              : sql::fixed_moment(index.predicate, nullptr)) {
        warn_of_moment(
            *word, index.predicate_span, "the condition",
            "write the time as a constant: a condition cannot depend on the current time",
            diagnostics);
    }
    for (auto const& field : index.fields) {
        if (!field.has_operator_class || !field.operator_class_word.empty()) continue;
        // `raw("")` names none, as for the engine.
        if (field.operator_class.find_first_not_of(" \t\r\n") == std::string::npos) continue;
        auto const fault = sql::fault(Fragment::operator_class, field.operator_class);
        if (!fault) continue;
        diagnostics
            .error("CM0283", field.span, "the text of `ops` is not exactly one operator class")
            .note("PostgreSQL's parser: {}", *fault)
            .help("write its name, as in `raw(\"gin_trgm_ops\")`, and nothing else");
    }
}

}  // namespace

void check_sql_texts(dsl::DataModel const& model, Diagnostics& diagnostics) {
    dsl::InStage const in_stage(dsl::Stage::rules, diagnostics);
    for (auto const& declaration : model.models) {
        for (auto const& field : declaration.fields) {
            check_type(field, diagnostics);
            check_default(field, diagnostics);
        }
        for (auto const& index : declaration.indexes) check_index(index, diagnostics);
    }
}

}  // namespace cm::schema

// Names that Prisma's clients cannot use, because they are words of JavaScript or of the schema
// language.
#include "dsl/check/reserved_names.hpp"

#include "dsl/check/rule.hpp"
#include "dsl/native_types.hpp"

namespace cm::dsl {

namespace {

constexpr std::string_view reserved[] = {
    "PrismaClient", "async",      "await",    "break",   "case",       "catch",     "class",
    "const",        "continue",   "debugger", "default", "delete",     "do",        "else",
    "enum",         "export",     "extends",  "false",   "finally",    "for",       "function",
    "if",           "implements", "import",   "in",      "instanceof", "interface", "let",
    "new",          "null",       "package",  "private", "protected",  "public",    "return",
    "super",        "switch",     "this",     "throw",   "true",       "try",       "typeof",
    "using",        "var",        "void",     "while",   "with",       "yield"};

bool is_word(std::string_view name) {
    return std::find(std::begin(reserved), std::end(reserved), name) != std::end(reserved);
}

}  // namespace

bool is_reserved_block_name(std::string_view name) {
    return is_word(name) || find_scalar(name);
}

namespace check_rules {

namespace {

void check_name(std::string const& name, std::string_view what, Span span,
                Diagnostics& diagnostics) {
    if (!is_reserved_block_name(name)) return;
    diagnostics
        .error("CM0217", span, "`{}` cannot be the name of {} {}: {}", name,
               what == "enum" ? "an" : "a", what,
               is_word(name) ? "the word is reserved" : "it is already a type")
        .help("rename it; `@@map(\"{}\")` keeps its name in the database", name);
}

}  // namespace

void reserved_names(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& declared : model.models)
        check_name(declared.name, "model", declared.name_span, diagnostics);
    for (auto const& declared : model.enums)
        check_name(declared.name, "enum", declared.name_span, diagnostics);
}

}  // namespace check_rules

}  // namespace cm::dsl

// Extensions: all stages in one file.
#include "object/extension/extension.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "object/extension/extension.sql.hpp"

namespace cm::object {
namespace {

bool differs(std::string const& a, std::string const& b) {
    return !a.empty() && !b.empty() && a != b;
}

}  // namespace

std::string_view const Extension::catalog_query = sql_text::object_extension_extension;

bool operator==(Extension const& a, Extension const& b) {
    return a.name == b.name && !differs(a.schema, b.schema) && !differs(a.version, b.version);
}

std::string key(Extension const& object) {
    return object.name;
}

std::string display_name(Extension const& object) {
    return object.name;
}

ObjectRef self(Extension const& object) {
    return {ObjectKind::extension, {{}, object.name}};
}

References references(Extension const& object) {
    if (object.schema.empty()) return {};
    return {{ObjectKind::namespace_, {object.schema, {}}}};
}

std::optional<ObjectRef> owner(Extension const& /*object*/) {
    return {};  // it outlives the schema file: never dropped
}

bool renamed(Extension const& /*from*/, Extension const& /*to*/) {
    return false;
}

ChangeStrategy strategy(Extension const& from, Extension const& to) {
    // Dropping it would take the columns of its types along.
    return from == to ? ChangeStrategy::none : ChangeStrategy::alter;
}

void to_sql(Create<Extension> const& step, sql::Writer& out) {
    auto const& extension = step.object;
    auto text =
        fmt::format("CREATE EXTENSION IF NOT EXISTS {}", sql::quote_identifier(extension.name));
    if (!extension.schema.empty() || !extension.version.empty()) text += " WITH";
    if (!extension.schema.empty()) text += " SCHEMA " + sql::quote_identifier(extension.schema);
    if (!extension.version.empty()) text += " VERSION " + sql::quote_identifier(extension.version);
    out.statement("CreateExtension", text);
}

void to_sql(Alter<Extension> const& step, sql::Writer& out) {
    auto const name = sql::quote_identifier(step.to.name);
    std::string title = "AlterExtension";
    if (differs(step.from.version, step.to.version)) {
        out.statement(title, fmt::format("ALTER EXTENSION {} UPDATE TO {}", name,
                                         sql::quote_identifier(step.to.version)));
        title.clear();
    }
    if (differs(step.from.schema, step.to.schema)) {
        out.statement(title, fmt::format("ALTER EXTENSION {} SET SCHEMA {}", name,
                                         sql::quote_identifier(step.to.schema)));
    }
}

void to_sql(Drop<Extension> const& step, sql::Writer& out) {
    out.statement("DropExtension",
                  fmt::format("DROP EXTENSION {}", sql::quote_identifier(step.object.name)));
}

void hazards(Create<Extension> const& /*step*/, Hazards& /*out*/) {}

void hazards(Alter<Extension> const& /*step*/, Hazards& /*out*/) {
}  // PostgreSQL refuses a version that it cannot reach, and nothing has happened

void hazards(Drop<Extension> const& /*step*/, Hazards& /*out*/) {
}  // without CASCADE it fails while something needs it

std::vector<std::string> describe(Alter<Extension> const& step) {
    std::vector<std::string> lines{};
    if (differs(step.from.version, step.to.version)) {
        lines.push_back(fmt::format("[*] Changed the version from `{}` to `{}`", step.from.version,
                                    step.to.version));
    }
    if (differs(step.from.schema, step.to.schema)) {
        lines.push_back(fmt::format("[*] Moved from the schema `{}` to `{}`", step.from.schema,
                                    step.to.schema));
    }
    return lines;
}

void read(sql::Row const& row, Extension& object) {
    object.name = row.text("name");
    object.schema = row.text("schema");
    object.version = row.text("version");
}

std::vector<Extension> lower_extensions(dsl::Datasource const& declaration) {
    std::vector<Extension> extensions{};
    for (auto const& declared : declaration.extensions) {
        extensions.push_back({.name = declared.name,
                              .schema = declared.schema,
                              .version = declared.version,
                              .origin = {.span = declared.span}});
    }
    std::stable_sort(extensions.begin(), extensions.end(),
                     [](Extension const& a, Extension const& b) { return a.name < b.name; });
    return extensions;
}

}  // namespace cm::object

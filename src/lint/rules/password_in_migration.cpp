// A literal behind PASSWORD, or in the options of a user mapping.
#include "lint/report.hpp"
#include "lint/syntax.hpp"

namespace cm::lint::rules {
namespace {

bool has_text(sql::Node option) {
    return option.contains("arg") && option["arg"].contains("String") &&
           !option["arg"]["String"].text("sval").empty();
}

/// A hash says nothing about the password.
bool is_hashed(std::string_view text) {
    return text.starts_with("SCRAM-SHA-256$") || (text.starts_with("md5") && text.size() == 35);
}

void check_password(Statement const& statement, Report& report) {
    auto const is_role = statement.is("CreateRoleStmt") || statement.is("AlterRoleStmt");
    auto const is_mapping =
        statement.is("CreateUserMappingStmt") || statement.is("AlterUserMappingStmt");
    if (!is_role && !is_mapping) return;
    for (auto const& one : statement.node().list("options")) {
        auto const option = one["DefElem"];
        if (option.text("defname") != "password" || !has_text(option)) continue;
        if (is_hashed(option["arg"]["String"].text("sval"))) continue;
        report.add(
            {.place = statement.place,
             .message = "whoever reads the repository, its history or the server's log reads "
                        "the password",
             .help = is_role ? "create the role without one, and set it with psql's `\\password`, "
                               "which sends only its hash"
                             : "set it outside of migrations"});
    }
}

}  // namespace

extern Rule const password_in_migration;
constinit Rule const password_in_migration{
    .code = "CM0681",
    .name = "password-in-migration",
    .summary = "A password in a migration is read by whoever reads the repository",
    .family = Family::security,
    .level = Level::error,
    .check = check_password};

}  // namespace cm::lint::rules

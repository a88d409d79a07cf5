// See made_default_privileges.hpp. By words, as in made_beside_schemas.cpp.
#include "engine/made_default_privileges.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/made_beside_schemas.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::engine {
namespace {

using GranteeNames = std::set<std::string>;

/// What one statement is about.
struct GrantSubject {
    GranteeNames roles{};    ///< empty: whoever runs it
    GranteeNames schemas{};  ///< empty: the whole database
    std::string sort{};
    GranteeNames grantees{};  ///< that of PUBLIC is empty
};

/// What each place of a list between commas says.
template <class Read>
GranteeNames listed_names(sql::StatementCursor& reader, Read read) {
    GranteeNames all{};
    do {
        if (auto name = read(reader)) all.insert(std::move(*name));
    } while (reader.take(','));
    return all;
}

std::optional<std::string> plain_name(sql::StatementCursor& reader) {
    return reader.name();
}

std::optional<GrantSubject> read_grant_subject(std::string_view statement,
                                               std::string const& current_role) {
    auto const role_name = [&](sql::StatementCursor& it) -> std::optional<std::string> {
        it.take("GROUP");
        if (it.take("PUBLIC")) return "";
        if (it.take("CURRENT_USER") || it.take("CURRENT_ROLE") || it.take("SESSION_USER"))
            return current_role;
        return it.name();
    };
    sql::StatementCursor reader(statement);
    if (!reader.take("ALTER DEFAULT PRIVILEGES")) return {};
    GrantSubject subject{};
    for (;;) {
        if (reader.take("FOR ROLE") || reader.take("FOR USER")) {
            subject.roles = listed_names(reader, role_name);
        } else if (reader.take("IN SCHEMA")) {
            subject.schemas = listed_names(reader, plain_name);
        } else {
            break;
        }
    }
    if (!reader.text_before("ON")) return {};
    for (auto const* const sort :
         {"TABLES", "SEQUENCES", "ROUTINES", "TYPES", "SCHEMAS", "LARGE OBJECTS"}) {
        if (reader.take(sort)) subject.sort = sort;
    }
    if (reader.take("FUNCTIONS")) subject.sort = "ROUTINES";
    if (!reader.take("TO") && !reader.take("FROM")) return {};
    subject.grantees = listed_names(reader, role_name);
    if (subject.roles.empty()) subject.roles = {current_role};
    return subject;
}

bool is_about(GrantSubject const& subject, pg::DefaultPrivilege const& it) {
    auto const is_there =
        subject.schemas.empty() ? it.schema.empty() : subject.schemas.contains(it.schema);
    return is_there && subject.sort == it.sort && subject.roles.contains(it.role) &&
           subject.grantees.contains(it.grantee);
}

}  // namespace

std::vector<pg::DefaultPrivilege> made_default_privileges(
    std::vector<history::Migration> const& migrations, std::vector<pg::DefaultPrivilege> all,
    std::string const& current_role) {
    std::vector<GrantSubject> subjects{};
    for_each_statement(migrations, [&](history::Migration const&, std::string_view statement) {
        if (auto subject = read_grant_subject(statement, current_role))
            subjects.push_back(std::move(*subject));
    });
    std::erase_if(all, [&](pg::DefaultPrivilege const& it) {
        return std::none_of(subjects.begin(), subjects.end(),
                            [&](GrantSubject const& subject) { return is_about(subject, it); });
    });
    return all;
}

}  // namespace cm::engine

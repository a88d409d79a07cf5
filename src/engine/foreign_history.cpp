// See foreign_history.hpp.
#include "engine/foreign_history.hpp"

#include "base/diagnostic.hpp"

namespace cm::engine {

void refuse_foreign_history(Session const& session, history::Comparison const& comparison) {
    if (!comparison.is_of_another_folder) {
        return;
    }
    auto const& recorded = comparison.missing.empty() ? comparison.failed : comparison.missing;
    auto const& folder = session.directory.migrations;
    auto diagnostic =
        error("CM0555", "none of the migrations that the database has recorded is in the folder");
    diagnostic.note("{} {} recorded in `{}.{}`, such as `{}`", recorded.size(),
                    recorded.size() == 1 ? "is" : "are", session.ledger.table.schema,
                    session.ledger.table.name, recorded.front());
    diagnostic.note("the folder `{}` holds {}", shown(session.project, session.project.migrations),
                    folder.empty()
                        ? "none"
                        : fmt::format("{}, such as `{}`", folder.size(), folder.front().name));
    diagnostic.help("is this the database that you meant, and the right project?");
    diagnostic.help("if the folder was lost: bring it back from version control");
    diagnostic.help("if it is lost for good, its records can go: `cm-migrate resolve --forget {}`",
                    recorded.front());
    if (!folder.empty()) {
        diagnostic.help(
            "if the folder replaces what is recorded (a squash), say which of its migrations are "
            "in the database, the first one being `cm-migrate resolve --applied {}`",
            folder.front().name);
    }
    throw Failure(std::move(diagnostic));
}

}  // namespace cm::engine

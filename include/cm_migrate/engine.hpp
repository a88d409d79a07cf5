// Applying migrations from within a program, for instance a service at its start:
//
//     auto const report = cm_migrate::deploy({.database_url = url, .migrations = "migrations"});
//
// Nothing is printed, no signal handler is installed, and no file is written.
#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cm_migrate {

/// Which migrations go where.
struct DeployOptions {
    /// `postgresql://…` in libpq's or Prisma's form; the variable DATABASE_URL if empty.
    std::string database_url{};
    /// The folder that holds `<name>/migration.sql`.
    std::filesystem::path migrations = "prisma/migrations";
    /// The table in which applied migrations are recorded.
    std::string migrations_table = "_migrations";
    /// Called before each migration that is applied.
    std::function<void(std::string_view name)> on_apply{};
};

/// What deploy has done.
struct Report {
    std::size_t found{};                 ///< migrations in the folder
    std::vector<std::string> applied{};  ///< names of those that were applied now, in their order
};

/// Applies all pending migrations, each wholly or not at all, and each once however many processes
/// do this at the same time. Throws Error.
Report deploy(DeployOptions const& options);

/// What deploy would find.
struct Status {
    std::vector<std::string> applied{};
    std::vector<std::string> pending{};
    std::vector<std::string> failed{};   ///< begun and not finished: deploy would refuse
    std::vector<std::string> edited{};   ///< changed since they were applied
    std::vector<std::string> missing{};  ///< applied, but no longer in the folder

    bool is_up_to_date() const {
        return pending.empty() && failed.empty() && edited.empty() && missing.empty();
    }
};

/// Only reads. Throws Error.
Status status(DeployOptions const& options);

}  // namespace cm_migrate

// A database with a migrations table, and migrations to apply to it.
#pragma once
#include <gtest/gtest.h>

#include <memory>

#include "base/diagnostic_printer.hpp"
#include "base/sha256.hpp"
#include "history/apply.hpp"
#include "pg/connection.hpp"
#include "support/database.hpp"

namespace cm::history {

class Apply : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ = std::make_unique<test::TestDatabase>(*test::server_url());
        connection_ = std::make_unique<pg::Connection>(pg::parse_url(database_->url()));
        connection_->execute(create_table_statement(migrations_table_));
    }

    static Migration migration(std::string script, std::string name = "1_it's \"odd\" \\ name") {
        auto checksum = sha256(script);
        return {std::move(name), "migrations/1/migration.sql", std::move(script),
                std::move(checksum)};
    }

    void run(std::string script) {
        apply(migration(std::move(script)), migrations_table_, *connection_, sources_);
    }

    /// The report of a migration that must fail.
    std::string failure(std::string script) {
        try {
            run(std::move(script));
        } catch (Failure const& failed) {
            EXPECT_EQ(failed.exit_code(), ExitCode::failed_migration);
            return render(failed.diagnostics(), sources_, Color::never);
        }
        ADD_FAILURE() << "it succeeded";
        return {};
    }

    /// Goes on with the migration that stopped, from where the migration record says or from
    /// `position`.
    void resume_stopped(std::string script, std::optional<StepPosition> position = {}) {
        auto const entry = only_entry();
        auto const record = parse_step_record(entry.logs.value_or(""));
        ASSERT_TRUE(record.has_value());
        history::resume(migration(std::move(script)),
                        {entry, position.value_or(StepPosition{record->done, record->in_flight})},
                        migrations_table_, *connection_, sources_, {});
    }

    static void expect_in(std::string const& report, std::string_view words) {
        EXPECT_NE(report.find(words), std::string::npos) << words << "\nis not in\n" << report;
    }

    std::string value(std::string const& query) {
        return connection_->fetch(query).fields.at(0).at(0).value_or("NULL");
    }

    std::string tables() {
        return value(
            "SELECT coalesce(string_agg(relname, ',' ORDER BY relname), '') FROM pg_class WHERE "
            "relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_migrations'");
    }

    MigrationRecord only_entry() {
        auto const entries = read(migrations_table_, *connection_);
        EXPECT_EQ(entries.size(), 1U);
        return entries.at(0);
    }

    std::unique_ptr<test::TestDatabase> database_{};
    std::unique_ptr<pg::Connection> connection_{};
    MigrationsTable migrations_table_{{"public", "_migrations"}};
    SourceMap sources_{};
};

}  // namespace cm::history

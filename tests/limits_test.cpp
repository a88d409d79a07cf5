// What a server refuses for reasons of its own: recognised, undone, explained.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "support/database.hpp"
#include "support/program.hpp"
#include "support/scratch_cluster.hpp"

namespace cm::test {

namespace {

/// The report of a `deploy` that must fail with `exit_code`.
std::string failure(std::string const& url, std::string const& script, int exit_code) {
    ProjectFolder const folder{};
    folder.add({"prisma/migrations/20260101000000_m/migration.sql", script});
    Program run(folder, url, {"deploy"});
    EXPECT_EQ(run.wait(), exit_code);
    return run.output();
}

void expect_in(std::string const& report, std::string_view words) {
    EXPECT_NE(report.find(words), std::string::npos) << words << "\nis not in\n" << report;
}

TEST(Limits, OfLocks) {
    CM_NEEDS_SERVER();
    ScratchCluster const cluster(find_server_binaries().value(),
                                 {"max_locks_per_transaction=10", "max_connections=10",
                                  "max_worker_processes=0", "max_wal_senders=0"});
    std::string script{};
    for (int i = 0; i < 4000; ++i) script += fmt::format("CREATE TABLE t{} (id int);\n", i);
    auto const report = failure(cluster.url(), script, 5);
    expect_in(report, "(53200)");
    expect_in(report, "raise max_locks_per_transaction");
    expect_in(report, "rolled back");
    Session session(cluster.url());
    EXPECT_EQ(
        session.fetch("SELECT count(*) AS n FROM pg_class WHERE relname ~ '^t[0-9]'")[0].integer(
            "n"),
        0);
    EXPECT_EQ(session
                  .fetch("SELECT count(*) AS n FROM _migrations WHERE rolled_back_at IS NOT "
                         "NULL")[0]
                  .integer("n"),
              1);
}

TEST(Limits, OfAServerThatOnlyReads) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    Session(database.url())
        .execute(fmt::format("ALTER DATABASE {} SET default_transaction_read_only = on",
                             database.name()));
    auto const report = failure(database.url(), "CREATE TABLE a ();", 1);
    expect_in(report, "(25006)");
    expect_in(report, "connect to the primary, not a replica");
    Session after(database.url());
    after.execute("SET default_transaction_read_only = off");
    after.execute(
        fmt::format("ALTER DATABASE {} RESET default_transaction_read_only", database.name()));
}

/// A file system of some megabytes in a server's folder; none where we may not make one.
class SmallDisk {
  public:
    explicit SmallDisk(std::filesystem::path const& folder) : path_(folder / "small") {
        struct stat owner {};

        std::filesystem::create_directory(path_);
        is_mounted_ =
            stat(folder.c_str(), &owner) == 0 &&
            mount("tmpfs", path_.c_str(), "tmpfs", 0,
                  fmt::format("size=2m,uid={},gid={}", owner.st_uid, owner.st_gid).c_str()) == 0;
    }

    SmallDisk(SmallDisk const&) = delete;
    SmallDisk& operator=(SmallDisk const&) = delete;

    ~SmallDisk() {
        if (is_mounted_) umount2(path_.c_str(), MNT_DETACH);
    }

    bool is_mounted() const { return is_mounted_; }

    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_{};
    bool is_mounted_ = false;
};

TEST(Limits, OfAReplica) {
    CM_NEEDS_SERVER();
    ScratchCluster cluster(find_server_binaries().value());
    // A condition and a default that only a server can judge, and a difference that is one.
    auto const script =
        "CREATE TABLE \"User\" (id int, name text NOT NULL DEFAULT upper('x') || 'y', "
        "CONSTRAINT \"User_pkey\" PRIMARY KEY (id));\n"
        "CREATE INDEX u ON \"User\" (id) WHERE name LIKE 'x%' AND id BETWEEN 1 AND 5;\n";
    auto const schema =
        "generator client {\n  provider = \"prisma-client-js\"\n"
        "  previewFeatures = [\"partialIndexes\"]\n}\n"
        "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n"
        "model User {\n  id Int @id\n"
        "  name String @default(dbgenerated(\"upper('x') || 'y'\"))\n"
        "  @@index([id], map: \"u\", where: raw(\"name like 'x%' and id between 1 and 5\"))\n}\n";
    ProjectFolder const folder{};
    folder.add({"prisma/schema.prisma", schema});
    folder.add({"prisma/migrations/20260101000000_user/migration.sql", script});
    auto const run = [&](std::vector<std::string> const& arguments, int exit_code) {
        Program program(folder, cluster.url(), arguments);
        EXPECT_EQ(program.wait(), exit_code) << arguments.front();
        auto output = program.output();
        EXPECT_EQ(output.find("Drift"), std::string::npos) << output;
        return output;
    };
    run({"deploy"}, 0);
    Session(cluster.url()).execute("CHECKPOINT");
    cluster.restart_as_replica();
    expect_in(run({"status"}, 0), "up to date");
    expect_in(run({"diff", "--from-url", cluster.url(), "--to-schema", "prisma/schema.prisma",
                   "--exit-code"},
                  0),
              "No difference");
    expect_in(run({"pull", "--print"}, 0), "name like 'x%' and id between 1 and 5");
    run({"validate"}, 0);
    expect_in(run({"deploy"}, 0), "No pending migrations");
    folder.add({"prisma/migrations/20260102000000_more/migration.sql", "CREATE TABLE more ();\n"});
    run({"status"}, 3);
    auto const report = run({"deploy"}, 9);
    expect_in(report, "error[CM0548]: the server at `127.0.0.1");
    expect_in(report, "is a standby, which is read-only");
    expect_in(report, "target_session_attrs=read-write");
    Program picky(folder, cluster.url() + "?target_session_attrs=read-write", {"deploy"});
    EXPECT_EQ(picky.wait(), 6);
    expect_in(picky.output(), "requires a read-write server (`target_session_attrs`)");
    EXPECT_EQ(Session(cluster.url()).fetch("SELECT FROM _migrations").size(), 1U);
}

TEST(Limits, OfTheDisk) {
    CM_NEEDS_SERVER();
    ScratchCluster const cluster(find_server_binaries().value());
    SmallDisk const disk{cluster.folder()};
    if (!disk.is_mounted()) GTEST_SKIP() << "no right to mount a small disk";
    Session session(cluster.url());
    session.execute(fmt::format("CREATE TABLESPACE small LOCATION '{}'", disk.path()));
    auto const report = failure(cluster.url(),
                                "CREATE TABLE kept (n int);\n"
                                "CREATE TABLE big (text text) TABLESPACE small;\n"
                                "INSERT INTO big SELECT repeat('x', 1000) FROM "
                                "generate_series(1, 10000);\n",
                                5);
    expect_in(report, "(53100)");
    expect_in(report, "migration.sql:3:1");
    expect_in(report, "the server's disk is full: free up space");
    expect_in(report, "rolled back");
    EXPECT_TRUE(session.fetch("SELECT FROM pg_class WHERE relname IN ('kept', 'big')").empty());
    EXPECT_EQ(session.fetch("SELECT count(rolled_back_at) AS n FROM _migrations")[0].integer("n"),
              1);
    session.execute("DROP TABLESPACE small");
}

TEST(Limits, OfRights) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value(), RoleRights::no_createdb};
    Session admin(with_user_and_database(server_url().value(), "postgres", database.name()));
    admin.execute("CREATE SCHEMA theirs");
    auto const report = failure(database.url(), "CREATE TABLE theirs.a ();", 5);
    expect_in(report, "(42501)");
    expect_in(report, "GRANT USAGE, CREATE ON SCHEMA \"theirs\"");
    expect_in(report, "rolled back");
}

}  // namespace

}  // namespace cm::test

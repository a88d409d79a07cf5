// Encrypted connections to a server that has a certificate: what the URL may say about them, in
// libpq's words and in Prisma's, and what is said when something does not fit.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "places.hpp"
#include "support/database.hpp"
#include "support/program.hpp"
#include "support/scratch_cluster.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

void run(std::string const& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

/// Lets the role `encrypted` in by TLS only, the role `app` with a client's certificate only.
constexpr std::string_view rules = R"(hostssl all app all cert
hostssl all encrypted all trust
host all encrypted all reject
host all app all reject
local all all trust
host all all 127.0.0.1/32 trust
)";

class Tls : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        cluster_ = std::make_unique<ScratchCluster>(find_server_binaries().value());
        run(fmt::format("bash {}/tests/make_certificates.sh {}", places::source.string(),
                        folder_.project().string()));
        auto const data = cluster_->folder() / "data";
        for (auto const* name : {"server.crt", "server.key", "authority.crt"}) {
            fs::copy(folder_.project() / name, data / name);
            run(fmt::format("chown --reference={0}/PG_VERSION {0}/{1}", data.string(), name));
        }
        write_text(data / "pg_hba.conf", rules);
        Session session(cluster_->url());
        for (auto const* setting : {"ssl = on", "ssl_ca_file = 'authority.crt'"}) {
            session.execute(fmt::format("ALTER SYSTEM SET {}", setting));
        }
        session.execute(
            "CREATE ROLE app LOGIN SUPERUSER; CREATE ROLE encrypted LOGIN SUPERUSER; "
            "SELECT pg_reload_conf()");
        folder_.add({"prisma/schema.prisma",
                     "datasource db {\n  provider = \"postgresql\"\n  url = "
                     "env(\"DATABASE_URL\")\n}\n"});
        folder_.add({"prisma/migrations/1/migration.sql",
                     "CREATE TABLE a AS SELECT ssl FROM pg_stat_ssl WHERE pid = "
                     "pg_backend_pid();\n"});
        for (auto const* name : {"authority.crt", "client.p12"}) {
            fs::copy(folder_.project() / name, folder_.project() / "prisma" / name);
        }
        wait_until_ssl_is("on");
    }

    std::string url(std::string const& role, std::string const& host,
                    std::string const& parameters) const {
        auto const& own = cluster_->url();
        auto const colon = own.find(':', own.find('@'));
        return fmt::format("postgresql://{}@{}{}?connect_timeout=10{}", role, host,
                           own.substr(colon), parameters);
    }

    /// The report of a `deploy`.
    std::string deploy(std::string const& address, int exit_code) const {
        Program program(folder_, address, {"deploy"});
        EXPECT_EQ(program.wait(), exit_code) << address << "\n" << program.output();
        return program.output();
    }

    void connects(std::string const& role, std::string const& host,
                  std::string const& parameters) const {
        Session(cluster_->url()).execute("DROP TABLE IF EXISTS a, _migrations");
        deploy(url(role, host, parameters), 0);
        EXPECT_TRUE(Session(cluster_->url()).fetch("SELECT ssl FROM a")[0].boolean("ssl"))
            << parameters;
    }

    void fails(std::string const& role, std::string const& host, std::string const& parameters,
               std::string_view words, std::string_view remedy) const {
        auto const report = deploy(url(role, host, parameters), 9);
        EXPECT_NE(report.find(words), std::string::npos) << parameters << "\n" << report;
        EXPECT_NE(report.find(remedy), std::string::npos) << parameters << "\n" << report;
        EXPECT_EQ(report.find("wrong-password"), std::string::npos) << report;
    }

    std::unique_ptr<ScratchCluster> cluster_{};
    ProjectFolder folder_{};

    /// The server's main process reads its settings anew some time later.
    void wait_until_ssl_is(std::string_view wanted) const {
        for (int i = 0; i < 200; ++i) {
            if (Session(cluster_->url()).fetch("SHOW ssl")[0].text("ssl") == wanted) return;
            run("sleep 0.05");
        }
        throw std::runtime_error("the server does not read its settings");
    }
};

TEST_F(Tls, TakesTheWordsOfLibpqAndOfPrisma) {
    connects("encrypted", "localhost", "");
    connects("encrypted", "localhost", "&sslmode=require");
    connects("encrypted", "localhost", "&sslmode=prefer&sslaccept=accept_invalid_certs");
    connects("encrypted", "localhost", "&sslmode=verify-full&sslrootcert=authority.crt");
    connects("encrypted", "127.0.0.1", "&sslmode=verify-ca&sslrootcert=authority.crt");
    // Prisma's name for the authority, a path beside the schema, the parameters of its pool.
    fs::remove(folder_.project() / "authority.crt");
    connects("encrypted", "localhost",
             "&sslmode=require&sslcert=authority.crt&sslaccept=strict&connection_limit=5"
             "&pool_timeout=10&socket_timeout=3&pgbouncer=true&statement_cache_size=0"
             "&max_connection_lifetime=1&max_idle_connection_lifetime=1&schema=public");
    connects("app", "localhost", "&sslcert=client.crt&sslkey=client.key");
}

TEST_F(Tls, OpensAFileOfPrismasIdentity) {
    if (!fs::exists("/proc/self/fd"))
        GTEST_SKIP() << "there is no /proc here, by which libpq is handed what such a file holds";
    connects(
        "app", "localhost",
        "&sslmode=verify-full&sslcert=authority.crt&sslidentity=client.p12&sslpassword=secret");
}

TEST_F(Tls, SaysWhatDoesNotFit) {
    fails("encrypted", "localhost", "&sslmode=disable", "CM0403", "try `sslmode=require`");
    fails("encrypted", "localhost", "&sslmode=verify-full", "CM0405", "`sslrootcert=FILE`");
    fails("encrypted", "localhost", "&sslmode=verify-full&sslrootcert=another.crt",
          "certificate verify failed", "not signed by the authority in `sslrootcert`");
    fails("encrypted", "127.0.0.1", "&sslmode=verify-full&sslrootcert=authority.crt",
          "does not match host name", "use the host name in the certificate");
    fails("encrypted", "localhost", "&sslmode=encrypted", "CM0401", "`verify-full`");
    // Of an encrypted attempt and one that is not, the first is told.
    fails("app", "localhost", "", "connection requires a valid client certificate", "`sslcert`");
    run(fmt::format("chmod 644 {}/client.key", folder_.project().string()));
    fails("app", "localhost", "&sslcert=client.crt&sslkey=client.key", "private key", "chmod 600");
    fails("app", "localhost", "&sslidentity=client.p12&sslpassword=wrong-password", "CM0401",
          "`sslpassword`");
    fails("app", "localhost", "&sslidentity=absent.p12", "CM0401", "openssl pkcs12");
}

TEST_F(Tls, IsNotHadFromAServerWithout) {
    Session(cluster_->url()).execute("ALTER SYSTEM SET ssl = off");
    Session(cluster_->url()).execute("SELECT pg_reload_conf()");
    wait_until_ssl_is("off");
    fails("postgres", "127.0.0.1", "&sslmode=require", "does not support SSL", "enable `ssl`");
}

}  // namespace

}  // namespace cm::test

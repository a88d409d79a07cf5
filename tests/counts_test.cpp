// What can be counted is not timed: round trips of commands, queries of the catalog, and the
// instructions of `validate` and `diff`, which callgrind counts. Of these only the program's own
// count, because the C library chooses its functions by the processor. The figures are those of one
// compiler with one set of flags, that of tests/run.sh; CM_UPDATE=1 writes them down anew.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <numeric>
#include <sstream>

#include "places.hpp"
#include "schema/from_database.hpp"
#include "sql/result_sets.hpp"
#include "support/crowded_house.hpp"
#include "support/database.hpp"
#include "support/golden.hpp"
#include "support/program.hpp"
#include "support/shell.hpp"
#include "support/tcp_proxy.hpp"

namespace cm::test {

namespace {

namespace fs = std::filesystem;

constexpr int migrations = 10;

/// A project with a history that leads to its schema.
void add_project(ProjectFolder const& folder) {
    std::string models{};
    for (int i = 0; i < migrations; ++i) {
        folder.add({fmt::format("prisma/migrations/202601010000{:02}_m/migration.sql", i),
                    fmt::format("CREATE TABLE t{0} (id INTEGER NOT NULL, CONSTRAINT t{0}_pkey "
                                "PRIMARY KEY (id));\n",
                                i)});
        models += fmt::format("model t{} {{\n  id Int @id\n}}\n", i);
    }
    folder.add(
        {"prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n" + models});
}

class RoundTrips : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_.emplace(server_url().value());
        add_project(folder_);
    }

    /// Of one run of cm-migrate, connecting included, which takes two; less the farewell, which
    /// nobody answers.
    long of(std::vector<std::string> const& arguments) {
        TcpProxy const proxy{database_->url(), std::chrono::milliseconds{0}};
        Program run(folder_, proxy.url(), arguments);
        EXPECT_EQ(run.wait(), 0) << run.output();
        return proxy.round_trips() - 1 - for_service();
    }

    /// A service of the user's may have options, which ours would hide: they are set afterwards.
    static long for_service() {
        return house::is_open_to_this_test() && house::environment().contains("PGSERVICE") ? 1 : 0;
    }

    ProjectFolder folder_{};
    std::optional<TestDatabase> database_{};
};

TEST_F(RoundTrips, are_one_a_migration_and_few_when_there_is_nothing_to_do) {
    CM_NEEDS_SERVER();
    EXPECT_LE(of({"deploy"}), migrations + 14) << "four of them record the state before and after";
    EXPECT_LE(of({"deploy"}), 5);
}

TEST_F(RoundTrips, of_commands_that_read_do_not_depend_on_the_number_of_tables) {
    CM_NEEDS_SERVER();
    of({"deploy"});
    EXPECT_LE(of({"pull", "--print"}), 5);
    of({"status"});
    EXPECT_LE(of({"status"}), 5) << "its state of the history is kept";
}

/// Definitions have queries of their own, which are asked where a plan touches what they stand on.
TEST(CatalogQueries, are_one_for_each_kind_of_object) {
    auto const queries = sql::queries_of([](sql::QueryFunction const& fetch) {
        schema::from_database(fetch, {"public", "other"});
    });
    EXPECT_EQ(queries.size(), std::tuple_size_v<decltype(schema::object_kinds)> - 1);
}

/// The sum over callgrind's cost lines that belong to the program's own code. A line after `calls=`
/// repeats what the called function cost.
long own_instructions(fs::path const& profile) {
    std::ifstream file{profile};
    std::map<std::string, bool> is_ours{};  // by callgrind's short names
    bool ours = false;
    bool repeated = false;
    long sum = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("ob=")) {
            auto const number = line.substr(3, line.find(')') - 2);
            if (line.size() > 4 + number.size()) {
                is_ours[number] = line.ends_with(places::program.string());
            }
            ours = is_ours[number];
        } else if (line.starts_with("cob=") && line.find(") ") != std::string::npos) {
            is_ours[line.substr(4, line.find(')') - 3)] = line.ends_with(places::program.string());
        } else if (line.starts_with("calls=")) {
            repeated = true;
        } else if (!line.empty() && (std::isdigit(static_cast<unsigned char>(line[0])) != 0 ||
                                     line[0] == '+' || line[0] == '-' || line[0] == '*')) {
            if (ours && !repeated) sum += std::stol(line.substr(line.find(' ') + 1));
            repeated = false;
        }
    }
    return sum;
}

class Instructions : public testing::Test {
  protected:
    void SetUp() override {
        if (std::system("valgrind --version >/dev/null 2>&1") != 0) {
            GTEST_SKIP() << "valgrind is not installed";
        }
        if (!std::string_view(places::sanitizer_flags).empty()) {
            GTEST_SKIP() << "built with sanitizers, which valgrind does not bear";
        }
        shell(
            "bash '{}' 100 >a.prisma && sed 's/email String/email String? @db.VarChar(99)/' "
            "a.prisma >b.prisma",
            (places::source / "tests/bench/many_tables.sh").string());
    }

    template <class... Arguments>
    void shell(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        auto const command = fmt::format(text, std::forward<Arguments>(arguments)...);
        auto const output = run(shell_, command);
        EXPECT_EQ(output.exit_code, 0) << command << '\n' << output.pieces.front();
    }

    long of(std::string const& arguments) {
        shell("valgrind --quiet --tool=callgrind --callgrind-out-file=profile '{}' {} >/dev/null",
              places::program.string(), arguments);
        return own_instructions(folder_.project() / "profile");
    }

    /// Lines `GNU 12 -O1, validate: 123456`.
    static std::map<std::string, long> recorded() {
        std::map<std::string, long> figures{};
        std::ifstream file{figures_file()};
        for (std::string line; std::getline(file, line);) {
            auto const colon = line.rfind(": ");
            if (colon != std::string::npos && !line.starts_with('#')) {
                figures[line.substr(0, colon)] = std::stol(line.substr(colon + 2));
            }
        }
        return figures;
    }

    static fs::path figures_file() { return places::source / "tests/counts.txt"; }

    static void record(std::string const& name, long count) {
        auto figures = recorded();
        figures[name] = count;
        std::ofstream file{figures_file()};
        file << "# Instructions that tests/counts_test.cpp has counted; CM_UPDATE=1 rewrites "
                "them.\n";
        for (auto const& [key, value] : figures) file << key << ": " << value << '\n';
    }

    void hold(std::string const& what, std::string const& arguments) {
        auto const name = fmt::format("{}, {}", places::build_name, what);
        auto const count = of(arguments);
        if (is_updating()) {
            record(name, count);
            return;
        }
        auto const figures = recorded();
        auto const found = figures.find(name);
        if (found == figures.end()) {
            GTEST_SKIP() << "no figure for a build like this: " << name << ": " << count;
        }
        EXPECT_NEAR(static_cast<double>(count), static_cast<double>(found->second),
                    static_cast<double>(found->second) / 10)
            << name << ": if that is meant, CM_UPDATE=1 writes it down";
    }

    ProjectFolder folder_{};
    Shell shell_{.folder = folder_.project(),
                 .environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                                 {"HOME", folder_.home().string()}}};
};

TEST_F(Instructions, of_validate) {
    hold("validate of 100 models", "validate --schema a.prisma");
}

TEST_F(Instructions, of_diff) {
    hold("diff of 100 models", "diff --from-schema a.prisma --to-schema b.prisma --script");
}

}  // namespace

}  // namespace cm::test

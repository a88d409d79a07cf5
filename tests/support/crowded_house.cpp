// See crowded_house.hpp. The statements are those of tests/house; what `kept_out` lists is not
// there.
#include "support/crowded_house.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <vector>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/golden.hpp"
#include "support/shell.hpp"

namespace cm::test::house {

namespace {

namespace fs = std::filesystem;

constexpr char const* template_name = "crowded_house";
constexpr char const* own_database = "neighbour";

fs::path folder() {
    return places::source / "tests/house";
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// Lines that say something.
std::vector<std::string> lines_of(fs::path const& file) {
    std::vector<std::string> lines{};
    std::string const text = read_text(file);
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
        at = end + 1;
    }
    return lines;
}

std::set<std::string> const& kept_out() {
    static auto const names = [] {
        std::set<std::string> result{};
        for (auto const& line : lines_of(folder() / "kept_out")) {
            result.insert(line.substr(0, line.find(' ')));
        }
        return result;
    }();
    return names;
}

/// The scripts of one of the folders, in the order of their names.
std::vector<std::string> scripts(std::string const& kind) {
    std::vector<fs::path> files{};
    for (auto const& entry : fs::directory_iterator(folder() / kind)) files.push_back(entry);
    std::sort(files.begin(), files.end());
    std::vector<std::string> texts{};
    for (auto const& file : files) {
        if (!kept_out().contains(kind + "/" + file.stem().string()))
            texts.push_back(read_text(file));
    }
    return texts;
}

std::string database_url(std::string const& server, std::string_view name) {
    return with_user_and_database(server, "postgres", name);
}

std::string const& lines_query() {
    static auto const query = read_text(folder() / "lines.sql");
    return query;
}

/// Names are written whole, and nothing is compiled for a single use.
void prepare(Session& session) {
    session.execute("SET search_path = ''; SET jit = off");
}

std::string lines(Session& session) {
    prepare(session);
    std::string text{};
    for (auto const& row : session.fetch(lines_query()).fields) text += row.at(0).value() + '\n';
    return text;
}

std::string digest_query() {
    return fmt::format("SELECT md5(string_agg(line, E'\\n')) FROM ({}) AS l", lines_query());
}

/// The first changes of a diff, not all of every line: rows of catalogs are long.
std::string changed_lines(std::string const& diff) {
    constexpr std::size_t most_lines = 20;
    constexpr std::size_t most_letters = 400;
    std::string result{};
    std::size_t count = 0;
    for (std::size_t at = 0; at < diff.size() && count < most_lines;) {
        auto const end = std::min(diff.find('\n', at), diff.size());
        auto const line = std::string_view(diff).substr(at, end - at);
        if (line.starts_with('+') || line.starts_with('-')) {
            result.append(line.substr(0, most_letters)).append("\n");
            ++count;
        }
        at = end + 1;
    }
    return result;
}

/// For the time of a question: a database that nobody has used.
class Pristine {
  public:
    explicit Pristine(std::string server) : server_(std::move(server)), session_(server_) {
        session_.execute("CREATE ROLE " + name_);
        make_database(session_, name_);
    }

    Pristine(Pristine const&) = delete;
    Pristine& operator=(Pristine const&) = delete;

    ~Pristine() {
        session_.execute("DROP DATABASE " + name_);
        session_.execute("DROP ROLE " + name_);
    }

    std::string url() const { return database_url(server_, name_); }

  private:
    std::string server_{};
    Session session_;
    std::string name_ = fresh_name();
};

std::string output_of(std::string const& command) {
    Shell const shell{.folder = "/", .environment = {{"PATH", "/usr/bin:/bin"}}};
    auto const output = run(shell, command);
    if (output.exit_code != 0) throw std::runtime_error(command + ": " + output.pieces.front());
    return output.pieces.front();
}

/// Without the tokens that are different in each run.
std::string without_tokens(std::string const& dump) {
    std::string result{};
    for (std::size_t at = 0; at < dump.size();) {
        auto const end = std::min(dump.find('\n', at), dump.size());
        auto const line = std::string_view(dump).substr(at, end - at);
        if (!line.starts_with("\\restrict ") && !line.starts_with("\\unrestrict ")) {
            result.append(line).append("\n");
        }
        at = end + 1;
    }
    return result;
}

std::string quoted(std::string text) {
    replace_all(text, "'", "'\\''");
    return "'" + text + "'";
}

}  // namespace

void settle(std::string const& server) {
    Session session(server);
    for (auto const& script : scripts("server")) session.execute(script);
    session.execute(fmt::format("CREATE DATABASE {} TEMPLATE template0", template_name));
    {
        Session inside(database_url(server, template_name));
        for (auto const& script : scripts("template")) inside.execute(script);
    }
    make_database(session, own_database);
    Pristine const pristine(server);
    session.execute(
        fmt::format("COMMENT ON DATABASE {} IS '{}'", template_name, digest(pristine.url())));
    // Nobody may change it, or be in the way of those who copy it.
    session.execute(fmt::format("ALTER DATABASE {} ALLOW_CONNECTIONS false", template_name));
}

bool is_settled(Session& server) {
    return !server
                .fetch(fmt::format("SELECT 1 FROM pg_database WHERE datname = '{}'", template_name))
                .empty();
}

bool is_open_to_this_test() {
    auto const* const test = testing::UnitTest::GetInstance()->current_test_info();
    return test == nullptr ||
           !kept_out().contains(fmt::format("test/{}.{}", test->test_suite_name(), test->name()));
}

std::string first_digest(Session& server) {
    auto const found = server.fetch(
        fmt::format("SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database "
                    "WHERE datname = '{}'",
                    template_name));
    return found.empty() ? std::string{} : found.fields.at(0).at(0).value();
}

void make_database(Session& server, std::string const& name) {
    if (!is_settled(server)) {
        server.execute(fmt::format("CREATE DATABASE {0} OWNER {0} TEMPLATE template0", name));
        return;
    }
    // By the log, which is usual from version 15 on, it takes twice the time.
    server.execute(fmt::format("CREATE DATABASE {0} OWNER {0} TEMPLATE {1}{2}", name, template_name,
                               server_version(server) < 15 ? "" : " STRATEGY file_copy"));
    static auto const each = fmt::format("{}", fmt::join(scripts("each"), ""));
    auto script = each;
    replace_all(script, ":database", name);
    server.execute(script);
}

std::string digest(Session& database) {
    prepare(database);
    return database.fetch(digest_query()).fields.at(0).at(0).value();
}

std::string digest(std::string const& database_url) {
    Session session(database_url);
    return digest(session);
}

std::string disturbance(std::string const& server, std::string const& name,
                        std::string const& expected) {
    auto const url = database_url(server, name);
    try {
        if (digest(url) == expected) return {};
        Session session(url);
        Pristine const pristine(server);
        Session untouched(pristine.url());
        auto const difference = changed_lines(unified_diff(lines(untouched), lines(session)));
        return difference.empty() ? "the digest is another one" : difference;
    } catch (std::exception const& error) {
        return error.what();
    }
}

std::map<std::string, std::string> const& environment() {
    static auto const variables = [] {
        std::map<std::string, std::string> result{};
        for (auto const& line : lines_of(folder() / "environment")) {
            auto const equals = line.find('=');
            auto const name = line.substr(0, equals);
            auto value = line.substr(equals + 1);
            replace_all(value, ":house", folder().string());
            if (!kept_out().contains("environment/" + name)) result[name] = value;
        }
        return result;
    }();
    return variables;
}

void put_programs(fs::path const& programs, fs::path const& psql) {
    std::string script = "#!/bin/sh\n";
    for (auto const& [name, value] : environment()) {
        // What the test has set, or has unset by setting it to nothing, stays.
        script += fmt::format("export {0}=\"${{{0}-{1}}}\"\n", name, value);
    }
    script += fmt::format("exec {} \"$@\"\n", quoted(places::program.string()));
    auto const put = [&](char const* name, std::string const& text) {
        write_text(programs / name, text);
        fs::permissions(programs / name, fs::perms::owner_all | fs::perms::group_exec |
                                             fs::perms::group_read | fs::perms::others_exec |
                                             fs::perms::others_read);
    };
    put("cm-migrate", script);
    if (psql.empty()) return;
    put("psql", fmt::format("#!/bin/sh\nPGOPTIONS=\"{} $PGOPTIONS\" exec {} \"$@\"\n",
                            usual_settings, quoted(psql.string())));
}

std::string inventory(std::string const& server, fs::path const& binaries) {
    std::string text{};
    Session session(server);
    auto const ask = [&](std::string const& query) {
        for (auto const& row : session.fetch(query).fields) text += row.at(0).value() + '\n';
    };
    ask("SELECT format('database %s', datname) FROM pg_database ORDER BY datname");
    ask("SELECT format('role %s', to_jsonb(r)) FROM pg_authid r ORDER BY rolname");
    ask("SELECT format('settings of %s %s', nullif(setrole, 0)::regrole, setconfig) FROM "
        "pg_db_role_setting WHERE setdatabase = 0 ORDER BY 1");
    ask("SELECT format('server: %s = %s', name, setting) FROM pg_file_settings WHERE sourcefile "
        "LIKE '%auto.conf' ORDER BY 1");
    ask("SELECT format('tablespace %s', to_jsonb(t)) FROM pg_tablespace t ORDER BY spcname");
    auto const own = database_url(server, own_database);
    Session theirs(own);
    text += lines(theirs);
    if (fs::exists(binaries / "pg_dumpall")) {
        text += without_tokens(
            output_of(fmt::format("{} --globals-only --dbname={}",
                                  quoted((binaries / "pg_dumpall").string()), quoted(server))));
        text += without_tokens(
            output_of(fmt::format("{} {}", quoted((binaries / "pg_dump").string()), quoted(own))));
    }
    return text;
}

}  // namespace cm::test::house

// Running pg_dump and making its output comparable.
#include "support/dump.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/scratch_cluster.hpp"
#include "support/shell.hpp"

namespace cm::test {

namespace {

/// "pg_dump (PostgreSQL) 15.1 …" → 15
int version_of(std::string const& text) {
    auto const digit = text.find_first_of("0123456789");
    return digit == std::string::npos ? 0 : std::stoi(text.substr(digit));
}

}  // namespace

namespace {

/// `WITH (b='2', a='1')`: the order of parameters is that in which they were set.
std::string with_sorted_parameters(std::string_view line) {
    constexpr std::string_view before = "WITH (";
    auto const end = line.rfind(')');
    if (!line.starts_with(before) || end == std::string_view::npos) return std::string(line);
    std::vector<std::string> parameters{};
    auto list = line.substr(before.size(), end - before.size());
    while (!list.empty()) {
        auto const comma = std::min(list.find(", "), list.size());
        parameters.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 2, list.size()));
    }
    std::sort(parameters.begin(), parameters.end());
    return fmt::format("{}{}{}", before, fmt::join(parameters, ", "), line.substr(end));
}

/// How far a statement goes that begins here: names and literals in it may hold line ends.
std::size_t end_of_statement(std::string_view dump) {
    char quote = 0;
    for (std::size_t i = 0; i < dump.size(); ++i) {
        auto const letter = dump[i];
        if (letter == ';' && quote == 0) return i + 1;
        if (letter != '\'' && letter != '"') continue;
        if (quote == 0) {
            quote = letter;
        } else if (quote == letter) {
            quote = 0;
        }
    }
    return dump.size();
}

}  // namespace

std::string with_sorted_columns(std::string_view dump) {
    std::string result{};
    // What is said of columns one by one comes in their order, too.
    std::vector<std::string> columns{}, changes{};
    bool is_inside = false;
    while (!dump.empty()) {
        auto const is_comment = !is_inside && dump.starts_with("COMMENT ON COLUMN ");
        auto line = dump.substr(0, is_comment ? end_of_statement(dump) : dump.find('\n'));
        dump.remove_prefix(std::min(line.size() + 1, dump.size()));
        if (is_inside && line.starts_with(")")) {
            std::sort(columns.begin(), columns.end());
            for (auto const& column : columns) result += column + '\n';
            columns.clear();
            is_inside = false;
        }
        if (is_inside) {
            if (line.ends_with(',')) line.remove_suffix(1);
            columns.emplace_back(line);
            continue;
        }
        is_inside =
            (line.starts_with("CREATE TABLE ") || line.starts_with("CREATE UNLOGGED TABLE ")) &&
            line.ends_with('(');
        auto const is_change =
            line.starts_with("ALTER TABLE ") && line.find(" ALTER COLUMN ") != line.npos;
        if (is_comment || (is_change && line.ends_with(';'))) {
            changes.emplace_back(line);
            continue;
        }
        // Tokens against injected psql commands, different in each run.
        if (!line.starts_with("\\restrict ") && !line.starts_with("\\unrestrict ")) {
            result.append(with_sorted_parameters(line)).append("\n");
        }
    }
    std::sort(changes.begin(), changes.end());
    for (auto const& change : changes) result += change + '\n';
    return result;
}

std::optional<std::string> dump_schema(std::string const& url) {
    auto const binaries = find_server_binaries();
    if (!binaries) throw std::runtime_error("no pg_dump: the server's programs are not installed");
    Shell const shell{.folder = "/",
                      .environment = {{"PATH", binaries->string() + ":/usr/bin:/bin"},
                                      // Compiling its queries would take longer than all else.
                                      {"PGOPTIONS", "-c jit=off"}}};
    // All of a run is on one server.
    static bool const is_known = [&] {
        Session session(url);
        return server_version(session) <=
               version_of(run(shell, "pg_dump --version").pieces.front());
    }();
    if (!is_known) return {};
    auto const output = run(
        shell,
        fmt::format("pg_dump --schema-only --no-owner --exclude-schema='neighbour*' '{}'", url));
    if (output.exit_code != 0) throw std::runtime_error("pg_dump: " + output.pieces.front());
    return with_sorted_columns(output.pieces.front());
}

std::string snapshot(Session& session, EnumOrder order) {
    static auto const text = read_text(places::source / "tests/support/snapshot.sql");
    constexpr std::string_view place = ":enum_order";
    auto query = text;
    query.replace(query.rfind(place), place.size(),
                  order == EnumOrder::counts ? "enumsortorder" : "enumlabel");
    std::string lines{};
    for (auto const& row : session.fetch_prepared(query).fields) lines += row.at(0).value() + "\n";
    return lines;
}

}  // namespace cm::test

// Random pairs of databases, the second an edit of the first, with objects of every kind: the way
// from the one to the other and back keeps the laws of support/exact_laws.hpp. CM_PROPERTY_PAIRS:
// how many pairs (25); CM_PROPERTY_SEED: the first seed, as a failure prints it.
// CM_PROPERTY_KEEP_GOING=1 goes on after a failure, CM_PROPERTY_REDUCE=1 looks for the statements
// that matter.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "support/exact_laws.hpp"
#include "support/random_database.hpp"
#include "support/reduction.hpp"

namespace cm::test {

namespace {

/// A statement, and of which of the two databases it is.
struct Part {
    std::string statement{};
    bool is_of_from{}, is_of_to{};
};

/// Both databases in one list, in which what they share stands once.
std::vector<Part> united(std::vector<std::string> const& from, std::vector<std::string> const& to) {
    std::vector<Part> parts{};
    std::size_t next = 0;
    for (auto const& statement : from) {
        auto const same = std::find(to.begin() + static_cast<long>(next), to.end(), statement);
        if (same == to.end()) {
            parts.push_back({statement, true, false});
            continue;
        }
        for (; to.begin() + static_cast<long>(next) != same; ++next)
            parts.push_back({to[next], false, true});
        parts.push_back({statement, true, true});
        ++next;
    }
    for (; next < to.size(); ++next) parts.push_back({to[next], false, true});
    return parts;
}

/// What came of a pair.
struct Outcome {
    std::string refusal{};         ///< the code of the error before anything was done
    std::string law{}, finding{};  ///< the first that does not hold
    std::string script{};
};

enum class OnError { fails, leaves_out };

void make(Side& side, std::vector<Part> const& parts, bool Part::*is_of, OnError on_error) {
    for (auto const& part : parts) {
        if (!(part.*is_of)) continue;
        try {
            side.session.execute(part.statement);
        } catch (std::runtime_error const& error) {
            // PostgreSQL 12 tries a default though there are no rows: the column stays away, and
            // what names it.
            if (std::string_view(error.what()).find("violates check constraint") !=
                std::string_view::npos)
                on_error = OnError::leaves_out;
            if (on_error == OnError::fails)
                throw std::runtime_error(fmt::format("{}\n{}", error.what(), part.statement));
        }
    }
}

std::string code_of(Failure const& failure) {
    return std::string(failure.diagnostics().at(0).code);
}

Outcome lead(Side& side, schema::Schema const& from, Sight const& target) {
    Outcome outcome{};
    try {
        outcome.script = migration(from, target.schema);
    } catch (Failure const& failure) {
        outcome.refusal = code_of(failure);
        outcome.finding = failure.what();
        return outcome;
    }
    auto const broken = broken_laws(side, outcome.script, target);
    if (broken.empty()) return outcome;
    outcome.law = broken.front().law;
    for (auto const& each : broken)
        outcome.finding += fmt::format("not so: {}\n{}\n", each.law, each.finding);
    return outcome;
}

Outcome lead(std::vector<Part> const& parts, OnError on_error, bool is_dumped = true) {
    Side one{}, other{};
    make(one, parts, &Part::is_of_from, on_error);
    make(other, parts, &Part::is_of_to, on_error);
    auto const from = one.look(is_dumped);
    auto const to = other.look(is_dumped);
    for (auto const* const side : {&from, &to}) {
        auto const script = migration(side->schema, side->schema);
        if (!script.empty()) return {{}, "equal databases need nothing", {}, script};
    }
    auto there = lead(one, from.schema, to);
    if (!there.law.empty() || !there.refusal.empty()) return there;
    auto back = lead(one, read_all(one.session), from);
    if (!back.law.empty()) back.law = "on the way back, " + back.law;
    return back;
}

/// Without names, of which there are others in a smaller pair.
std::string signature(Outcome const& outcome) {
    auto text = outcome.law;
    if (outcome.law.ends_with("the script runs")) {
        bool is_name = false;
        for (auto const letter : outcome.finding.substr(0, outcome.finding.find('\n', 30))) {
            if (letter == '"') is_name = !is_name;
            if (!is_name) text += letter;
        }
    }
    return text;
}

std::string shown(std::vector<Part> const& parts, bool Part::*is_of) {
    std::string text{};
    for (auto const& part : parts) {
        if (part.*is_of) text += part.statement + ";\n";
    }
    return text;
}

std::vector<Part> reduced_pair(std::vector<Part> const& parts, Outcome const& outcome) {
    auto const is_dumped = outcome.law.find("dump") != std::string::npos;
    auto const fails = [&](std::vector<Part> const& fewer) {
        return signature(lead(fewer, OnError::leaves_out, is_dumped)) == signature(outcome);
    };
    auto few = reduced<Part>(parts, fails);
    std::erase_if(few, [](Part const& part) { return !part.is_of_from && !part.is_of_to; });
    return few;
}

unsigned setting(char const* name, unsigned otherwise) {
    auto const* const text = std::getenv(name);
    return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

TEST(RandomDatabases, keep_the_laws_there_and_back) {
    CM_NEEDS_SERVER();
    auto const version = [] {
        Session session(server_url().value());
        return server_version(session);
    }();
    auto const first = setting("CM_PROPERTY_SEED", 1);
    auto const pairs = setting("CM_PROPERTY_PAIRS", 25);
    std::map<std::string, std::vector<unsigned>> refusals{};
    unsigned failures = 0, refused = 0;
    for (auto seed = first; seed < first + pairs; ++seed) {
        Dice dice(seed);
        Choices choices(seed);
        auto const from = random_database::statements(choices, version);
        auto edited = choices.edited(dice, 1 + dice.below(20));
        auto parts = united(from, random_database::statements(edited, version));
        Outcome outcome{};
        try {
            outcome = lead(parts, OnError::fails);
        } catch (std::exception const& error) {
            outcome = {{}, "PostgreSQL accepts the databases", error.what(), {}};
        }
        if (!outcome.refusal.empty()) {
            ++refused;
            refusals[outcome.refusal].push_back(seed);
        }
        if (outcome.law.empty()) continue;
        ++failures;
        if (setting("CM_PROPERTY_REDUCE", 0) != 0 &&
            outcome.law != "PostgreSQL accepts the databases") {
            parts = reduced_pair(parts, outcome);
            outcome = lead(parts, OnError::leaves_out);
        }
        ADD_FAILURE() << fmt::format("CM_PROPERTY_SEED={} CM_PROPERTY_PAIRS=1\n", seed)
                      << outcome.finding << "\n-- from.sql --\n"
                      << shown(parts, &Part::is_of_from) << "-- to.sql --\n"
                      << shown(parts, &Part::is_of_to) << "-- migration.sql --\n"
                      << outcome.script;
        if (setting("CM_PROPERTY_KEEP_GOING", 0) == 0) break;
    }
    std::string counted{};
    for (auto const& [code, seeds] : refusals)
        counted += fmt::format(" {} (seeds {})", code, fmt::join(seeds, ", "));
    fmt::print("{} pairs, {} failed, refused:{}\n", pairs, failures,
               counted.empty() ? " none" : counted);
    // Or the test would say nothing.
    EXPECT_LE(refused * 4, pairs);
}

}  // namespace

}  // namespace cm::test

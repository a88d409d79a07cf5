// The table of src/sql/relation_effects_table.hpp held against a server: what a statement is said
// to lock, to read through and to write anew is what it does.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "pg/connection.hpp"
#include "places.hpp"
#include "relation_effects/examples.hpp"
#include "relation_effects/measurement.hpp"
#include "sql/default_volatility.hpp"
#include "sql/relation_effects_table.hpp"
#include "support/case_file.hpp"
#include "support/database.hpp"

namespace cm::test {
namespace {

using sql::LockMode;
using sql::Subject;

/// The relations that an effect is on, where `$1` is the named one.
std::string_view query_of(Subject subject) {
    switch (subject) {
        case Subject::named:
            return "SELECT $1::regclass::text AS name";
        case Subject::table_of_index:
            return "SELECT indrelid::regclass::text AS name FROM pg_index WHERE indexrelid = "
                   "$1::regclass";
        case Subject::descendants:
            return "WITH RECURSIVE below AS (SELECT inhrelid FROM pg_inherits WHERE inhparent = "
                   "$1::regclass UNION SELECT i.inhrelid FROM pg_inherits i JOIN below b ON "
                   "i.inhparent = b.inhrelid) SELECT inhrelid::regclass::text AS name FROM below";
        case Subject::parent:
            return "SELECT inhparent::regclass::text AS name FROM pg_inherits WHERE inhrelid = "
                   "$1::regclass";
        case Subject::default_partition:
            return "SELECT partdefid::regclass::text AS name FROM pg_partitioned_table WHERE "
                   "partdefid <> 0 AND partdefid <> $1::regclass AND (partrelid = $1::regclass OR "
                   "partrelid IN (SELECT inhparent FROM pg_inherits WHERE inhrelid = "
                   "$1::regclass))";
        case Subject::referenced:
            return "SELECT confrelid::regclass::text AS name FROM pg_constraint WHERE contype = "
                   "'f' AND conrelid = $1::regclass";
        case Subject::referencing:
            return "SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f' "
                   "AND confrelid = $1::regclass";
        case Subject::referencing_chain:
            return "WITH RECURSIVE chain AS (SELECT conrelid FROM pg_constraint WHERE contype = "
                   "'f' AND confrelid = $1::regclass UNION SELECT c.conrelid FROM pg_constraint c "
                   "JOIN chain ON c.contype = 'f' AND c.confrelid = chain.conrelid) SELECT "
                   "conrelid::regclass::text AS name FROM chain";
        case Subject::underlying:
            return "SELECT d.refobjid::regclass::text AS name FROM pg_rewrite r JOIN pg_depend d "
                   "ON "
                   "d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = "
                   "'pg_class'::regclass WHERE r.ev_class = $1::regclass AND d.refobjid <> "
                   "r.ev_class AND r.rulename = '_RETURN'";
        case Subject::dependent_views:
            return "WITH RECURSIVE reading AS (SELECT r.ev_class FROM pg_rewrite r JOIN pg_depend "
                   "d "
                   "ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refobjid = "
                   "$1::regclass WHERE r.ev_class <> d.refobjid UNION SELECT r.ev_class FROM "
                   "pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND "
                   "d.objid = r.oid JOIN reading ON d.refobjid = reading.ev_class WHERE r.ev_class "
                   "<> d.refobjid) SELECT ev_class::regclass::text AS name FROM reading";
        case Subject::indexes:
            return "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = "
                   "$1::regclass";
        case Subject::users_of_type:
            return "SELECT attrelid::regclass::text AS name FROM pg_attribute WHERE atttypid = "
                   "$1::regtype";
        case Subject::every_table:
            return "SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = "
                   "$1::regnamespace";
    }
    return {};
}

/// What the table says of one relation.
struct Said {
    sql::EffectRow const* row{};
    std::size_t effect{};
    sql::EffectOfRow what{};
    std::string relation{};
    bool is_named{};
    bool must_be_seen{};  ///< reading and writing: a partitioned table has no rows of its own
};

std::string written(sql::QualifiedName const& name) {
    return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

class RelationEffectsOnServer : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ =
            std::make_unique<TestDatabase>(*server_url(), RoleRights::superuser, Neighbours::none);
        url_ = pg::parse_url(database_->url());
        connection_ = std::make_unique<pg::Connection>(url_);
        server_ = connection_->server_version() / 10000;
        shop_ = read_text(places::source / "tests/relation_effects/shop.sql");
        tablespace_ = fresh_name();
        connection_->execute("SET allow_in_place_tablespaces = on");
        connection_->execute(fmt::format("CREATE TABLESPACE {} LOCATION ''", tablespace_));
        restore();
    }

    void TearDown() override {
        if (!connection_) return;
        connection_->execute("DROP SCHEMA shop, attic CASCADE; DROP ACCESS METHOD second_heap");
        connection_->execute(fmt::format("DROP TABLESPACE {}", tablespace_));
    }

    void restore() { connection_->execute(shop_); }

    std::vector<Said> say(std::string const& statement) {
        auto const trees = sql::parse_statements(statement);
        if (!trees) throw std::runtime_error("cannot be parsed");
        std::vector<Said> all{};
        for (auto const& part : sql::parts_of(trees->front())) {
            auto const* const row = sql::find_row(part, server_);
            if (row != nullptr) add_said(all, part, *row);
        }
        return all;
    }

    void add_said(std::vector<Said>& all, sql::StatementPart const& part,
                  sql::EffectRow const& row) {
        for (std::size_t i = 0; i < row.effects.size(); ++i) {
            auto const& effect = row.effects[i];
            if (effect.lock == LockMode::none) break;
            if (part.is_only && effect.subject == Subject::descendants) continue;
            auto name = written(effect.place == sql::Place::target ? part.target : part.other);
            if (effect.subject == Subject::every_table) name = part.target.schema;
            auto const has_rows = [&](std::string const& relation) {
                return connection_
                           ->fetch(
                               "SELECT FROM pg_class WHERE oid = $1::regclass AND relkind IN ('r', "
                               "'m')",
                               {{relation}})
                           .size() == 1;
            };
            auto const rows = connection_->fetch(query_of(effect.subject), {{name}});
            for (std::size_t k = 0; k < rows.size(); ++k) {
                all.push_back({&row, i, effect, rows[k].text("name"),
                               effect.subject == Subject::named,
                               effect.subject == Subject::named && has_rows(rows[k].text("name"))});
            }
        }
    }

    std::string statement_of(EffectExample const& example) const {
        constexpr std::string_view place = "{tablespace}";
        std::string text{example.statement};
        if (auto const at = text.find(place); at != std::string::npos) {
            text.replace(at, place.size(), tablespace_);
        }
        return text;
    }

    Measurement measure(EffectExample const& example, std::string const& statement) {
        if (example.holders.empty()) {
            return measure_in_transaction(*connection_, statement);
        }
        return measure_alone(url_, statement, example.holders,
                             shop_ + std::string{example.preparation});
    }

    void show(EffectExample const& example);
    /// Compares, and notes which effects of which rows have been seen to the full.
    void compare(EffectExample const& example, std::string const& statement);
    void compare_reads(std::string const& relation, std::vector<Said const*> const& said,
                       MeasuredEffect const& measured);

    std::unique_ptr<TestDatabase> database_{};
    pg::Url url_{};
    std::unique_ptr<pg::Connection> connection_{};
    std::string shop_{};
    std::string tablespace_{};
    int server_{};
    std::set<std::pair<sql::EffectRow const*, std::size_t>> seen_{};
};

bool is_index_or_sequence(std::string const& relation) {
    return relation.ends_with("_idx") || relation.ends_with("key") || relation.ends_with("_seq") ||
           relation == "numbers";
}

void RelationEffectsOnServer::compare_reads(std::string const& relation,
                                            std::vector<Said const*> const& said,
                                            MeasuredEffect const& measured) {
    using sql::IndexBuild;
    using sql::Rewrite;
    using sql::Scan;
    auto const any = [&](auto const& test) {
        return std::any_of(said.begin(), said.end(),
                           [&](Said const* one) { return test(one->what); });
    };
    auto const may_rewrite = any([](auto const& e) { return e.rewrite != Rewrite::no; });
    auto const may_build =
        may_rewrite || any([](auto const& e) { return e.index_build != IndexBuild::no; });
    // How a query reads is the planner's choice.
    auto const may_scan =
        may_build ||
        any([](auto const& e) { return e.scan != Scan::no || e.subject == Subject::underlying; }) ||
        std::any_of(said.begin(), said.end(),
                    [](Said const* one) { return one->row->form == "QUERY"; });
    EXPECT_TRUE(may_rewrite || !measured.rewrites) << relation << " is written anew";
    EXPECT_TRUE(may_build || !measured.builds_index) << relation << " has an index built";
    EXPECT_TRUE(may_scan || !measured.scans) << relation << " is read";
    auto const must = [&](auto const& test) {
        return std::any_of(said.begin(), said.end(),
                           [&](Said const* one) { return one->must_be_seen && test(one->what); });
    };
    EXPECT_TRUE(measured.rewrites || !must([](auto const& e) { return e.rewrite == Rewrite::yes; }))
        << relation << " is not written anew";
    EXPECT_TRUE(measured.builds_index ||
                !must([](auto const& e) { return e.index_build == IndexBuild::yes; }))
        << relation << " has no index built";
    EXPECT_TRUE(measured.scans || !must([](auto const& e) { return e.scan == Scan::yes; }))
        << relation << " is not read";
}

void RelationEffectsOnServer::compare(EffectExample const& example, std::string const& statement) {
    auto const said = say(statement);
    ASSERT_FALSE(said.empty()) << "no row is about it";
    EXPECT_EQ(said.front().row->action, example.action);
    auto const measured = measure(example, statement);
    std::map<std::string, std::vector<Said const*>> by_relation{};
    for (auto const& one : said) by_relation[one.relation].push_back(&one);
    for (auto const& [relation, effect] : measured) {
        if (by_relation.contains(relation) || is_index_or_sequence(relation)) continue;
        EXPECT_EQ(describe(effect.lock), "no lock") << relation << " is not in the table's answer";
    }
    for (auto const& [relation, effects] : by_relation) {
        auto const found = measured.find(relation);
        auto const real = found == measured.end() ? MeasuredEffect{} : found->second;
        auto strongest = LockMode::none;
        auto named = LockMode::none;
        for (auto const* const one : effects) {
            strongest = stronger(strongest, one->what.lock);
            if (one->is_named) named = stronger(named, one->what.lock);
        }
        EXPECT_LE(real.lock, strongest) << relation << ": " << describe(real.lock);
        if (named != LockMode::none) {
            EXPECT_EQ(describe(real.lock), describe(strongest)) << relation;
        }
        compare_reads(relation, effects, real);
        for (auto const* const one : effects) {
            if (one->what.lock == real.lock) seen_.insert({one->row, one->effect});
        }
    }
}

void RelationEffectsOnServer::show(EffectExample const& example) {
    auto const statement = statement_of(example);
    SCOPED_TRACE(statement);
    try {
        if (!example.preparation.empty()) {
            connection_->execute("SET search_path = shop");
            connection_->execute(example.preparation);
        }
        compare(example, statement);
    } catch (std::exception const& failed) {
        ADD_FAILURE() << failed.what();
    }
    if (!example.preparation.empty() || !example.holders.empty()) restore();
}

/// A row that an earlier one, from a later version, takes the place of.
bool is_replaced(sql::EffectRow const& row, int server) {
    for (auto const rows : {sql::alter_table_rows(), sql::other_rows()}) {
        for (auto const& other : rows) {
            if (other.action == row.action && other.since > row.since && other.since <= server) {
                return true;
            }
        }
    }
    return false;
}

TEST_F(RelationEffectsOnServer, are_as_the_table_says) {
    for (auto const examples : {alter_table_examples(), other_examples()}) {
        for (auto const& example : examples) {
            if (server_ >= example.since) show(example);
        }
    }
    for (auto const rows : {sql::alter_table_rows(), sql::other_rows()}) {
        for (auto const& row : rows) {
            if (row.since > server_ || is_replaced(row, server_)) continue;
            for (std::size_t i = 0; i < row.effects.size(); ++i) {
                if (row.effects[i].lock == LockMode::none) break;
                EXPECT_TRUE(seen_.contains({&row, i}))
                    << row.action << ", effect " << i << ": no example shows it";
            }
        }
    }
}

/// What a change of type does to a table with a row and an index; undone by the error that tells
/// it.
constexpr char const* measure_type_change = R"(
CREATE FUNCTION type_change(old text, new text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    files oid[];
BEGIN
    EXECUTE format('CREATE TABLE changed (c %s)', old);
    INSERT INTO changed DEFAULT VALUES;
    BEGIN
        CREATE INDEX changed_index ON changed (c);
    EXCEPTION WHEN undefined_object THEN
        CREATE INDEX changed_index ON changed ((1));
    END;
    files := ARRAY[pg_relation_filenode('changed'), pg_relation_filenode('changed_index')];
    BEGIN
        EXECUTE format('ALTER TABLE changed ALTER COLUMN c TYPE %s', new);
    EXCEPTION WHEN datatype_mismatch THEN
        EXECUTE format('ALTER TABLE changed ALTER COLUMN c TYPE %1$s USING c::%1$s', new);
    END;
    RAISE EXCEPTION USING ERRCODE = 'XX999', MESSAGE = CASE
        WHEN files[1] <> pg_relation_filenode('changed') THEN 'rewrites_table'
        WHEN files[2] <> pg_relation_filenode('changed_index') THEN 'rebuilds_indexes'
        ELSE 'catalog' END;
EXCEPTION
    WHEN SQLSTATE 'XX999' THEN RETURN SQLERRM;
    WHEN cannot_coerce OR undefined_object OR datatype_mismatch THEN RETURN '';
END $$)";

std::string_view word_of(sql::TypeChangeCost cost) {
    switch (cost) {
        case sql::TypeChangeCost::catalog:
            return "catalog";
        case sql::TypeChangeCost::rebuilds_indexes:
            return "rebuilds_indexes";
        case sql::TypeChangeCost::rewrites_table:
            break;
    }
    return "rewrites_table";
}

TEST_F(RelationEffectsOnServer, of_types_are_as_the_list_says) {
    connection_->execute("SET search_path = shop");
    connection_->execute(measure_type_change);
    for (auto const* const zone : {"UTC", "Europe/Berlin"}) {
        connection_->execute(fmt::format("SET TimeZone = '{}'", zone));
        auto const rows = connection_->fetch(
            "WITH types AS (SELECT unnest(ARRAY['text', 'varchar', 'varchar(10)', 'varchar(20)', "
            "'char(5)', 'char(10)', 'name', 'int2', 'int4', 'int8', 'oid', 'float8', 'numeric', "
            "'numeric(5,2)', 'numeric(7,2)', 'numeric(7,3)', 'timestamp', 'timestamp(3)', "
            "'timestamp(0)', 'timestamp(6)', 'timestamptz', 'timestamptz(3)', 'timestamptz(6)', "
            "'date', 'time', 'time(3)', 'timetz', 'interval', 'interval(3)', 'interval(6)', "
            "'inet', "
            "'cidr', 'bit(4)', 'bit(8)', 'varbit', 'varbit(4)', 'varbit(8)', 'bool', 'uuid', "
            "'json', "
            "'jsonb', 'bytea', 'xml', 'text[]', 'varchar[]', 'varchar(10)[]', 'varchar(20)[]', "
            "'int4[]', 'int8[]', 'numeric[]', 'numeric(5,2)[]', 'timestamp[]', 'timestamptz[]', "
            "'mood', 'mood[]']) AS type) SELECT a.type AS old, b.type AS new, type_change(a.type, "
            "b.type) AS cost FROM types a, types b");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const& cost = rows[i].text("cost");
            if (cost.empty()) continue;
            auto const from = sql::parse_type(rows[i].text("old"));
            auto const to = sql::parse_type(rows[i].text("new"));
            ASSERT_TRUE(from && to);
            EXPECT_EQ(word_of(type_change_cost(*from, *to, std::string_view{zone} == "UTC")), cost)
                << rows[i].text("old") << " to " << rows[i].text("new") << " at " << zone;
        }
    }
}

TEST_F(RelationEffectsOnServer, of_defaults_are_as_pg_proc_says) {
    auto const ask = [&](std::vector<std::string_view> const& names, char const* condition) {
        std::vector<std::string> found{};
        for (auto const name : names) {
            auto const rows = connection_->fetch(
                fmt::format("SELECT FROM pg_proc WHERE proname = $1 AND pronamespace = "
                            "'pg_catalog'::regnamespace HAVING {}",
                            condition),
                {{std::string{name}}});
            if (!rows.empty()) found.emplace_back(name);
        }
        return found;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(ask(sql::known_volatile_functions(), "bool_or(provolatile <> 'v')"), Names{});
    // On 12 one of several `timezone` is, which is about `timetz`.
    EXPECT_EQ(ask(sql::known_steady_functions(), "bool_and(provolatile = 'v')"), Names{});
}

}  // namespace
}  // namespace cm::test

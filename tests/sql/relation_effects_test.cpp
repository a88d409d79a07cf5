// What is told of a statement without a server. Whether it is true is asked of servers in
// tests/relation_effects_test.cpp.
#include "sql/relation_effects.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cm::sql {
namespace {

RelationEffects effects_of_text(std::string_view statement, int server = 15) {
    auto const trees = parse_statements(statement);
    if (!trees || trees->empty()) return {};
    return relation_effects(trees->front(), server);
}

/// "customers SHARE ROW EXCLUSIVE", a line each, of those on relations that are named.
std::string locks(std::string_view statement, int server = 15) {
    std::string text{};
    for (auto const& effect : effects_of_text(statement, server).effects) {
        if (effect.subject != Subject::named) continue;
        auto const dot = effect.relation.schema.empty() ? "" : ".";
        text += fmt::format("{}{}{} {}\n", effect.relation.schema, dot, effect.relation.name,
                            describe(effect.lock));
    }
    return text;
}

RelationEffect first(std::string_view statement, int server = 15) {
    auto const all = effects_of_text(statement, server).effects;
    return all.empty() ? RelationEffect{} : all.front();
}

TEST(LockMode, conflicts_as_the_manual_says) {
    using enum LockMode;
    EXPECT_TRUE(conflicts(access_exclusive, access_share));
    EXPECT_TRUE(conflicts(access_share, access_exclusive));
    EXPECT_FALSE(conflicts(exclusive, access_share));
    EXPECT_TRUE(conflicts(exclusive, row_share));
    EXPECT_FALSE(conflicts(share, share));
    EXPECT_TRUE(conflicts(share, share_update_exclusive));
    EXPECT_TRUE(conflicts(share_update_exclusive, share_update_exclusive));
    EXPECT_FALSE(conflicts(share_update_exclusive, row_exclusive));
    EXPECT_FALSE(conflicts(row_exclusive, row_exclusive));
    EXPECT_FALSE(conflicts(none, access_exclusive));
    for (auto a = access_share; a <= access_exclusive; a = LockMode(int(a) + 1)) {
        for (auto b = access_share; b <= access_exclusive; b = LockMode(int(b) + 1)) {
            EXPECT_EQ(conflicts(a, b), conflicts(b, a)) << describe(a) << ", " << describe(b);
        }
        EXPECT_EQ(lock_mode_named(catalog_name(a)), a);
    }
}

TEST(RelationEffects, of_each_command_of_a_statement) {
    EXPECT_EQ(locks("ALTER TABLE s.t ADD COLUMN c int REFERENCES u(id), VALIDATE CONSTRAINT x"),
              "s.t ACCESS EXCLUSIVE\n"
              "s.t ACCESS EXCLUSIVE\n"
              "u SHARE ROW EXCLUSIVE\n"
              "s.t SHARE UPDATE EXCLUSIVE\n");
    auto const effects = effects_of_text("ALTER TABLE t CLUSTER ON i, ALTER b SET NOT NULL");
    EXPECT_EQ(effects.effects.at(0).command, 0U);
    EXPECT_EQ(effects.effects.at(1).command, 1U);
    EXPECT_EQ(effects.effects.at(1).column, "b");
    EXPECT_EQ(strongest_lock(effects, {"", "t"}), LockMode::access_exclusive);
}

TEST(RelationEffects, of_each_relation_of_a_statement) {
    EXPECT_EQ(locks("DROP TABLE IF EXISTS a, s.b"), "a ACCESS EXCLUSIVE\ns.b ACCESS EXCLUSIVE\n");
    EXPECT_EQ(locks("WITH w AS (DELETE FROM a RETURNING *) SELECT * FROM w JOIN b USING (id) FOR "
                    "UPDATE OF b"),
              "b ROW SHARE\nb ACCESS SHARE\na ROW EXCLUSIVE\n");
    EXPECT_EQ(locks("INSERT INTO a SELECT * FROM s.b"), "a ROW EXCLUSIVE\ns.b ACCESS SHARE\n");
    EXPECT_EQ(locks("CREATE TABLE a (b int REFERENCES c, d int REFERENCES a, LIKE e)"),
              "c SHARE ROW EXCLUSIVE\ne ACCESS SHARE\n");
    EXPECT_EQ(locks("COPY a FROM STDIN"), "a ROW EXCLUSIVE\n");
    EXPECT_EQ(locks("DROP POLICY p ON s.t"), "s.t ACCESS EXCLUSIVE\n");
}

TEST(RelationEffects, of_nothing) {
    EXPECT_EQ(locks("CREATE TABLE a (b int)"), "");
    EXPECT_EQ(locks("SET lock_timeout = '1s'"), "");
    EXPECT_EQ(locks("DO $$ BEGIN DROP TABLE a; END $$"), "");
    EXPECT_EQ(locks("SELECT 1"), "");
    EXPECT_EQ(locks("DROP FUNCTION f(int)"), "");
}

TEST(RelationEffects, of_every_table) {
    EXPECT_EQ(first("VACUUM FULL").subject, Subject::every_table);
    EXPECT_EQ(first("CLUSTER").subject, Subject::every_table);
    EXPECT_EQ(first("REINDEX SCHEMA s").relation, (QualifiedName{"s", ""}));
}

TEST(RelationEffects, of_only_a_parent) {
    auto const has_descendants = [](std::string_view statement) {
        auto const effects = effects_of_text(statement).effects;
        return std::any_of(effects.begin(), effects.end(), [](RelationEffect const& effect) {
            return effect.subject == Subject::descendants;
        });
    };
    EXPECT_TRUE(has_descendants("ALTER TABLE t ADD c int"));
    EXPECT_FALSE(has_descendants("ALTER TABLE ONLY t ADD c int"));
    EXPECT_FALSE(has_descendants("CREATE INDEX ON ONLY t (c)"));
}

TEST(RelationEffects, know_what_they_depend_on) {
    auto const type = first("ALTER TABLE t ALTER c TYPE varchar(20)");
    EXPECT_EQ(type.rewrite, Rewrite::depends_on_type);
    EXPECT_EQ(type.type, *parse_type("varchar(20)"));
    EXPECT_EQ(first("ALTER TABLE t ALTER c TYPE int USING c::int").rewrite,
              Rewrite::depends_on_type);
    EXPECT_EQ(first("ALTER TABLE t ALTER c TYPE int USING length(c)").rewrite, Rewrite::yes);
    EXPECT_EQ(first("ALTER TABLE t ALTER c TYPE int USING d::int").rewrite, Rewrite::yes);
    auto const value = first("ALTER TABLE t ADD c text DEFAULT lower(s.f())");
    EXPECT_EQ(value.rewrite, Rewrite::depends_on_function);
    EXPECT_EQ(value.functions, (std::vector<QualifiedName>{{"s", "f"}}));
    EXPECT_EQ(first("ALTER TABLE t ADD c s.mood").rewrite, Rewrite::depends_on_domain);
    EXPECT_EQ(first("ALTER TABLE t ADD c text[] DEFAULT '{}'").rewrite, Rewrite::no);
    EXPECT_EQ(first("ALTER TABLE t ADD c timestamptz DEFAULT now()").rewrite, Rewrite::no);
    EXPECT_EQ(first("ALTER TABLE t ADD c uuid DEFAULT gen_random_uuid()").rewrite, Rewrite::yes);
    EXPECT_TRUE(may_be_slow(value));
    EXPECT_FALSE(may_be_slow(first("ALTER TABLE t ADD c int")));
}

TEST(RelationEffects, depend_on_the_version) {
    EXPECT_EQ(locks("ALTER TABLE p DETACH PARTITION q", 13),
              "p ACCESS EXCLUSIVE\nq SHARE UPDATE EXCLUSIVE\n");
    EXPECT_EQ(locks("ALTER TABLE p DETACH PARTITION q", 14),
              "p ACCESS EXCLUSIVE\nq ACCESS EXCLUSIVE\n");
}

std::string_view word(DefinedAction action) {
    switch (action) {
        case DefinedAction::creates:
            return "creates";
        case DefinedAction::replaces:
            return "replaces";
        case DefinedAction::drops:
            return "drops";
        case DefinedAction::renames:
            return "renames";
        case DefinedAction::moves:
            break;
    }
    return "moves";
}

/// "drops t.c", a line each.
std::string defined(std::string_view statement) {
    auto const dotted = [](QualifiedName const& name) {
        return name.schema.empty() ? name.name : name.schema + "." + name.name;
    };
    std::string text{};
    for (auto const& one : effects_of_text(statement).defines) {
        text += fmt::format("{} {}", word(one.action), dotted(one.name));
        if (!one.table.name.empty()) text += " of " + dotted(one.table);
        if (!one.new_name.name.empty()) text += " to " + dotted(one.new_name);
        if (one.is_conditional) text += ", if";
        if (one.cascades) text += ", cascade";
        text += '\n';
    }
    return text;
}

TEST(DefinedObjects, are_told) {
    EXPECT_EQ(
        defined("CREATE TABLE IF NOT EXISTS s.t (a int CONSTRAINT k PRIMARY KEY, CHECK (a > 0))"),
        "creates s.t, if\ncreates k of s.t\ncreates  of s.t\n");
    EXPECT_EQ(defined("CREATE UNIQUE INDEX i ON s.t (a)"), "creates s.i of s.t\n");
    EXPECT_EQ(defined("CREATE OR REPLACE VIEW s.v AS SELECT 1"), "replaces s.v\n");
    EXPECT_EQ(defined("CREATE MATERIALIZED VIEW v AS SELECT 1"), "creates v\n");
    EXPECT_EQ(defined("SELECT * INTO t FROM u"), "creates t\n");
    EXPECT_EQ(defined("SELECT 1"), "");
    EXPECT_EQ(defined("CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
              "creates s.f\n");
    EXPECT_EQ(defined("CREATE POLICY p ON t USING (true)"), "creates p of t\n");
    EXPECT_EQ(defined("CREATE SCHEMA s CREATE TABLE t (a int)"), "creates s\ncreates t\n");
    EXPECT_EQ(defined("ALTER TABLE s.t ADD COLUMN IF NOT EXISTS c int CONSTRAINT u UNIQUE, DROP "
                      "COLUMN d CASCADE, DROP CONSTRAINT IF EXISTS k"),
              "creates c of s.t, if\ncreates u of s.t\ndrops d of s.t, cascade\ndrops k of s.t, "
              "if\n");
    EXPECT_EQ(defined("DROP TABLE IF EXISTS a, s.b CASCADE"),
              "drops a, if, cascade\ndrops s.b, if, cascade\n");
    EXPECT_EQ(defined("DROP TRIGGER g ON s.t"), "drops g of s.t\n");
    EXPECT_EQ(defined("DROP SCHEMA s"), "drops s\n");
    EXPECT_EQ(defined("DROP TYPE s.mood"), "drops s.mood\n");
    EXPECT_EQ(defined("DROP FUNCTION s.f(int)"), "drops s.f\n");
    EXPECT_EQ(defined("ALTER TABLE s.t RENAME TO u"), "renames s.t to s.u\n");
    EXPECT_EQ(defined("ALTER TABLE s.t RENAME a TO b"), "renames a of s.t to b\n");
    EXPECT_EQ(defined("ALTER TYPE s.mood RENAME TO humor"), "renames s.mood to s.humor\n");
    EXPECT_EQ(defined("ALTER TABLE t SET SCHEMA s"), "moves t to s.t\n");
    EXPECT_EQ(defined("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad'"),
              "creates sad of mood, if\n");
    EXPECT_EQ(defined("ALTER TYPE mood RENAME VALUE 'sad' TO 'low'"),
              "renames sad of mood to low\n");
}

TEST(TypeChange, of_types_that_are_no_own_ones) {
    EXPECT_TRUE(is_rewritten(*parse_type("citext"), *parse_type("varchar(5)")));
    EXPECT_FALSE(is_rewritten(*parse_type("citext"), *parse_type("citext")));
    EXPECT_TRUE(is_rewritten(*parse_type("geometry"), *parse_type("geometry(Point,4326)")));
    EXPECT_FALSE(is_rewritten(*parse_type("timestamp"), *parse_type("timestamptz"), true));
    EXPECT_TRUE(is_rewritten(*parse_type("timestamp"), *parse_type("timestamptz"), false));
}

}  // namespace
}  // namespace cm::sql

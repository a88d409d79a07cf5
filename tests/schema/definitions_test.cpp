// Who relies on what: every edge of pg_depend and pg_shdepend between objects that are compared is
// one of `references` or `owner` when it has been read, and the list below says what is left out,
// and why. every_dependency.sql has one object of each sort.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "places.hpp"
#include "schema/catalog_query.hpp"
#include "support/case_file.hpp"
#include "support/round_trip.hpp"

namespace cm::test {

namespace {

using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;

/// A sort of edge: `pg_class n pg_opclass`.
struct LeftOut {
    std::string_view edge{};
    std::string_view why{};
    int since = 15, until = 99;
};

constexpr std::string_view not_compared = "not compared, see docs/internals/architecture.md";
constexpr std::string_view of_partition = "what a partition has of its parent is the parent's";
constexpr std::string_view roles = "roles are facts of owners";

constexpr std::array left_out{
    LeftOut{"pg_amop a pg_operator", not_compared},
    LeftOut{"pg_amop a pg_opfamily", not_compared},
    LeftOut{"pg_amop i pg_opclass", not_compared},
    LeftOut{"pg_amop n pg_operator", not_compared},
    LeftOut{"pg_amproc a pg_opfamily", not_compared},
    LeftOut{"pg_amproc a pg_proc", not_compared},
    LeftOut{"pg_amproc a pg_type", not_compared},
    LeftOut{"pg_amproc i pg_opclass", not_compared},
    LeftOut{"pg_amproc n pg_proc", not_compared},
    LeftOut{"pg_amproc n pg_type", not_compared},
    LeftOut{"pg_cast i pg_proc", not_compared},
    LeftOut{"pg_cast i pg_type", not_compared},
    LeftOut{"pg_class a pg_class", "indexes of TOAST tables come with them"},
    LeftOut{"pg_class i pg_class", "TOAST tables come with their table"},
    LeftOut{"pg_constraint P pg_constraint", of_partition},
    LeftOut{"pg_constraint S pg_class", of_partition},
    LeftOut{"pg_constraint a pg_class", "NOT NULL is a detail of the column", 18},
    LeftOut{"pg_constraint i pg_constraint", of_partition},
    LeftOut{"pg_constraint i pg_trigger", "the constraint of a trigger comes with it"},
    LeftOut{"pg_default_acl a pg_namespace", "they have their schema in their id"},
    LeftOut{"pg_proc i pg_type", "what makes values of a range comes with the range"},
    LeftOut{"pg_publication_namespace a pg_namespace", "a fact of the publication"},
    LeftOut{"pg_publication_namespace a pg_publication", "a fact of the publication"},
    LeftOut{"pg_shdepend o pg_authid", roles},
    LeftOut{"pg_trigger P pg_trigger", of_partition},
    LeftOut{"pg_trigger S pg_class", of_partition},
    LeftOut{"pg_trigger i pg_constraint", "the triggers of a foreign key come with it"},
    LeftOut{"pg_type i pg_type", "lists of an extension's types come with them", 15, 17},
    LeftOut{"pg_user_mapping n pg_foreign_server", not_compared},
};

/// Between users' objects, with the names that schema/objects.sql has for both ends.
constexpr std::string_view edges = R"(WITH $objects
SELECT d.sort, d.edge, o.kind, o.schema, o.name, o.part, u.kind AS used_kind,
       u.schema AS used_schema, u.name AS used_name, u.part AS used_part
FROM (SELECT format('%s %s %s', classid::regclass, deptype, refclassid::regclass) AS sort,
             pg_describe_object(classid, objid, objsubid) || ' -> '
                 || pg_describe_object(refclassid, refobjid, refobjsubid) AS edge,
             classid, objid, refclassid, refobjid
      FROM pg_depend d
      WHERE objid >= 16384 AND (refobjid >= 16384 OR refobjid = 'public'::regnamespace)
        -- What comes with another object is that one's, and so is what it relies on: copies on
        -- partitions, inherited constraints, what makes values of a range.
        AND NOT (deptype IN ('n', 'a')
                 AND (EXISTS (SELECT FROM pg_depend x
                              WHERE x.classid = d.classid AND x.objid = d.objid
                                AND (x.deptype IN ('P', 'S')
                                     OR (x.deptype = 'i' AND x.classid = 'pg_proc'::regclass)))
                      OR EXISTS (SELECT FROM pg_constraint k
                                 WHERE d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
                                   AND (NOT k.conislocal OR k.conparentid <> 0))))
      UNION ALL
      SELECT format('pg_shdepend %s %s', deptype, refclassid::regclass),
             pg_describe_object(classid, objid, objsubid) || ' -> '
                 || pg_describe_object(refclassid, refobjid, 0),
             classid, objid, refclassid, refobjid
      FROM pg_shdepend
      WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) d
LEFT JOIN named_objects o ON o.classid = d.classid AND o.objid = d.objid
LEFT JOIN named_objects u ON u.classid = d.refclassid AND u.objid = d.refobjid
ORDER BY 1, 2)";

ObjectRef whole(ObjectRef reference) {
    if (reference.aspect != DependencyKind::object) reference.part.clear();
    reference.aspect = DependencyKind::object;
    return reference;
}

using Known = std::map<ObjectRef, std::set<ObjectRef>>;

/// What each object that was read relies on.
Known known_references(schema::Schema const& schema) {
    Known known{};
    schema::for_each_kind([&](auto member) {
        for (auto const& [name, object] : schema.*member) {
            auto& all = known[self(object)];
            for (auto const& reference : references(object)) all.insert(whole(reference));
            if (auto const held_by = owner(object)) all.insert(whole(*held_by));
        }
    });
    return known;
}

/// A primary key is a part of its table.
ObjectRef holder(ObjectRef const& reference, schema::Schema const& schema) {
    if (reference.kind != ObjectKind::index) return reference;
    for (auto const& [name, table] : schema.tables) {
        if (table.primary_key && name.schema == reference.name.schema &&
            table.primary_key->name == reference.name.name)
            return self(table);
    }
    return reference;
}

std::optional<ObjectRef> end_of(sql::Row const& row, std::string const& prefix) {
    if (row.is_null(prefix + "kind")) return {};
    auto const kind = object::object_kind(row.text(prefix + "kind"));
    if (!kind) return {};
    sql::QualifiedName name{row.text(prefix + "schema"), row.text(prefix + "name")};
    // As references have it.
    if (*kind == ObjectKind::namespace_) name = {row.text(prefix + "schema"), {}};
    return ObjectRef{*kind, name, DependencyKind::object, row.text(prefix + "part")};
}

class Edges : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        session_.emplace(
            database_.emplace(server_url().value(), RoleRights::superuser, Neighbours::none).url());
        version_ = server_version(*session_);
        if (version_ < 15) GTEST_SKIP() << "the server is older than 15";
        session_->execute("SET client_min_messages = error");
        session_->execute(read_text(places::source / "tests/schema/every_dependency.sql"));
        session_->execute("BEGIN; SET LOCAL search_path = ''");
        schema_ = schema::whole_database(
            [&](std::string_view query) { return session_->fetch(std::string(query)); },
            {"house", "public"});
        rows_ = session_->fetch(schema::with_objects(edges));
        session_->execute("COMMIT");
    }

    /// The edges of which nothing is known, by their sort.
    std::map<std::string, std::vector<std::string>> unknown() const {
        std::map<std::string, std::vector<std::string>> found{};
        auto const known = known_references(schema_);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            auto const from = end_of(rows_[i], ""), to = end_of(rows_[i], "used_");
            if (!is_known(from, to, known))
                found[rows_[i].text("sort")].push_back(rows_[i].text("edge"));
        }
        return found;
    }

    std::set<std::string> sorts() const {
        std::set<std::string> all{};
        for (std::size_t i = 0; i < rows_.size(); ++i) all.insert(rows_[i].text("sort"));
        return all;
    }

    int version_{};

  private:
    bool is_known(std::optional<ObjectRef> const& from, std::optional<ObjectRef> const& to,
                  Known const& known) const {
        if (!from || !to) return false;
        auto const user = holder(*from, schema_);
        if (user == holder(*to, schema_)) return true;
        auto const found = known.find(user);
        return found != known.end() &&
               (found->second.contains(*to) || found->second.contains(holder(*to, schema_)));
    }

    std::optional<TestDatabase> database_{};
    std::optional<Session> session_{};
    schema::Schema schema_{};
    sql::Rows rows_{};
};

TEST_F(Edges, are_known_or_left_out_for_a_reason) {
    std::set<std::string_view> reasons{};
    for (auto const& each : left_out) reasons.insert(each.edge);
    for (auto const& [sort, all] : unknown()) {
        EXPECT_TRUE(reasons.contains(sort)) << sort << ": " << testing::PrintToString(all);
    }
}

TEST_F(Edges, reasons_are_still_needed) {
    auto const found = unknown();
    for (auto const& each : left_out) {
        if (version_ < each.since || version_ > each.until) continue;
        EXPECT_TRUE(found.contains(std::string(each.edge))) << each.edge << " is known";
    }
}

/// What the file has to have, so that the two above say something.
TEST_F(Edges, are_of_all_sorts) {
    constexpr std::array wanted{"pg_attrdef a pg_class",
                                "pg_attrdef i pg_class",
                                "pg_attrdef n pg_class",
                                "pg_attrdef n pg_proc",
                                "pg_attrdef n pg_type",
                                "pg_class P pg_class",
                                "pg_class S pg_class",
                                "pg_class a pg_class",
                                "pg_class i pg_class",
                                "pg_class i pg_constraint",
                                "pg_class i pg_type",
                                "pg_class n pg_class",
                                "pg_class n pg_collation",
                                "pg_class n pg_namespace",
                                "pg_class n pg_opclass",
                                "pg_class n pg_proc",
                                "pg_class n pg_type",
                                "pg_class x pg_extension",
                                "pg_collation n pg_namespace",
                                "pg_constraint P pg_constraint",
                                "pg_constraint S pg_class",
                                "pg_constraint a pg_class",
                                "pg_constraint a pg_type",
                                "pg_constraint i pg_constraint",
                                "pg_constraint i pg_trigger",
                                "pg_constraint n pg_class",
                                "pg_constraint n pg_proc",
                                "pg_default_acl a pg_namespace",
                                "pg_event_trigger n pg_proc",
                                "pg_extension n pg_namespace",
                                "pg_policy a pg_class",
                                "pg_policy n pg_class",
                                "pg_policy n pg_proc",
                                "pg_proc e pg_extension",
                                "pg_proc i pg_type",
                                "pg_proc n pg_class",
                                "pg_proc n pg_namespace",
                                "pg_proc n pg_proc",
                                "pg_proc n pg_type",
                                "pg_proc x pg_extension",
                                "pg_publication_rel a pg_class",
                                "pg_publication_rel a pg_publication",
                                "pg_publication_rel n pg_class",
                                "pg_rewrite a pg_class",
                                "pg_rewrite i pg_class",
                                "pg_rewrite n pg_class",
                                "pg_rewrite n pg_collation",
                                "pg_rewrite n pg_constraint",
                                "pg_rewrite n pg_proc",

                                "pg_shdepend o pg_authid",

                                "pg_statistic_ext a pg_class",
                                "pg_statistic_ext n pg_namespace",
                                "pg_statistic_ext n pg_proc",
                                "pg_trigger P pg_trigger",
                                "pg_trigger S pg_class",
                                "pg_trigger a pg_class",
                                "pg_trigger i pg_constraint",
                                "pg_trigger n pg_class",
                                "pg_trigger n pg_proc",
                                "pg_trigger x pg_extension",
                                "pg_type e pg_extension",
                                "pg_type i pg_class",
                                "pg_type i pg_type",
                                "pg_type n pg_collation",
                                "pg_type n pg_namespace",
                                "pg_type n pg_proc",
                                "pg_type n pg_type"};
    auto const found = sorts();
    for (auto const* const sort : wanted) EXPECT_TRUE(found.contains(sort)) << sort;
}

}  // namespace

}  // namespace cm::test

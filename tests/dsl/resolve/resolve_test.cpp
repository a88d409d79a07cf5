// From text to meaning: types, defaults, keys, relations and database names. What is wrong is in
// tests/cases/diagnostics.
#include <gtest/gtest.h>

#include "dsl/dsl.hpp"

namespace cm::dsl {

namespace {

DataModel read_valid(std::string text, Naming const& naming = {}) {
    SourceMap sources{};
    Diagnostics diagnostics{};
    auto model =
        read(sources, {sources.add("schema.prisma", std::move(text))}, naming, diagnostics);
    for (auto const& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
    return model;
}

constexpr auto const* features =
    "generator g {\n  provider = \"x\"\n"
    "  previewFeatures = [\"partialIndexes\", \"postgresqlExtensions\"]\n}\n";

constexpr Naming snake_with_indexes{NamingStyle::snake_case, true};

std::vector<std::string> index_names(Model const& model) {
    std::vector<std::string> names{};
    for (auto const& index : model.indexes) names.push_back(index.database_name);
    return names;
}

using Names = std::vector<std::string>;

TEST(Resolve, types_and_arities) {
    auto const model = read_valid(
        "enum E {\n  A\n}\nmodel X {\n  id BigInt @id\n  e E?\n  s String[] @db.VarChar(3)\n  u "
        "Unsupported(\"box\")\n}\n");
    auto const& fields = model.models[0].fields;
    EXPECT_EQ(std::get<ScalarType>(fields[0].type), ScalarType::big_integer);
    EXPECT_EQ(std::get<EnumType>(fields[1].type).index, 0U);
    EXPECT_EQ(fields[1].arity, Arity::optional);
    EXPECT_EQ(fields[2].arity, Arity::list);
    EXPECT_EQ(fields[2].native_type->name, "VarChar");
    EXPECT_EQ(fields[2].native_type->arguments, Names{"3"});
    EXPECT_EQ(std::get<UnsupportedType>(fields[3].type).text, "box");
}

TEST(Resolve, defaults) {
    auto const model = read_valid(
        "enum E {\n  A\n  B @map(\"b\")\n}\nmodel X {\n  id Int @id @default(autoincrement())\n"
        "  u String @default(uuid(7))\n  n Float @default(-1.50)\n  b Boolean @default(true)\n"
        "  e E @default(B)\n  l E[] @default([B, A])\n  g String "
        "@default(dbgenerated(\"a'b\"))\n}\n");
    auto const value = [&](std::size_t field) {
        return model.models[0].fields[field].default_value->value;
    };
    EXPECT_EQ(std::get<DefaultFunction>(value(0)).name, "autoincrement");
    EXPECT_EQ(std::get<DefaultFunction>(value(1)).arguments, Names{"7"});
    EXPECT_EQ(std::get<DefaultNumber>(value(2)).text, "-1.50");
    EXPECT_TRUE(std::get<DefaultBoolean>(value(3)).value);
    EXPECT_EQ(std::get<DefaultEnumValue>(value(4)).index, 1U);
    EXPECT_EQ(std::get<DefaultList>(value(5)).items.size(), 2U);
    EXPECT_EQ(std::get<DefaultFunction>(value(6)).arguments, Names{"a'b"});
    EXPECT_EQ(model.enums[0].values[1].database_name, "b");
}

TEST(Resolve, keys_and_indexes_with_the_primary_key_first) {
    auto const model = read_valid(
        std::string(features) +
        "model X {\n  a Int @unique(sort: Desc)\n  b String @map(\"bb\")\n  j Json\n"
        "  @@index([b(ops: raw(\"text_pattern_ops\")), a(sort: Desc)])\n  @@index([j(ops: "
        "JsonbPathOps)], type: Gin, map: \"g\")\n"
        "  @@unique([a, b], name: \"ab\", where: { a: { not: null }, b: \"x'y\" })\n  @@id([a, "
        "b])\n  @@map(\"xs\")\n}\n");
    auto const& indexes = model.models[0].indexes;
    EXPECT_EQ(index_names(model.models[0]),
              (Names{"xs_pkey", "xs_a_key", "xs_bb_a_idx", "g", "xs_a_bb_key"}));
    EXPECT_EQ(indexes[0].kind, IndexKind::primary_key);
    EXPECT_EQ(indexes[1].fields[0].sort, SortOrder::descending);
    EXPECT_EQ(indexes[2].fields[0].operator_class, "text_pattern_ops");
    EXPECT_EQ(indexes[3].method, "gin");
    EXPECT_EQ(indexes[3].fields[0].operator_class, "jsonb_path_ops");
    EXPECT_EQ(indexes[4].client_name, "ab");
    EXPECT_EQ(indexes[4].predicate, "\"a\" IS NOT NULL AND \"bb\" = 'x''y'");
}

TEST(Resolve, referential_actions_by_default) {
    auto const model = read_valid(
        "model A {\n  id Int @id\n  k Int\n  b B[] @relation(\"b\")\n  c B[] @relation(\"c\")\n  d "
        "B[] @relation(\"d\")\n  @@unique([id, k])\n}\n"
        "model B {\n  id Int @id\n  bId Int\n  b A @relation(\"b\", fields: [bId], references: "
        "[id])\n"
        "  cId Int?\n  c A? @relation(\"c\", fields: [cId], references: [id])\n"
        "  d A? @relation(\"d\", fields: [cId, bId], references: [id, k], onUpdate: "
        "NoAction)\n}\n");
    ASSERT_EQ(model.relations.size(), 3U);
    auto const key = [&](std::size_t i) {
        return std::get<ForeignKeyRelation>(model.relations[i]);
    };
    EXPECT_EQ(key(0).on_delete, ReferentialAction::restrict);
    EXPECT_EQ(key(0).on_update, ReferentialAction::cascade);
    EXPECT_EQ(key(1).on_delete, ReferentialAction::set_null);
    EXPECT_EQ(key(2).on_delete, ReferentialAction::restrict);  // one of the columns is required
    EXPECT_EQ(key(2).on_update, ReferentialAction::no_action);
    EXPECT_EQ(key(0).database_name, "B_bId_fkey");
    EXPECT_TRUE(key(0).is_list);
    EXPECT_EQ(model.models[1].fields[2].relation, 0U);
    EXPECT_EQ(model.models[0].fields[2].relation, 0U);
}

TEST(Resolve, self_relations_and_one_to_one) {
    auto const model = read_valid(
        "model A {\n  id Int @id\n  pId Int? @unique\n  p A? @relation(\"t\", fields: [pId], "
        "references: [id])\n  c A? @relation(\"t\")\n}\n");
    auto const key = std::get<ForeignKeyRelation>(model.relations.at(0));
    EXPECT_FALSE(key.is_list);
    EXPECT_EQ(key.from.field, 2U);
    EXPECT_EQ(key.to.field, 3U);
}

TEST(Resolve, join_tables_refer_by_the_order_of_names) {
    auto const text =
        "model Post {\n  id Int @id\n  cs Category[]\n}\nmodel Category {\n  id Int @id\n  ps "
        "Post[]\n}\n";
    auto const model = read_valid(text);
    auto const join = std::get<JoinTableRelation>(model.relations.at(0));
    EXPECT_EQ(join.table_name, "_CategoryToPost");
    EXPECT_EQ(join.a.model, 1U);
    EXPECT_EQ(join.b.model, 0U);
    EXPECT_EQ(std::get<JoinTableRelation>(read_valid(text, snake_with_indexes).relations.at(0))
                  .table_name,
              "_categories_to_posts");
}

TEST(Resolve, snake_case_names_and_written_ones) {
    auto const model = read_valid(
        "model BlogPost {\n  id Int @id\n  authorId Int @map(\"writer\")\n  createdAt DateTime "
        "@unique\n}\n"
        "model Kept {\n  id Int @id\n  @@map(\"Kept\")\n}\n",
        snake_with_indexes);
    EXPECT_EQ(model.models[0].database_name, "blog_posts");
    EXPECT_EQ(model.models[0].fields[1].database_name, "writer");
    EXPECT_EQ(index_names(model.models[0]),
              (Names{"blog_posts_pkey", "blog_posts_created_at_key"}));
    EXPECT_EQ(model.models[1].database_name, "Kept");
}

TEST(Resolve, foreign_key_indexes_where_nothing_covers_the_key) {
    std::string const user = "model User {\n  id Int @id\n  ps Post[]\n}\n";
    auto const post = [&](std::string const& rest) {
        auto const model =
            read_valid(features + user +
                           "model Post {\n  id Int @id\n  t Int\n  userId Int\n"
                           "  user User @relation(fields: [userId], references: [id])\n" +
                           rest + "}\n",
                       snake_with_indexes);
        return index_names(model.models[1]);
    };
    EXPECT_EQ(post(""), (Names{"posts_pkey", "posts_user_id_idx"}));
    EXPECT_EQ(post("  @@index([userId, t])\n"), (Names{"posts_pkey", "posts_user_id_t_idx"}));
    EXPECT_EQ(post("  @@index([t, userId])\n"),
              (Names{"posts_pkey", "posts_t_user_id_idx", "posts_user_id_idx"}));
    EXPECT_EQ(post("  @@index([userId], where: { t: 1 })\n"),
              (Names{"posts_pkey", "posts_user_id_idx", "posts_user_id_fk_idx"}));
}

TEST(Resolve, what_is_ignored_is_kept) {
    auto const model = read_valid(
        "model A {\n  id Int\n  @@ignore\n}\nmodel B {\n  id Int @id\n  x Int @ignore\n}\n");
    EXPECT_TRUE(model.models[0].is_ignored);
    EXPECT_TRUE(model.models[1].fields[1].is_ignored);
}

TEST(Resolve, the_datasource) {
    auto const model = read_valid(
        std::string(features) +
        "datasource pg {\n  provider = \"postgres\"\n  url = env(\"U\")\n  directUrl = "
        "\"postgresql://h/d\"\n  relationMode = \"prisma\"\n"
        "  schemas = [\"a\"]\n  extensions = [citext, trgm(map: \"pg_trgm\", schema: \"x\", "
        "version: \"1\")]\n}\n"
        "model A {\n  id String @id @pg.Uuid\n  @@schema(\"a\")\n}\n");
    auto const& datasource = *model.datasource;
    EXPECT_TRUE(datasource.url->is_environment);
    EXPECT_EQ(datasource.url->text, "U");
    EXPECT_FALSE(datasource.direct_url->is_environment);
    EXPECT_TRUE(datasource.relation_mode_prisma);
    EXPECT_EQ(datasource.schemas, Names{"a"});
    EXPECT_EQ(datasource.extensions[1].name, "pg_trgm");
    EXPECT_EQ(model.models[0].database_schema, "a");
    EXPECT_EQ(model.models[0].fields[0].native_type->name, "Uuid");
}

TEST(Resolve, several_files_are_one_schema) {
    SourceMap sources{};
    Diagnostics diagnostics{};
    auto const model = read(sources,
                            {sources.add("a.prisma", "model A {\n  id Int @id\n  b B[]\n}\n"),
                             sources.add("b.prisma",
                                         "model B {\n  id Int @id\n  a A @relation(fields: [aId], "
                                         "references: [id])\n  aId Int\n}\n")},
                            {}, diagnostics);
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_EQ(model.relations.size(), 1U);
}

TEST(Resolve, an_error_has_no_consequences_that_are_reported_too) {
    SourceMap sources{};
    Diagnostics diagnostics{};
    read(sources,
         {sources.add(
             "s",
             "model A {\n  id Int @id\n  x Strng\n  b B[]\n  @@index([x])\n}\nmodel B {\n  id Int "
             "@idd\n  a A @relation(fields: [aId], references: [id], foo: 1)\n  aId Int\n}\n")},
         {}, diagnostics);
    std::vector<std::string_view> codes{};
    for (auto const& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
    EXPECT_EQ(codes, (std::vector<std::string_view>{"CM0206", "CM0211", "CM0213"}));
}

}  // namespace

}  // namespace cm::dsl

// See neighbours.hpp.
#include "engine/neighbours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/contains.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "engine/declaration.hpp"
#include "engine/neighbours.sql.hpp"
#include "engine/protection.hpp"
#include "engine/written_names.hpp"
#include "history/migrations_table_rights.hpp"
#include "schema/from_dsl.hpp"
#include "schema/scope.hpp"
#include "sql/name.hpp"

namespace cm::engine {
namespace {

using ListJson = nlohmann::json;

constexpr std::string_view list_mark = "cm-migrate";

/// Kinds that a catalog query does not name are parts of others, and go with them.
bool is_listed(object::ObjectRef const& object) {
    return !object::word_of(object.kind).empty() && object.kind != object::ObjectKind::extension;
}

ListJson to_list(ObjectSet const& objects) {
    auto list = ListJson::array();
    for (auto const& it : objects) {
        auto entry =
            ListJson::array({std::string(object::word_of(it.kind)), it.name.schema, it.name.name});
        if (!it.part.empty()) entry.push_back(it.part);
        list.push_back(std::move(entry));
    }
    return list;
}

ObjectSet from_list(ListJson const& all, char const* key) {
    ObjectSet objects{};
    if (!all.contains(key) || !all[key].is_array()) return objects;
    for (auto const& entry : all[key]) {
        auto const is_text = [](ListJson const& it) { return it.is_string(); };
        if (!entry.is_array() || entry.size() < 3 ||
            !std::all_of(entry.begin(), entry.end(), is_text))
            continue;
        auto const kind = object::object_kind(entry[0].get<std::string>());
        if (!kind) continue;
        objects.insert({*kind,
                        {entry[1].get<std::string>(), entry[2].get<std::string>()},
                        object::DependencyKind::object,
                        entry.size() > 3 ? entry[3].get<std::string>() : std::string{}});
    }
    return objects;
}

/// None if it is no list: a comment that somebody has written.
std::optional<Neighbour> read_list(std::string const& text) {
    auto const all = ListJson::parse(text, nullptr, false);
    if (!all.is_object() || !all.contains(list_mark)) return {};
    auto const& project = all[std::string(list_mark)];
    auto const text_of = [](ListJson const& it) {
        return it.is_string() ? it.get<std::string>() : std::string{};
    };
    return Neighbour{text_of(project),
                     {from_list(all, "made"), from_list(all, "adopted")},
                     all.contains("package") ? text_of(all["package"]) : std::string{}};
}

template <class Use>
void for_each_object(schema::Schema const& schema, Use use) {
    schema::for_each_kind([&](auto member) {
        for (auto const& [key, object] : schema.*member) use(object);
    });
}

ObjectSet objects_of(schema::Schema const& schema) {
    ObjectSet all{};
    for_each_object(schema, [&](auto const& object) { all.insert(self(object)); });
    return all;
}

/// What the schema of Prisma in the same folder declares: its project keeps no list. None if there
/// is none; an error in it is for others to tell.
std::optional<Neighbour> prisma_neighbour(Session& session, bool& is_unknown) {
    try {
        auto const project = open_project(session.project.environment, {}, session.sources);
        if (project.is_sql || !project.other_config) return {};
        auto const model = read_declaration(project, session.sources).model;
        Neighbour found{display_path(project, project.schema), {}};
        auto const all = schema::from_dsl(model, session.target.url.schema);
        for (auto const& [name, table] : all.tables) found.belongings.made.insert(self(table));
        for (auto const& [name, type] : all.enums) found.belongings.made.insert(self(type));
        return found;
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) throw;
        log::swallowed("reading the schema of the other project", failed);
        is_unknown = true;
        return {};
    }
}

bool has(Belongings const& belongings, object::ObjectRef const& object) {
    return belongings.made.contains(object) || belongings.adopted.contains(object);
}

Neighbours find_neighbours(Session& session, sql::Rows const& rows) {
    Neighbours found{};
    auto const& own = session.migrations_table.table;
    bool has_history = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sql::QualifiedName const table{rows[i].text("schema"), rows[i].text("name")};
        auto list = read_list(std::string(rows[i].optional_text("list").value_or("")));
        if (table == own) {
            if (list) found.own = std::move(list->belongings);
            if (list) found.own_package = std::move(list->package);
            continue;
        }
        has_history = has_history || !list;
        found.records.push_back(table);
        if (list) found.others.push_back(std::move(*list));
    }
    if (!session.project.is_drizzle) return found;
    bool is_unknown = false;
    auto prisma = prisma_neighbour(session, is_unknown);
    found.may_adopt = !is_unknown && (prisma || !has_history);
    if (prisma) {
        std::erase_if(prisma->belongings.made,
                      [&](object::ObjectRef const& it) { return found.own.made.contains(it); });
        found.others.push_back(std::move(*prisma));
    }
    return found;
}

void take_for_external(Project& project, Neighbours const& neighbours) {
    auto& external = project.configuration.external;
    for (auto const& record : neighbours.records) {
        external.tables.push_back(schema::exact_pattern(record));
        for (auto const& beside : side_table_names(record.name))
            external.tables.push_back(schema::exact_pattern({record.schema, beside}));
    }
    for (auto const& other : neighbours.others) {
        for (auto const* const list : {&other.belongings.made, &other.belongings.adopted}) {
            for (auto const& it : *list) {
                auto const pattern = schema::exact_pattern(it.name);
                if (it.kind == object::ObjectKind::table) external.tables.push_back(pattern);
                if (it.kind == object::ObjectKind::enum_) external.enums.push_back(pattern);
            }
        }
    }
}

void write_list(Session& session, Belongings const& own) {
    auto const& table = session.migrations_table.table;
    ListJson list{};
    list[std::string(list_mark)] = session.project.prisma_config
                                       ? session.project.prisma_config->file
                                       : display_path(session.project, session.project.schema);
    auto const& package = session.project.package_name;
    if (!package.empty()) list["package"] = package;
    list["made"] = to_list(own.made);
    list["adopted"] = to_list(own.adopted);
    auto const text = list.dump(-1, ' ', false, ListJson::error_handler_t::replace);
    try {
        session.connection->execute(
            fmt::format("COMMENT ON TABLE {} IS {}", sql::quote(table), sql::quote_literal(text)));
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate != sqlstate::insufficient_privilege) throw;
        throw Failure(
            error("CM0345", "the role may not write to the record of this project, the table `{}`",
                  table.name)
                .note("PostgreSQL reported: {}", failed.server().message)
                .note("it lists what the project has made, as the comment on the table; no changes "
                      "were made")
                .help("make the role its owner: `ALTER TABLE {} OWNER TO …`", sql::quote(table)));
    }
    auto changed = std::make_shared<Neighbours>(*session.neighbours);
    changed->own = own;
    changed->own_package = package;
    session.neighbours = std::move(changed);
}

}  // namespace

Neighbour const* Neighbours::owner(object::ObjectRef const& object) const {
    auto const found = std::find_if(others.begin(), others.end(), [&](Neighbour const& it) {
        return has(it.belongings, object);
    });
    return found == others.end() ? nullptr : &*found;
}

std::string_view neighbours_query() {
    return sql_text::engine_neighbours;
}

void know_neighbours(Session& session, sql::Rows const& lists) {
    if (session.neighbours) return;
    auto found = std::make_shared<Neighbours>(find_neighbours(session, lists));
    // A project beside others looks at each object by itself: see own_part.
    if (!session.project.is_drizzle) take_for_external(*session.own_project, *found);
    session.neighbours = std::move(found);
}

Neighbours const& know_neighbours(Session& session) {
    if (!session.neighbours)
        know_neighbours(session, session.connection->fetch(neighbours_query()));
    return *session.neighbours;
}

Neighbours const& known_neighbours(Session const& session) {
    static Neighbours const nobody{};
    return session.neighbours ? *session.neighbours : nobody;
}

void refuse_record_of_others(Session const& session, schema::Schema const& declared) {
    auto const& neighbours = known_neighbours(session);
    auto const& other = neighbours.own_package;
    auto const& package = session.project.package_name;
    if (!session.project.is_drizzle || other.empty() || package.empty() || other == package) return;
    auto const& made = neighbours.own.made;
    auto const known = objects_of(declared);
    auto const is_ours =
        made.empty() || std::any_of(made.begin(), made.end(), [&](object::ObjectRef const& it) {
            return known.contains(it) && it.kind != object::ObjectKind::namespace_;
        });
    if (is_ours) return;
    auto const& table = session.migrations_table.table.name;
    throw Failure(
        error("CM0346", "the record `{}` is that of another project, the package `{}`", table,
              other)
            .note("it lists what that has made; nothing of it is declared here, in the package "
                  "`{}`, and all would be dropped",
                  package)
            .note("no changes were made")
            .help("give this project a record of its own: `{{ \"migrationsTable\": "
                  "\"_migrations_NAME\" }}` in cm-migrate.json, or rename its configuration to "
                  "drizzle.NAME.config.ts"));
}

schema::Schema own_part(Session const& session, schema::Schema live,
                        schema::Schema const& declared) {
    auto const& neighbours = known_neighbours(session);
    auto const known = objects_of(declared);
    return schema::without_objects(std::move(live), [&](object::ObjectRef const& object) {
        if (neighbours.owner(object) != nullptr) return true;
        return session.project.is_drizzle && !known.contains(object) &&
               !has(neighbours.own, object);
    });
}

std::vector<std::string> left_to_others(Session const& session, schema::Schema& declared) {
    auto const& neighbours = known_neighbours(session);
    std::vector<std::string> left{};
    for_each_object(declared, [&](auto const& object) {
        if (auto const* const other = neighbours.owner(self(object))) {
            left.push_back(fmt::format("{} `{}` ({})", title_of(object), display_name(object),
                                       other->project));
        }
    });
    declared = schema::without_objects(std::move(declared), [&](object::ObjectRef const& object) {
        return neighbours.owner(object) != nullptr;
    });
    return left;
}

bool is_undeclared_kept(Session const& session, std::string_view kind,
                        object::ObjectRef const& object) {
    auto const& undeclared = session.project.configuration.undeclared;
    if (!session.project.is_drizzle) return undeclared.keeps(kind);
    auto const& own = known_neighbours(session).own;
    if (own.made.contains(object)) return false;
    return !own.adopted.contains(object) || undeclared.keeps(kind);
}

namespace {

/// What can be dropped by itself is told apart by its name alone, routines by their arguments.
bool names(ObjectSet const& set, pg::SchemaObject const& object) {
    return std::any_of(set.begin(), set.end(), [&](object::ObjectRef const& it) {
        if (!it.part.empty() || it.name.schema != object.schema) return false;
        return object.name.empty() ? object.identity.ends_with("." + it.name.name)
                                   : object.name == it.name.name;
    });
}

}  // namespace

bool outlives_reset(Session const& session, pg::SchemaObject const& object) {
    if (!object.table_name.empty()) {  // as its table does
        return outlives_reset(session, {.schema = object.table_schema,
                                        .type = "table",
                                        .name = object.table_name,
                                        .is_table = true});
    }
    auto const& neighbours = known_neighbours(session);
    sql::QualifiedName const name{object.schema, object.name};
    if (session.project.is_drizzle)
        return name != session.migrations_table.table && !names(neighbours.own.made, object);
    auto const is_record = [&](sql::QualifiedName const& it) {
        return it == name ||
               (it.schema == name.schema && contains(side_table_names(it.name), name.name));
    };
    return std::any_of(neighbours.records.begin(), neighbours.records.end(), is_record) ||
           std::any_of(neighbours.others.begin(), neighbours.others.end(), [&](auto const& other) {
               return names(other.belongings.made, object) ||
                      names(other.belongings.adopted, object);
           });
}

void record_before(Session& session, schema::Steps const& plan, schema::Schema const& declared) {
    if (!session.project.is_drizzle) return;
    auto const& neighbours = know_neighbours(session);
    auto own = neighbours.own;
    for (auto const& step : plan) {
        std::visit(overloaded{[&]<class T>(schema::Create<T> const& it) {
                                  if (is_listed(self(it.object))) own.made.insert(self(it.object));
                              },
                              [](auto const&) {}},
                   step);
    }
    if (neighbours.may_adopt) {
        for (auto const& object : objects_of(declared)) {
            auto const is_everybodys =
                object.kind == object::ObjectKind::namespace_ && object.name.schema == "public";
            if (is_listed(object) && !is_everybodys && !own.made.contains(object) &&
                neighbours.owner(object) == nullptr)
                own.adopted.insert(object);
        }
    }
    prepare_database(session);
    auto const& package = session.project.package_name;
    if (own != neighbours.own || (!package.empty() && neighbours.own_package != package))
        write_list(session, own);
}

void record_after(Session& session) {
    if (!session.project.is_drizzle) return;
    auto const there = objects_of(read_live_state(session).schema);
    auto own = know_neighbours(session).own;
    auto const is_gone = [&](object::ObjectRef const& it) { return !there.contains(it); };
    std::erase_if(own.made, is_gone);
    std::erase_if(own.adopted, is_gone);
    if (own != session.neighbours->own) write_list(session, own);
}

void record_before(Session& session, std::vector<history::Migration> const& pending) {
    if (!session.project.is_drizzle || pending.empty()) return;
    auto own = know_neighbours(session).own;
    auto const there = objects_of(read_live_state(session).schema);
    for (auto const& it : written_names(pending, session.target.url.schema).tables_and_enums) {
        if (!there.contains(it) && know_neighbours(session).owner(it) == nullptr)
            own.made.insert(it);
    }
    if (own != session.neighbours->own) write_list(session, own);
}

void record_migrations(Session& session, std::vector<history::Migration> const& applied) {
    if (!session.project.is_drizzle || applied.empty()) return;
    auto own = know_neighbours(session).own;
    auto const written = written_names(applied, session.target.url.schema);
    auto const is_made = [&](object::ObjectRef const& object) {
        return written.created.contains(written.name_of(object));
    };
    auto const is_part = [&](object::ObjectRef const& object) {
        return written.names.contains(object.part.empty() ? object.name.name : object.part);
    };
    auto const live = read_live_state(session).schema;
    for_each_object(live, [&](auto const& object) {
        auto const id = self(object);
        auto const owned = owner(object);
        if (!is_listed(id) || know_neighbours(session).owner(id) != nullptr) return;
        if (owned ? is_part(id) && (own.made.contains(*owned) || is_made(*owned)) : is_made(id))
            own.made.insert(id);
    });
    auto const there = objects_of(live);
    std::erase_if(own.made, [&](object::ObjectRef const& it) { return !there.contains(it); });
    if (own != session.neighbours->own) write_list(session, own);
}

void record_migrations(Session& session) {
    if (!session.project.is_drizzle) return;
    record_migrations(session, migrations_named(session.directory, compare(session).applied));
}

}  // namespace cm::engine

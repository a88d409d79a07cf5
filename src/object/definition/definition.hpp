// What holds no rows and whose text PostgreSQL prints: views, routines, triggers, checks … One
// value type for all of them; what they do not share stands in the DefinitionKind of each, in a
// file of its own beside its query. No stage lists them.
#pragma once
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/boxed.hpp"
#include "object/object.hpp"

namespace cm::object {

struct DefinitionKind;

/// A part of a definition that is changed by itself: (what, value).
using Fact = std::pair<std::string, std::string>;

struct Definition {
    static constexpr ObjectKind kind = ObjectKind::definition;
    static constexpr bool holds_data = false;
    DefinitionKind const* definition_kind{};  ///< of definition_kinds
    ObjectRef id{};                           ///< a routine's name has its argument types
    std::optional<ObjectRef> owned_by{};      ///< goes with it
    std::string address{};                    ///< as DROP takes it, or that of the owner
    std::string text{};                       ///< compared by sql::canonical_definition
    std::vector<std::string> shape{};  ///< what a replacement must not change; does not count
    std::vector<Fact> facts{};
    References uses{};  ///< what it relies on, by pg_depend; does not count
    /// What keeps results of the routine that it replaces (schema/stored_results); does not count.
    std::vector<std::string> stored_in{};
    /// Between two stages of a change (schema/stages); does not count.
    bool is_loose{};
    /// No migration made it, or those of its facts: a role that it names may be missing elsewhere,
    /// and the rest of a script counts (see guarded). Does not count.
    bool is_unmade{};
    std::set<std::string> unmade_facts{};
    /// What its quoted names stand for comes only behind it (schema/soft_edges); does not count.
    bool is_unchecked{};
    Boxed<FormerNames> former_names{};                  ///< does not count
    std::map<std::string, FormerNames> former_parts{};  ///< of its columns …; does not count
    Origin origin{};
    friend bool operator==(Definition const& a, Definition const& b);
};

/// The questions that each kind of definition must answer.
struct DefinitionKind {
    std::string_view title{};    ///< "view"
    std::string_view caption{};  ///< "View", as in `-- CreateView`
    ObjectKind id_kind{};        ///< of its id
    /// Where `pull` writes it in a folder of SQL files: a folder with a file for each name, or one
    /// file for all of them. Empty: with what it belongs to.
    std::string_view place{};
    std::string_view query{};  ///< schema, name, part, address, text, shape, facts; $1: schemas
    /// Its query reads what schema/objects.sql names, which takes long: all such kinds share one
    /// query, so its rows come in no order of its own.
    bool names_objects{};
    int create_rank{};  ///< see schema/rank
    int drop_rank{};
    bool is_member{};  ///< of the relation `address`: `part` is its name
    /// To any object: the query tells which, in owner_kind, owner_name, owner_part, is_of_column.
    bool is_attached{};
    /// Its facts stand by themselves: one more or less leaves the others as they are.
    bool is_collection{};
    /// Tables that inherit from its table have it, too, and keep it when they leave.
    bool is_handed_down{};
    /// Its index has a name among those of tables.
    bool has_index{};
    /// It outlives a change of the type of a column that it uses: PostgreSQL itself makes it again,
    /// but without its facts.
    bool is_rebuilt{};
    /// The catalog holds its routine in its place: what needs that one needs it, to be written.
    bool stands_for_routine{};
    /// The tables that it uses must be logged.
    bool needs_logged_tables{};
    /// No difference between two databases; read to be given back to what is made again.
    bool is_restored{};
    /// The catalog prints it by its name in the texts of others.
    bool is_named_by_others{};
    /// Statements without semicolons. Null: the text is what follows CREATE.
    std::vector<std::string> (*create)(Definition const&){};
    std::vector<std::string> (*drop)(Definition const&){};
    /// What makes `to` of `from` in place; none if it must be recreated. Null: always recreated.
    std::optional<std::vector<std::string>> (*alter)(Definition const& from,
                                                     Definition const& to){};
    /// Gives it the name of the other; null: it is dropped and made under that one.
    std::vector<std::string> (*rename)(Definition const& from, Definition const& to){};
    /// Its parts that have names of their own, such as the columns of a view, in their order; null:
    /// it has none.
    std::vector<std::string> (*part_names)(Definition const&){};
    /// Gives such a part another name, wherever the definition itself has it.
    void (*rename_part)(Definition&, std::string const& from, std::string const& to){};
    std::string_view part_word{};  ///< as ALTER … RENAME calls it: `COLUMN`
    /// A query, in which what it reads is named before a full stop.
    bool is_query{};
    /// The table that it goes with, where the two above do not tell.
    ObjectRef (*owner)(Definition const&){};
    /// What it relies on beside what the catalog tells; null: nothing.
    References (*uses)(Definition const&){};
    /// The names in that part of its text which is a string to the catalog: PostgreSQL looks them
    /// up when it makes or calls it. Null: there is no such part.
    std::set<std::string> (*quoted_names)(Definition const&){};
    /// `to` is without parts that whoever uses `from` may rely on, as defaults of arguments. Null:
    /// it has none.
    bool (*takes_away)(Definition const& from, Definition const& to){};
    /// What can go wrong, of the rows that exist; null: nothing. `from` is empty where it is made.
    void (*hazards)(Definition const& from, Definition const& to, Hazards& out){};
    /// What is lost when it is dropped; null: nothing.
    void (*drop_hazards)(Definition const&, Hazards& out){};
    /// What is left of it without the routines that it calls; null: it cannot be without.
    std::optional<Definition> (*loosened)(Definition const&){};
    /// Such a rest is enough to let go of a routine that is made anew.
    bool is_freed_by_parts{};
    /// `alter` would have to look at the values that tables keep in lists, rows and ranges of the
    /// type (or anywhere, unless `is_domain`), which PostgreSQL refuses. Null: never.
    bool (*rewrites)(Definition const& from, Definition const& to){};
    bool is_domain{};
    /// The names of parts that `alter` drops, or makes again: what is on them goes with them. Null:
    /// it has none.
    std::vector<std::string> (*lost_parts)(Definition const& from, Definition const& to){};
};

/// All of them.
extern std::span<DefinitionKind const* const> const definition_kinds;

bool has_same_text(Definition const& a, Definition const& b);
/// The parts that `alter` drops, or makes again.
References lost_parts(Definition const& from, Definition const& to);
/// Tables that inherit from its table have it, too.
bool hands_down(Definition const& object);
/// Equal but for the name, which ALTER can change, whoever stands on it.
bool has_other_name(Definition const& from, Definition const& to);
/// ALTER … RENAME of one of its parts.
std::string rename_part(Definition const& object, std::string const& from, std::string const& to);
/// ALTER … RENAME TO and SET SCHEMA, from the name of the one to that of the other.
std::vector<std::string> rename_statements(Definition const& from, Definition const& to);
/// The value of a fact; empty if it is not there.
std::string fact(Definition const& object, std::string_view name);

ObjectRef key(Definition const& object);
std::string display_name(Definition const& object);
std::string_view title_of(Definition const& object);
ObjectRef self(Definition const& object);
References references(Definition const& object);
std::optional<ObjectRef> owner(Definition const& object);
bool renamed(Definition const& from, Definition const& to);
ChangeStrategy strategy(Definition const& from, Definition const& to);
void to_sql(Create<Definition> const& step, sql::Writer& out);
void to_sql(Alter<Definition> const& step, sql::Writer& out);
void to_sql(Drop<Definition> const& step, sql::Writer& out);
void hazards(Create<Definition> const& step, Hazards& out);
void hazards(Alter<Definition> const& step, Hazards& out);
void hazards(Drop<Definition> const& step, Hazards& out);
std::vector<std::string> describe(Alter<Definition> const& step);
void read(sql::Row const& row, DefinitionKind const& kind, Definition& object);

}  // namespace cm::object

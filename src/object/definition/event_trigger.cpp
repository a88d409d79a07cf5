// Event triggers: manual, CREATE EVENT TRIGGER, ALTER EVENT TRIGGER. They come last and go first,
// since they see what is done to the others.
#include <fmt/format.h>

#include "object/definition/event_trigger.sql.hpp"
#include "object/definition/kinds.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string enable(Definition const& object) {
    return fmt::format("ALTER EVENT TRIGGER {} {}", object.address, enabling(object));
}

Statements create(Definition const& object) {
    Statements out{fmt::format("CREATE EVENT TRIGGER {} {}", object.address, object.text)};
    if (fact(object, "enabled") != "O") out.push_back(enable(object));
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP EVENT TRIGGER {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    return Statements{enable(to)};
}

}  // namespace

DefinitionKind const event_trigger_kind{.title = "event trigger",
                                        .caption = "EventTrigger",
                                        .id_kind = ObjectKind::event_trigger,
                                        .place = "event_triggers.sql",
                                        .query = sql_text::object_definition_event_trigger,
                                        .create_rank = 210,
                                        .drop_rank = -20,
                                        .create = create,
                                        .drop = drop,
                                        .alter = alter,
                                        .rename = rename_object};

}  // namespace cm::object

// Sequences of their own: manual, CREATE SEQUENCE. They hold one value, which stays while they
// stay.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/sequence.sql.hpp"
#include "object/table/details.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string clause(Fact const& fact) {
    auto const& [name, value] = fact;
    if (name == "CYCLE") return value == "yes" ? "CYCLE" : "NO CYCLE";
    return fmt::format("{} {}", name, value);
}

Statements create(Definition const& object) {
    auto const is_unlogged = fact(object, "LOGGED") == "no";
    auto text = fmt::format("CREATE {}SEQUENCE {}", is_unlogged ? "UNLOGGED " : "", object.address);
    for (auto const& it : object.facts) {
        if (it.first != "LOGGED") text += " " + clause(it);
    }
    return {text};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP SEQUENCE {}", object.address)};
}

SequenceRange range(Definition const& object) {
    return {fact(object, "MINVALUE"), fact(object, "MAXVALUE"),
            fact(object, "INCREMENT BY").starts_with('-')};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    auto out = fitting_statements(to.address, range(from), range(to));
    auto const is_fitted = !out.empty();
    std::string clauses{};
    for (auto const& it : to.facts) {
        // What brought the last value into the limits has changed these.
        auto const is_limit = it.first == "AS" || it.first == "MINVALUE" || it.first == "MAXVALUE";
        if (fact(from, it.first) == it.second && !(is_fitted && is_limit)) continue;
        if (it.first == "LOGGED") {
            out.push_back(fmt::format("ALTER SEQUENCE {} SET {}LOGGED", to.address,
                                      it.second == "no" ? "UN" : ""));
        } else {
            clauses += " " + clause(it);
        }
    }
    if (!clauses.empty()) out.push_back(fmt::format("ALTER SEQUENCE {}{}", to.address, clauses));
    return out;
}

void drop_hazards(Definition const& object, Hazards& out) {
    out.push_back(
        {.kind = HazardKind::data_loss,
         .code = "CM0684",
         .message =
             fmt::format("the sequence `{}` is dropped with its last value", display_name(object)),
         .help = {},
         .origin = object.origin,
         .probe = Probe{fmt::format("SELECT is_called::integer::bigint AS affected, last_value AS "
                                    "total FROM {}",
                                    object.address),
                        "its last value is {total}"}});
}

}  // namespace

DefinitionKind const sequence_kind{.title = "sequence",
                                   .caption = "Sequence",
                                   .id_kind = ObjectKind::table,
                                   .place = "sequences",
                                   .query = sql_text::object_definition_sequence,
                                   .create_rank = 25,
                                   .drop_rank = 76,
                                   .is_named_by_others = true,
                                   .create = create,
                                   .drop = drop,
                                   .alter = alter,
                                   .rename = rename_object,
                                   .drop_hazards = drop_hazards};

}  // namespace cm::object

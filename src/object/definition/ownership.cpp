// Owners: manual, ALTER … OWNER TO. What is dropped and made again belongs to whoever does it, with
// all rights, and with it whose rights a view or a SECURITY DEFINER function uses. A role is only
// named where it is not the one that reads the database and so, it is thought, changes it.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/ownership.sql.hpp"
#include "object/definition/privileges.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// Of Definition::shape; the rights that the owner lacks come behind.
enum Shape : std::size_t { role, grant_address, lacking };

Statements create(Definition const& object) {
    auto const& shape = object.shape;
    auto const& owner = shape.at(role);
    Statements out{};
    if (!owner.empty()) out.push_back(fmt::format("ALTER {} OWNER TO {}", object.address, owner));
    for (std::size_t i = lacking; i < shape.size(); ++i) {
        out.push_back(fmt::format("REVOKE {} ON {} FROM {}", shape[i], shape.at(grant_address),
                                  owner.empty() ? "CURRENT_USER" : owner));
    }
    if (!object.is_unmade || owner.empty()) return out;
    std::vector<RoleStatement> of_owner{};
    for (auto& statement : out) of_owner.push_back({owner, std::move(statement)});
    return {guarded(of_owner)};
}

Statements drop(Definition const& /*object*/) {
    return {};
}

}  // namespace

std::string const& owning_role(Definition const& ownership) {
    return ownership.shape.at(role);
}

/// Privileges come after it: what a role is granted as another than the owner it loses with being
/// the owner.
DefinitionKind const ownership_kind{.title = "owner",
                                    .caption = "Owner",
                                    .id_kind = ObjectKind::privileges,
                                    .query = sql_text::object_definition_ownership,
                                    .names_objects = true,
                                    .create_rank = 164,
                                    .drop_rank = 14,
                                    .is_attached = true,
                                    .is_rebuilt = true,
                                    .is_restored = true,
                                    .create = create,
                                    .drop = drop};

}  // namespace cm::object

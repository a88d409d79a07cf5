// What extensions bring is known to the server once they are there. For those that a migration is
// yet to make there is a list.
#include "schema/extension_types.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "dsl/operator_classes.hpp"

namespace cm::schema {
namespace {

struct Contents {
    std::string_view extension{};
    std::vector<std::string_view> types{}, operator_classes{};
};

std::vector<Contents> known_extensions() {
    return {
        {"citext", {"citext"}, {"citext_ops", "citext_pattern_ops"}},
        {"cube", {"cube"}, {"cube_ops", "gist_cube_ops"}},
        {"h3", {"h3index"}, {}},
        {"hstore",
         {"hstore"},
         {"btree_hstore_ops", "hash_hstore_ops", "gist_hstore_ops", "gin_hstore_ops"}},
        {"intarray",
         {"query_int", "intbig_gkey"},
         {"gist__int_ops", "gist__intbig_ops", "gin__int_ops"}},
        {"ip4r", {"ip4", "ip4r", "ip6", "ip6r", "ipaddress", "iprange"}, {"gist_ip4r_ops"}},
        {"isn", {"ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"}, {}},
        {"lo", {"lo"}, {}},
        {"ltree",
         {"ltree", "lquery", "ltxtquery"},
         {"ltree_ops", "hash_ltree_ops", "gist_ltree_ops", "gist__ltree_ops"}},
        {"pg_bigm", {}, {"gin_bigm_ops"}},
        {"pg_trgm", {"gtrgm"}, {"gin_trgm_ops", "gist_trgm_ops"}},
        {"postgis",
         {"geometry", "geography", "box2d", "box3d"},
         {"gist_geometry_ops_2d", "gist_geometry_ops_nd", "gist_geography_ops",
          "brin_geometry_inclusion_ops_2d", "brin_geometry_inclusion_ops_3d",
          "brin_geometry_inclusion_ops_4d", "brin_geography_inclusion_ops",
          "spgist_geometry_ops_2d", "spgist_geometry_ops_3d", "spgist_geometry_ops_nd",
          "spgist_geography_ops_nd", "btree_geometry_ops", "btree_geography_ops"}},
        {"postgis_raster", {"raster"}, {}},
        {"prefix", {"prefix_range"}, {"gist_prefix_range_ops"}},
        {"rum", {}, {"rum_tsvector_ops", "rum_tsvector_addon_ops", "rum_tsquery_ops"}},
        {"seg", {"seg"}, {"seg_ops", "gist_seg_ops"}},
        {"semver", {"semver"}, {}},
        {"vector",
         {"vector", "halfvec", "sparsevec"},
         {"vector_ops", "vector_l2_ops", "vector_ip_ops", "vector_cosine_ops", "vector_l1_ops",
          "halfvec_l2_ops", "halfvec_ip_ops", "halfvec_cosine_ops", "halfvec_l1_ops",
          "sparsevec_l2_ops", "sparsevec_ip_ops", "sparsevec_cosine_ops", "sparsevec_l1_ops",
          "bit_hamming_ops", "bit_jaccard_ops"}},
    };
}

/// PostgreSQL's own, which the language has words for, need no place.
bool is_known_to_language(std::string const& operator_class) {
    auto const& all = dsl::operator_classes();
    return std::any_of(all.begin(), all.end(), [&](dsl::OperatorClass const& known) {
        return known.database_name == operator_class;
    });
}

/// Says nothing of where it lies, and may lie anywhere: not one of PostgreSQL's own types that
/// have a name of their own in migrations, of which `citext` alone is an extension's.
bool may_lie_elsewhere(sql::Type const& type) {
    if (!type.name.schema.empty() || !type.home.empty()) return false;
    if (sql::is_built_in(type) && type.name.name != "citext") return false;
    if (type.spelling.text.empty()) return true;
    // Clauses that stand behind the type in `Unsupported` stay as they are written.
    auto const spelled = sql::parse_type(type.spelling.text);
    return spelled && spelled->name.schema.empty();
}

void place(sql::Type& type, std::string const& schema) {
    type.spelling.text = sql::quote({schema, type.name.name});
    if (type.modifiers.empty()) return;
    type.spelling.text += fmt::format("({})", fmt::join(type.modifiers, ","));
}

}  // namespace

Places places_of(Objects<object::Extension> const& extensions) {
    Places places{};
    if (extensions.empty()) return places;
    for (auto const& known : known_extensions()) {
        auto const* const extension = extensions.find(std::string{known.extension});
        if (extension == nullptr || extension->schema.empty()) continue;
        for (auto const name : known.types) places.types.emplace(name, extension->schema);
        for (auto const name : known.operator_classes) {
            places.operator_classes.emplace(name, extension->schema);
        }
    }
    return places;
}

Places places_in(Schema const& actual) {
    Places places{};
    for (auto const& [name, table] : actual.tables) {
        for (auto const& column : table.columns) {
            auto const& type = column.type;
            if (type.name.schema.empty()) places.types.emplace(type.name.name, type.home);
        }
    }
    for (auto const& [name, index] : actual.indexes) {
        for (auto const& column : index.columns) {
            if (column.operator_class.empty()) continue;
            places.operator_classes.emplace(column.operator_class, column.operator_class_home);
        }
    }
    return places;
}

Unplaced unplaced(Schema const& declared) {
    Unplaced names{};
    for (auto const& [name, table] : declared.tables) {
        for (auto const& column : table.columns) {
            if (may_lie_elsewhere(column.type)) names.types.insert(column.type.name.name);
        }
    }
    for (auto const& [name, index] : declared.indexes) {
        for (auto const& column : index.columns) {
            if (column.operator_class.empty() || !column.operator_class_home.empty()) continue;
            if (!is_known_to_language(column.operator_class)) {
                names.operator_classes.insert(column.operator_class);
            }
        }
    }
    return names;
}

Schema with_places(Schema declared, Places const& places, std::string_view bare) {
    auto const place_of = [&](auto const& map, std::string const& name) -> std::string const* {
        auto const found = map.find(name);
        auto const is_elsewhere =
            found != map.end() && !found->second.empty() && found->second != bare;
        return is_elsewhere ? &found->second : nullptr;
    };
    if (places.types.empty() && places.operator_classes.empty()) return declared;
    for (auto const& [name, table] : declared.tables) {
        for (auto& column : declared.tables.find(name)->columns) {
            if (!may_lie_elsewhere(column.type)) continue;
            if (auto const* const schema = place_of(places.types, column.type.name.name)) {
                place(column.type, *schema);
            }
        }
    }
    for (auto const& [name, index] : declared.indexes) {
        for (auto& column : declared.indexes.find(name)->columns) {
            if (column.operator_class.empty() || !column.operator_class_home.empty()) continue;
            if (auto const* const schema =
                    place_of(places.operator_classes, column.operator_class)) {
                column.operator_class_home = *schema;
            }
        }
    }
    return declared;
}

}  // namespace cm::schema

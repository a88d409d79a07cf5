// How models and fields become names in the database where the schema does not say (`@map`, `@@map`
// win).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cm::dsl {

enum class NamingStyle {
    as_written,  ///< exactly Prisma's names
    snake_case,  ///< plural tables: Post → posts, authorId → author_id
};

/// What cm-migrate.json says about names and indexes.
struct Naming {
    NamingStyle style = NamingStyle::as_written;
    bool foreign_key_indexes =
        false;  ///< an index for every foreign key that no key or index covers
    bool operator==(Naming const&) const = default;
};

std::string table_name(std::string_view model, Naming const& naming);
std::string column_name(std::string_view field, Naming const& naming);
/// Enum types: under snake_case singular, `OrderStatus` → `order_status`.
std::string enum_name(std::string_view name, Naming const& naming);

/// The join table of an implicit many-to-many relation; `relation` is empty if the schema gives no
/// name. As written `_PostToTag` or `_Name`, under snake_case `_posts_to_tags` or `_name`.
std::string join_table_name(std::string_view relation, std::string_view model_a,
                            std::string_view model_b, Naming const& naming);

/// `createdByUserId` → `created_by_user_id`, `HTTPServer` → `http_server`.
std::string to_snake_case(std::string_view name);

/// The name as PostgreSQL keeps it: cut to 63 bytes, without half a character at the end.
std::string kept_name(std::string_view name);

/// Constraint and index names as Prisma makes them, cut so that they fit PostgreSQL's 63 bytes.
std::string primary_key_name(std::string_view table);
std::string unique_name(std::string_view table, std::vector<std::string> const& columns);
std::string index_name(std::string_view table, std::vector<std::string> const& columns);
std::string foreign_key_name(std::string_view table, std::vector<std::string> const& columns);
/// Of a join table: its primary key `_AB_pkey`, its index `_B_index`, its foreign keys `_A_fkey`,
/// `_B_fkey`.
std::string join_table_primary_key_name(std::string_view table);
std::string join_table_index_name(std::string_view table);
std::string join_table_foreign_key_name(std::string_view table, char column);

}  // namespace cm::dsl

// A list of what the extensions bring that migrations use most; what is missing stands in the
// server's message, in any language.
#include "history/missing_extension.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

struct Brought {
    std::string_view word{};
    std::string_view extension{};
};

constexpr Brought brought[] = {
    {"uuid_generate_v1", "uuid-ossp"},
    {"uuid_generate_v1mc", "uuid-ossp"},
    {"uuid_generate_v3", "uuid-ossp"},
    {"uuid_generate_v4", "uuid-ossp"},
    {"uuid_generate_v5", "uuid-ossp"},
    {"uuid_nil", "uuid-ossp"},
    {"uuid_ns_dns", "uuid-ossp"},
    {"uuid_ns_url", "uuid-ossp"},
    {"gen_random_uuid", "pgcrypto"},
    {"gen_random_bytes", "pgcrypto"},
    {"gen_salt", "pgcrypto"},
    {"crypt", "pgcrypto"},
    {"digest", "pgcrypto"},
    {"hmac", "pgcrypto"},
    {"pgp_sym_encrypt", "pgcrypto"},
    {"pgp_sym_decrypt", "pgcrypto"},
    {"pgp_pub_encrypt", "pgcrypto"},
    {"pgp_pub_decrypt", "pgcrypto"},
    {"citext", "citext"},
    {"citext_ops", "citext"},
    {"citext_pattern_ops", "citext"},
    {"hstore", "hstore"},
    {"gin_hstore_ops", "hstore"},
    {"gist_hstore_ops", "hstore"},
    {"hstore_to_json", "hstore"},
    {"hstore_to_jsonb", "hstore"},
    {"ltree", "ltree"},
    {"lquery", "ltree"},
    {"ltxtquery", "ltree"},
    {"gist_ltree_ops", "ltree"},
    {"gin_trgm_ops", "pg_trgm"},
    {"gist_trgm_ops", "pg_trgm"},
    {"similarity", "pg_trgm"},
    {"word_similarity", "pg_trgm"},
    {"strict_word_similarity", "pg_trgm"},
    {"show_trgm", "pg_trgm"},
    {"unaccent", "unaccent"},
    {"levenshtein", "fuzzystrmatch"},
    {"soundex", "fuzzystrmatch"},
    {"metaphone", "fuzzystrmatch"},
    {"dmetaphone", "fuzzystrmatch"},
    {"crosstab", "tablefunc"},
    {"connectby", "tablefunc"},
    {"normal_rand", "tablefunc"},
    {"dblink", "dblink"},
    {"dblink_connect", "dblink"},
    {"dblink_exec", "dblink"},
    {"cube", "cube"},
    {"earth", "earthdistance"},
    {"ll_to_earth", "earthdistance"},
    {"earth_distance", "earthdistance"},
    {"isbn", "isn"},
    {"isbn13", "isn"},
    {"ean13", "isn"},
    {"issn", "isn"},
    {"seg", "seg"},
    {"lo_manage", "lo"},
    {"gin__int_ops", "intarray"},
    {"gist__int_ops", "intarray"},
    {"gist__intbig_ops", "intarray"},
    {"query_int", "intarray"},
    {"bloom", "bloom"},
    {"geometry", "postgis"},
    {"geography", "postgis"},
    {"st_makepoint", "postgis"},
    {"st_point", "postgis"},
    {"st_setsrid", "postgis"},
    {"st_distance", "postgis"},
    {"st_dwithin", "postgis"},
    {"st_geomfromtext", "postgis"},
    {"raster", "postgis_raster"},
    {"vector", "vector"},
    {"halfvec", "vector"},
    {"sparsevec", "vector"},
    {"hnsw", "vector"},
    {"ivfflat", "vector"},
    {"vector_l2_ops", "vector"},
    {"vector_ip_ops", "vector"},
    {"vector_cosine_ops", "vector"},
    {"vector_l1_ops", "vector"},
    {"rum", "rum"},
    {"rum_tsvector_ops", "rum"},
    {"pg_stat_statements", "pg_stat_statements"},
    {"create_hypertable", "timescaledb"},
    {"time_bucket", "timescaledb"},
    {"tablefunc", "tablefunc"},
    {"postgres_fdw", "postgres_fdw"},
    {"file_fdw", "file_fdw"},
    {"plpython3u", "plpython3u"},
    {"plperl", "plperl"},
    {"pltcl", "pltcl"},
    {"cron", "pg_cron"},
    {"partman", "pg_partman"},
};

bool is_about_something_missing(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 4> states{
        sqlstate::undefined_function,
        sqlstate::undefined_object,  // undefined_object: a type, an operator class, an access
                                     // method, a language
        sqlstate::undefined_table,
        sqlstate::invalid_schema_name,
    };
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

std::string_view extension_of(std::string_view word) {
    for (auto const& entry : brought) {
        if (entry.word == word) return entry.extension;
    }
    return {};
}

/// A default operator class of a plain type for one of these access methods.
std::string_view for_access_method(std::string_view message) {
    if (message.find("\"gist\"") != std::string_view::npos) return "btree_gist";
    return message.find("\"gin\"") != std::string_view::npos ? "btree_gin" : "";
}

/// The text of a word or of what stands in quotes.
std::string word_of(std::string_view message, sql::Token token) {
    auto text = message.substr(token.begin, token.end - token.begin);
    if (token.kind == sql::TokenKind::name && text.size() >= 2) {
        text = text.substr(1, text.size() - 2);
    }
    auto word = to_lower(text);
    if (auto const dot = word.rfind('.'); dot != std::string::npos) word.erase(0, dot + 1);
    if (word.ends_with("[]")) word.resize(word.size() - 2);
    return word;
}

/// `text % unknown`: similarity.
bool is_similarity(std::string_view message) {
    return message.find(" % ") != std::string_view::npos &&
           (message.find("text % ") != std::string_view::npos ||
            message.find("varying % ") != std::string_view::npos);
}

bool is_call(std::string_view message, std::size_t at) {
    return at < message.size() && message[at] == '(';
}

}  // namespace

std::string_view extension_for(pg::ServerMessage const& server, int version) {
    if (!is_about_something_missing(server.sqlstate)) return {};
    std::string_view const message = server.message;
    constexpr int with_uuid_of_its_own = 130'000;
    for (auto token = sql::next_significant_token(message, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(message, token.end)) {
        auto const is_name = token.kind == sql::TokenKind::name;
        // Words of the sentence itself do not count: `function`, `type`, `operator` in any
        // language.
        if (!is_name && !is_call(message, token.end)) continue;
        auto const word = word_of(message, token);
        if (word == "gen_random_uuid" && version >= with_uuid_of_its_own) continue;
        if (auto const extension = extension_of(word); !extension.empty()) return extension;
    }
    if (server.sqlstate == sqlstate::undefined_function && is_similarity(message)) return "pg_trgm";
    auto const has_no_class = server.sqlstate == sqlstate::undefined_object &&
                              message.find("default operator class") != std::string_view::npos;
    return has_no_class ? for_access_method(message) : std::string_view{};
}

std::string advice_on_extension(std::string_view extension, pg::Connection& connection) {
    auto const create =
        fmt::format("CREATE EXTENSION IF NOT EXISTS {};", sql::quote_identifier(extension));
    auto const rows = connection.fetch(
        "SELECT (SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON "
        "n.oid = e.extnamespace WHERE e.extname = $1) AS schema, EXISTS (SELECT FROM "
        "pg_catalog.pg_available_extensions WHERE name = $1) AS is_offered",
        {std::string(extension)});
    if (!rows[0].is_null("schema")) {
        auto const schema = sql::quote_identifier(rows[0].text("schema"));
        return fmt::format(
            "the extension `{}` is installed in the schema {}: qualify the name with that schema, "
            "or add it to the search_path",
            extension, schema);
    }
    if (!rows[0].boolean("is_offered")) {
        return fmt::format(
            "this is part of the extension `{}`, which is not available on the server: install it "
            "there, then add `{}` before this statement",
            extension, create);
    }
    return fmt::format("this is part of the extension `{}`: add `{}` before this statement",
                       extension, create);
}

}  // namespace cm::history

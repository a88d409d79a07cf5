// See made_beside_schemas.hpp. By words rather than the parse tree, so that syntax newer than the
// linked parser is understood as well.
#include "engine/made_beside_schemas.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "sql/split.hpp"
#include "sql/token.hpp"

namespace cm::engine {
namespace {

constexpr std::array<std::pair<std::string_view, BesideSchemas>, 6> words{{
    {"SCHEMA", BesideSchemas::schema},
    {"EXTENSION", BesideSchemas::extension},
    {"PUBLICATION", BesideSchemas::publication},
    {"EVENT TRIGGER", BesideSchemas::event_trigger},
    {"SERVER", BesideSchemas::server},
    {"FOREIGN DATA WRAPPER", BesideSchemas::wrapper},
}};

/// Reads a statement word by word.
class Words {
  public:
    explicit Words(std::string_view statement) : statement_(statement) {}

    /// Goes past all of these words, or stays where it is.
    bool take(std::string_view phrase) {
        auto at = at_;
        while (!phrase.empty()) {
            auto const end = std::min(phrase.find(' '), phrase.size());
            auto const token = sql::next_solid_token(statement_, at);
            if (!sql::is_word(statement_, token, phrase.substr(0, end))) return false;
            at = token.end;
            phrase.remove_prefix(std::min(end + 1, phrase.size()));
        }
        at_ = at;
        return true;
    }

    /// `schema.name`.
    std::optional<sql::QualifiedName> qualified_name() {
        auto const schema = name();
        at_ = sql::next_solid_token(statement_, at_).end;
        auto const point = sql::next_solid_token(statement_, at_);
        if (!schema || statement_.substr(point.begin, point.end - point.begin) != ".") return {};
        at_ = point.end;
        auto object = name();
        return object ? std::optional{sql::QualifiedName{*schema, std::move(*object)}}
                      : std::nullopt;
    }

    std::optional<std::string> name() const {
        auto const token = sql::next_solid_token(statement_, at_);
        auto const text = statement_.substr(token.begin, token.end - token.begin);
        if (token.kind == sql::TokenKind::word) return to_lower(text);
        if (token.kind != sql::TokenKind::name || text.size() < 2) return {};
        std::string name{};
        for (std::size_t i = 1; i + 1 < text.size(); ++i) {
            if (text[i] == '"') ++i;
            name += text[i];
        }
        return name;
    }

  private:
    std::string_view statement_{};
    std::size_t at_{};
};

std::optional<MadeBesideSchemas> made_by(std::string_view statement) {
    Words reader(statement);
    if (!reader.take("CREATE")) return {};
    for (auto const& [word, kind] : words) {
        if (!reader.take(word)) continue;
        if (reader.take("IF NOT EXISTS") || reader.take("AUTHORIZATION")) return {};
        auto name = reader.name();
        return name ? std::optional{MadeBesideSchemas{kind, std::move(*name), {}}} : std::nullopt;
    }
    return {};
}

/// What follows CREATE, the longer words first.
constexpr std::array<std::string_view, 9> kinds_in_schemas{
    "UNLOGGED TABLE",    "TABLE",    "TYPE",         "DOMAIN", "VIEW", "RECURSIVE VIEW",
    "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE"};

std::optional<sql::QualifiedName> made_in_schema(std::string_view statement) {
    Words reader(statement);
    if (!reader.take("CREATE")) return {};
    for (auto const kind : kinds_in_schemas) {
        if (!reader.take(kind)) continue;
        return reader.take("IF NOT EXISTS") ? std::nullopt : reader.qualified_name();
    }
    return {};
}

/// Calls `use` with each statement of each migration.
template <class Use>
void for_each_statement(std::vector<history::Migration> const& migrations, Use use) {
    for (auto const& migration : migrations) {
        if (migration.script.find('\0') != std::string::npos) continue;  // cannot be run either
        for (auto const& statement : sql::split(migration.script).statements) {
            use(migration, std::string_view{migration.script}.substr(
                               statement.begin, statement.end - statement.begin));
        }
    }
}

}  // namespace

std::string_view sql_word(BesideSchemas kind) {
    return words.at(static_cast<std::size_t>(kind)).first;
}

std::vector<MadeBesideSchemas> made_beside_schemas(
    std::vector<history::Migration> const& migrations) {
    std::vector<MadeBesideSchemas> all{};
    for_each_statement(migrations, [&](auto const& migration, std::string_view statement) {
        auto made = made_by(statement);
        if (!made) return;
        auto const is_known = std::any_of(all.begin(), all.end(), [&](auto const& other) {
            return other.kind == made->kind && other.name == made->name;
        });
        if (is_known) return;
        made->migration = migration.name;
        all.push_back(std::move(*made));
    });
    return all;
}

std::vector<MadeInSchema> made_in_schemas(std::vector<history::Migration> const& migrations) {
    std::vector<MadeInSchema> all{};
    for_each_statement(migrations, [&](auto const& migration, std::string_view statement) {
        auto name = made_in_schema(statement);
        if (!name) return;
        auto const is_known = std::any_of(all.begin(), all.end(),
                                          [&](auto const& other) { return other.name == *name; });
        if (!is_known) all.push_back({std::move(*name), migration.name});
    });
    return all;
}

}  // namespace cm::engine

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

}  // namespace

std::string_view sql_word(BesideSchemas kind) {
    return words.at(static_cast<std::size_t>(kind)).first;
}

std::vector<MadeBesideSchemas> made_beside_schemas(
    std::vector<history::Migration> const& migrations) {
    std::vector<MadeBesideSchemas> all{};
    for (auto const& migration : migrations) {
        if (migration.script.find('\0') != std::string::npos) continue;  // cannot be run either
        for (auto const& statement : sql::split(migration.script).statements) {
            auto made = made_by(std::string_view{migration.script}.substr(
                statement.begin, statement.end - statement.begin));
            if (!made) continue;
            auto const is_known = std::any_of(all.begin(), all.end(), [&](auto const& other) {
                return other.kind == made->kind && other.name == made->name;
            });
            if (is_known) continue;
            made->migration = migration.name;
            all.push_back(std::move(*made));
        }
    }
    return all;
}

}  // namespace cm::engine

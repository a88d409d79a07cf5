// Reads SET and its like word by word, as PostgreSQL's grammar has them (manual, SET).
#include "sql/session_setting.hpp"

#include <array>

#include "base/text.hpp"

namespace cm::sql {
namespace {

class Reader {
  public:
    Reader(std::string_view statement, Strings strings) : text_(statement), strings_(strings) {}

    Token next() const { return next_solid_token(text_, at_, strings_); }

    bool at_end() const { return next().kind == TokenKind::end; }

    void skip() { at_ = next().end; }

    bool take(std::string_view word) {
        auto const token = next();
        if (!is_word(text_, token, word)) return false;
        at_ = token.end;
        return true;
    }

    bool take(char symbol) {
        auto const token = next();
        if (token.kind != TokenKind::symbol || text_[token.begin] != symbol) return false;
        at_ = token.end;
        return true;
    }

    /// A word, a quoted name, a string or a number, without its quotes.
    std::optional<std::string> value() {
        auto const token = next();
        if (token.kind == TokenKind::end || token.kind == TokenKind::symbol) return {};
        at_ = token.end;
        auto words = text_.substr(token.begin, token.end - token.begin);
        auto const quote = words.back();
        if (quote == '\'' || quote == '"') {
            words.remove_prefix(std::min(words.find(quote) + 1, words.size()));
            words.remove_suffix(words.empty() ? 0 : 1);
        }
        return std::string(words);
    }

    bool is_string() const { return next().kind == TokenKind::text; }

  private:
    std::string_view text_;
    Strings strings_;
    std::size_t at_ = 0;
};

std::vector<SettingChange> of_set(Reader reader) {
    auto const is_local = reader.take("LOCAL");
    if (!is_local) reader.take("SESSION");
    if (reader.take("NAMES")) {
        return {{"client_encoding", reader.value(), is_local}};
    }
    if (reader.take("AUTHORIZATION")) {
        auto const is_default = reader.take("DEFAULT");
        return {{"session_authorization", is_default ? std::nullopt : reader.value(), is_local}};
    }
    auto const name = reader.value();
    if (name && to_lower(*name) == "role" && !reader.take('=') && !reader.take("TO")) {
        return {{"role", reader.value(), is_local}};  // a form of its own: SET ROLE app
    }
    if (name && to_lower(*name) == "role") {
        auto const is_default = reader.take("DEFAULT");
        return {{"role", is_default ? std::nullopt : reader.value(), is_local}};
    }
    if (!name || (!reader.take('=') && !reader.take("TO"))) {
        return {};
    }
    if (reader.take("DEFAULT")) {
        return {{to_lower(*name), {}, is_local}};
    }
    return {{to_lower(*name), reader.value(), is_local}};
}

std::vector<SettingChange> of_calls(Reader reader) {
    std::vector<SettingChange> changes{};
    while (!reader.at_end()) {
        if (!reader.take("SET_CONFIG")) {
            reader.skip();
            continue;
        }
        if (!reader.take('(') || !reader.is_string()) continue;
        auto const name = reader.value();
        if (!reader.take(',') || !reader.is_string()) continue;
        auto const value = reader.value();
        changes.push_back({to_lower(*name), value, reader.take(',') && reader.take("TRUE")});
    }
    return changes;
}

}  // namespace

std::vector<SettingChange> setting_changes(std::string_view statement, Strings strings) {
    Reader reader(statement, strings);
    if (reader.take("SET")) return of_set(reader);
    if (reader.take("RESET")) {
        auto const name = reader.value();
        return name ? std::vector<SettingChange>{{to_lower(*name), {}, false}}
                    : std::vector<SettingChange>{};
    }
    if (reader.take("DISCARD")) {
        return reader.take("ALL") ? std::vector<SettingChange>{{"all", {}, false}}
                                  : std::vector<SettingChange>{};
    }
    return reader.take("SELECT") ? of_calls(reader) : std::vector<SettingChange>{};
}

bool is_false(std::string_view value) {
    auto const word = to_lower(value);
    constexpr std::array<std::string_view, 4> words{"off", "false", "no", "0"};
    for (auto const false_word : words) {
        // PostgreSQL takes beginnings of words, too, if only one word begins so: `o` may be `on`.
        if (!word.empty() && false_word.starts_with(word) && word != "o") return true;
    }
    return false;
}

bool is_utf8(std::string_view encoding) {
    std::string letters{};
    for (auto const c : to_lower(encoding)) {
        if (c != '-' && c != '_' && c != ' ') letters += c;
    }
    return letters == "utf8" || letters == "unicode";
}

}  // namespace cm::sql

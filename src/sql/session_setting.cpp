// Reads SET and its like word by word, as PostgreSQL's grammar has them (manual, SET).
#include "sql/session_setting.hpp"

#include <array>

#include "base/text.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::sql {
namespace {

std::vector<SettingChange> of_set(StatementCursor reader) {
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

std::vector<SettingChange> of_calls(StatementCursor reader) {
    std::vector<SettingChange> changes{};
    while (!reader.at_end()) {
        if (!reader.take("SET_CONFIG")) {
            reader.skip();
            continue;
        }
        if (!reader.take('(') || reader.next().kind != TokenKind::text) continue;
        auto const name = reader.value();
        if (!reader.take(',') || reader.next().kind != TokenKind::text) continue;
        auto const value = reader.value();
        changes.push_back({to_lower(*name), value, reader.take(',') && reader.take("TRUE")});
    }
    return changes;
}

}  // namespace

std::vector<SettingChange> setting_changes(std::string_view statement, Strings strings) {
    StatementCursor reader(statement, strings);
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

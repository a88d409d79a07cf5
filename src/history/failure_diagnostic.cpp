// See failure_diagnostic.hpp.
#include "history/failure_diagnostic.hpp"

#include <algorithm>
#include <charconv>

#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "base/text.hpp"
#include "base/text_encoding.hpp"
#include "base/utf8.hpp"
#include "history/advice.hpp"
#include "history/existing_object.hpp"
#include "history/missing_extension.hpp"
#include "history/missing_right.hpp"
#include "history/partial_effects.hpp"
#include "pg/advice.hpp"
#include "sql/session_setting.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

std::uint32_t to_unsigned(std::size_t value) {
    return static_cast<std::uint32_t>(value);
}

/// The word or symbol that PostgreSQL points at.
Span token_span(std::string_view text, FileId file, std::size_t offset) {
    auto const last = text.find_last_not_of(" \t\r\n;");
    auto const end = last == std::string_view::npos ? 0 : last + 1;
    if (offset >= end) {
        return {file, to_unsigned(end), to_unsigned(end)};
    }
    auto token = sql::next_token(text, offset);
    if (token.kind == sql::TokenKind::blank && text[offset] != '/') {
        token = sql::next_token(text, token.end);
    }
    // A comment or string that is not closed reaches to the end of the file.
    auto const line_end = std::min(text.find('\n', token.begin), token.end);
    return {file, to_unsigned(token.begin), to_unsigned(line_end)};
}

/// What cannot be said in the server's encoding is named by its bytes, in any language: `0xe2 0x82
/// 0xac`.
std::optional<Label> untranslatable(ScriptFailure const& failure, FileId file,
                                    std::string_view text) {
    if (failure.server.sqlstate != sqlstate::untranslatable_character) {
        return {};
    }
    constexpr std::string_view digits_follow = "0x";
    std::string bytes{};
    std::string_view message = failure.server.message;
    for (auto at = message.find(digits_follow); at != std::string_view::npos;
         at = message.find(digits_follow, at + 2)) {
        unsigned byte = 0;
        auto const digits = message.substr(at + 2, 2);
        std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        bytes += static_cast<char>(byte);
    }
    auto const found = text.find(bytes);
    if (bytes.empty() || found == std::string_view::npos) {
        return {};
    }
    return Label{{file, to_unsigned(found), to_unsigned(found + bytes.size())}, {}};
}

std::optional<Label> label(ScriptFailure const& failure, FileId file, sql::Script const& script,
                           std::string_view text) {
    if (failure.offset) {
        return Label{token_span(text, file, *failure.offset), {}};
    }
    if (!failure.statement) {
        return untranslatable(failure, file, text);
    }
    auto const& statement = script.statements.at(*failure.statement);
    return Label{{file, statement.begin, statement.end}, {}};
}

/// What a query inside of a function looks like, in one line.
std::string one_line(std::string_view text) {
    constexpr std::size_t longest = 120;
    std::string line{};
    for (auto const c : text) {
        auto const is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (is_blank && (line.empty() || line.back() == ' ')) continue;
        line += is_blank ? ' ' : c;
    }
    while (line.ends_with(' ')) line.pop_back();
    if (line.size() <= longest) return line;
    return std::string(utf8::cut(line, longest)) + "…";
}

std::string_view text_of(ScriptFailure const& failure, sql::Script const& script,
                         std::string_view text) {
    if (!failure.statement) return {};
    auto const& statement = script.statements.at(*failure.statement);
    return text.substr(statement.begin, statement.end - statement.begin);
}

void add_server_words(Diagnostic& diagnostic, ScriptFailure const& failure) {
    auto const& server = failure.server;
    if (!server.detail.empty()) {
        diagnostic.note("{}", server.detail);
    }
    if (!server.internal_query.empty()) {
        diagnostic.note("in `{}`", one_line(server.internal_query));
    }
    if (!server.context.empty()) {
        diagnostic.note("{}", server.context);
    }
    if (server.position > 0 && failure.statement && !failure.offset) {
        diagnostic.note(
            "the error is in an index, a constraint, a default value or another expression that "
            "PostgreSQL evaluates again because of this statement");
    }
}

/// The role that carries out a statement: the last that the script has set, else the one that the
/// session began with, which need not be the login (`ALTER ROLE … SET role`).
std::string role_at(std::optional<std::size_t> statement, sql::Script const& script,
                    std::string_view text, pg::Connection& connection) {
    for (auto at = statement.value_or(0); at > 0; --at) {
        auto const& found = script.statements.at(at - 1);
        for (auto const& change :
             sql::setting_changes(text.substr(found.begin, found.end - found.begin))) {
            auto const is_role = change.name == "role" || change.name == "session_authorization";
            if (is_role && change.value && to_lower(*change.value) != "none") return *change.value;
            if (is_role || change.name == "all") at = 1;  // back to what it began with
        }
    }
    return connection.fetch("SELECT current_user AS name")[0].text("name");
}

/// What only the server can tell; nothing if it does not answer.
std::string ask_for_help(ScriptFailure const& failure, sql::Script const& script,
                         std::string_view text, pg::Connection& connection) {
    auto const& server = failure.server;
    try {
        if (auto const extension = extension_for(server, connection.server_version());
            !extension.empty()) {
            return advice_on_extension(extension, connection);
        }
        if (server.sqlstate == sqlstate::insufficient_privilege) {
            return advice_on_right(server, text_of(failure, script, text),
                                   role_at(failure.statement, script, text, connection),
                                   connection);
        }
        if (already_exists(server.sqlstate)) {
            return advice_on_invalid_index(text_of(failure, script, text), connection);
        }
    } catch (pg::SqlError const& failed) {
        // The error itself is what counts.
        log::swallowed("looking for what may help", failed);
    }
    return {};
}

void add_helps(Diagnostic& diagnostic, ScriptFailure const& failure, Subject const& subject,
               sql::Script const& script, std::string_view text, pg::Connection& connection) {
    auto const& server = failure.server;
    auto const asked = ask_for_help(failure, script, text, connection);
    if (!server.hint.empty()) {
        diagnostic.help("{}", server.hint);
    }
    if (subject.is_schema) {  // advice on migrations would lead astray
        if (!asked.empty() && server.sqlstate != sqlstate::insufficient_privilege)
            diagnostic.help("{}", asked);
        return;
    }
    auto const advice = advice_for(server, text_of(failure, script, text), subject.is_migration());
    auto const general = pg::advice_for(server.sqlstate);
    for (std::string_view const help : {std::string_view{advice}, std::string_view{asked}}) {
        if (!help.empty()) diagnostic.help("{}", help);
    }
    if (asked.empty() && (advice.empty() || !lies_outside(server)) && !general.empty()) {
        diagnostic.help("{}", general);
    }
    if (already_exists(server.sqlstate) && asked.empty()) {
        diagnostic.note("{}", was_made_by_script(server, connection)
                                  ? "an earlier statement of the file creates it"
                              : subject.is_migration()
                                  ? "it already exists in the database: created manually, or by a "
                                    "migration that is not recorded"
                                  : "it already exists in the database");
    }
}

[[noreturn]] void refuse(Subject const& subject, Span span, std::string_view reason,
                         std::string_view help) {
    Diagnostic diagnostic =
        error("CM0507", "{} cannot be sent to PostgreSQL: {}", subject.title, reason);
    diagnostic.primary = Label{span, {}};
    diagnostic.about({.migration = subject.migration});
    throw Failure(std::move(diagnostic.help("{}", help)),
                  subject.is_migration() ? ExitCode::failed_migration : ExitCode::failure);
}

}  // namespace

Diagnostic failure_diagnostic(ScriptFailure const& failure, Subject const& subject,
                              sql::Script const& script, SourceMap const& sources,
                              pg::Connection& connection) {
    pg::InterruptsIgnored const looking{};
    auto const text = sources.text(subject.file);
    Diagnostic diagnostic = error(subject.code, "{} failed: {} ({})", subject.title,
                                  failure.server.message, failure.server.sqlstate);
    diagnostic.about({.sqlstate = failure.server.sqlstate, .migration = subject.migration});
    if (failure.statement) diagnostic.about({.statement = *failure.statement + 1});
    diagnostic.primary = label(failure, subject.file, script, text);
    add_server_words(diagnostic, failure);
    add_helps(diagnostic, failure, subject, script, text, connection);
    return diagnostic;
}

void refuse_unsendable_bytes(Subject const& subject, SourceMap const& sources) {
    auto const text = sources.text(subject.file);
    if (auto const at = text.find('\0'); at != std::string_view::npos) {
        auto const is_utf16 = !wide_encoding(text).empty();
        refuse(subject, {subject.file, to_unsigned(at), to_unsigned(at + 1)},
               "it contains a NUL byte",
               is_utf16 ? "save the file as UTF-8; UTF-16 is full of NUL bytes"
                        : "remove it and any others; or is this file damaged?");
    }
    if (auto const at = utf8::find_invalid(text)) {
        refuse(subject, {subject.file, to_unsigned(*at), to_unsigned(*at + 1)},
               "it is not valid UTF-8", "save the file as UTF-8");
    }
}

void refuse_unsendable_statements(Subject const& subject, sql::Script const& script) {
    for (auto const& statement : script.statements) {
        Span const span{subject.file, statement.begin, statement.end};
        if (statement.unsupported == sql::Unsupported::meta_command) {
            refuse(subject, span, "this is a psql command, not SQL",
                   "write SQL, or run the file with psql");
        }
        if (statement.unsupported == sql::Unsupported::copy_data) {
            refuse(subject, span, "the data of COPY … FROM STDIN is missing or has no end",
                   "the data begins on the line after the `;` and ends with a line `\\.`");
        }
    }
}

}  // namespace cm::history

// See blame.hpp.
#include "history/blame.hpp"

#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"
#include "pg/advice.hpp"
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
    auto const token = sql::next_solid_token(text, offset);
    return {file, to_unsigned(token.begin), to_unsigned(std::max(token.end, token.begin))};
}

/// What cannot be said in the server's encoding is named by its bytes, in any language: `0xe2 0x82
/// 0xac`.
std::optional<Label> untranslatable(ScriptFailure const& failure, FileId file,
                                    std::string_view text) {
    constexpr std::string_view untranslatable_character = "22P05";
    if (failure.server.sqlstate != untranslatable_character) {
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

/// What helps with the errors that migrations meet most.
struct Advice {
    std::string_view sqlstate{};
    std::string_view help{};
};

constexpr Advice advices[] = {
    {"23502",
     "add the column without NOT NULL, fill it with an UPDATE, then `ALTER COLUMN … SET NOT NULL`"},
    {"23505", "remove the duplicate rows first"},
    {"23503", "correct the rows that refer to nothing first"},
    {"23514", "correct the rows that break the constraint first"},
    {"42804", "say how to convert: `ALTER COLUMN … TYPE … USING …`"},
    {"22P02", "correct the values that cannot be converted first, or convert them with `USING`"},
    {"2BP01", "drop what depends on it first"},
    {"42P01", "have all migrations before this one been applied? `cm-migrate status` tells"},
    {"57014", "raise statement_timeout for this migration, or make it do less at once"},
};

void add_server_words(Diagnostic& diagnostic, pg::ServerMessage const& server) {
    if (!server.detail.empty()) {
        diagnostic.note("{}", server.detail);
    }
    if (!server.context.empty()) {
        diagnostic.note("{}", server.context);
    }
}

void add_helps(Diagnostic& diagnostic, pg::ServerMessage const& server) {
    if (!server.hint.empty()) {
        diagnostic.help("{}", server.hint);
    }
    for (auto const& advice : advices) {
        if (advice.sqlstate == server.sqlstate) {
            diagnostic.help("{}", advice.help);
        }
    }
    if (auto const help = pg::advice_for(server.sqlstate); !help.empty()) {
        diagnostic.help("{}", help);
    }
    if (already_exists(server.sqlstate)) {
        diagnostic.note(
            "the database has it already: made by hand, or by a migration that is not recorded");
    }
}

[[noreturn]] void refuse(Subject const& subject, Span span, std::string_view reason,
                         std::string_view help) {
    Diagnostic diagnostic =
        error("CM0507", "{} cannot be sent to PostgreSQL: {}", subject.title, reason);
    diagnostic.primary = Label{span, {}};
    throw Failure(std::move(diagnostic.help("{}", help)),
                  subject.is_migration() ? ExitCode::failed_migration : ExitCode::failure);
}

}  // namespace

bool already_exists(std::string_view sqlstate) {
    constexpr std::string_view states[] = {"42P07", "42701", "42710", "42P06", "42723"};
    return std::find(std::begin(states), std::end(states), sqlstate) != std::end(states);
}

Diagnostic blame(ScriptFailure const& failure, Subject const& subject, sql::Script const& script,
                 SourceMap const& sources) {
    auto const text = sources.text(subject.file);
    Diagnostic diagnostic = error(subject.code, "{} failed: {} ({})", subject.title,
                                  failure.server.message, failure.server.sqlstate);
    diagnostic.primary = label(failure, subject.file, script, text);
    add_server_words(diagnostic, failure.server);
    add_helps(diagnostic, failure.server);
    return diagnostic;
}

void add_outcome(Diagnostic& diagnostic, ScriptFailure const& failure, sql::Script const& script) {
    if (failure.in_one_transaction) {
        diagnostic.note("PostgreSQL undid all of it; the database is as it was before");
    } else if (failure.kept == 0) {
        diagnostic.note("nothing of it has been carried out and stays");
    } else {
        diagnostic.note(
            "{} of {} {} been carried out and stay{}",
            failure.kept == 1 ? "statement 1" : fmt::format("statements 1 to {}", failure.kept),
            script.statements.size(), failure.kept == 1 ? "has" : "have",
            failure.kept == 1 ? "s" : "");
        if (failure.statement && *failure.statement > failure.kept) {
            diagnostic.note("what came after {} was undone", failure.kept == 1 ? "it" : "them");
        }
    }
    if (failure.left_invalid_index) {
        diagnostic.note(
            "the invalid index that it left behind is dropped before it is built again");
    }
}

void refuse_unsendable_bytes(Subject const& subject, SourceMap const& sources) {
    auto const text = sources.text(subject.file);
    if (auto const at = text.find('\0'); at != std::string_view::npos) {
        refuse(subject, {subject.file, to_unsigned(at), to_unsigned(at + 1)}, "it holds a NUL byte",
               "save the file as UTF-8; UTF-16 is full of NUL bytes");
    }
    if (auto const at = utf8::find_invalid(text)) {
        refuse(subject, {subject.file, to_unsigned(*at), to_unsigned(*at + 1)},
               "it is not valid UTF-8", "save the file as UTF-8");
    }
}

void refuse_unsendable_statements(Subject const& subject, sql::Script const& script) {
    for (auto const& statement : script.statements) {
        Span const span{subject.file, statement.begin, statement.end};
        if (statement.unsendable == sql::Unsendable::meta_command) {
            refuse(subject, span, "this is a command of psql, not SQL",
                   "write SQL, or run the file with psql");
        }
        if (statement.unsendable == sql::Unsendable::copy_data) {
            refuse(subject, span, "COPY … FROM STDIN needs data that a script cannot carry",
                   "use INSERT (pg_dump has `--inserts`), or run the file with psql");
        }
    }
}

}  // namespace cm::history

// Takes an error or notice of libpq apart.
#include "pg/server_message.hpp"

#include <libpq-fe.h>

#include "base/utf8.hpp"

namespace cm::pg {
namespace {

/// A script may have changed the encoding in which the server talks to us: what cannot be read then
/// must not make our records and reports unreadable, too.
std::string readable(std::string_view text) {
    std::string result{};
    for (auto bad = utf8::find_invalid(text); bad; bad = utf8::find_invalid(text)) {
        result += text.substr(0, *bad);
        result += "\xEF\xBF\xBD";  // U+FFFD
        text.remove_prefix(*bad + 1);
    }
    return result += text;
}

std::string field(PGresult const* result, int code) {
    auto const* text = PQresultErrorField(result, code);
    return text == nullptr ? "" : readable(text);
}

}  // namespace

ServerMessage server_message(PGresult const* result) {
    ServerMessage message{
        .severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED),
        .sqlstate = field(result, PG_DIAG_SQLSTATE),
        .message = field(result, PG_DIAG_MESSAGE_PRIMARY),
        .detail = field(result, PG_DIAG_MESSAGE_DETAIL),
        .hint = field(result, PG_DIAG_MESSAGE_HINT),
        .context = field(result, PG_DIAG_CONTEXT),
        .schema = field(result, PG_DIAG_SCHEMA_NAME),
        .table = field(result, PG_DIAG_TABLE_NAME),
        .column = field(result, PG_DIAG_COLUMN_NAME),
        .constraint = field(result, PG_DIAG_CONSTRAINT_NAME),
        .internal_query = field(result, PG_DIAG_INTERNAL_QUERY),
    };
    auto const position = field(result, PG_DIAG_STATEMENT_POSITION);
    message.position = position.empty() ? 0 : std::atoi(position.c_str());
    if (message.message.empty()) {
        message.message = readable(PQresultErrorMessage(result));
    }
    return message;
}

std::string quoted_behind(std::string_view message, std::string_view words) {
    auto const at = message.find(words);
    if (at == std::string_view::npos) return {};
    auto const rest = message.substr(at + words.size());
    return std::string(rest.substr(0, rest.find('"')));
}

}  // namespace cm::pg

// Pairs what was sent with what came back.
#include "pg/message_log.hpp"

#include <libpq-fe.h>

#include <charconv>

#include "pg/server_message.hpp"
#include "sql/split.hpp"

namespace cm::pg {
namespace {

/// The number that ends a command's tag: `UPDATE 3`.
long rows_of(std::string_view tag) {
    auto const blank = tag.rfind(' ');
    long rows = 0;
    if (blank != std::string_view::npos) {
        std::from_chars(tag.data() + blank + 1, tag.data() + tag.size(), rows);
    }
    return rows;
}

}  // namespace

void MessageLog::keep(pg_result* result) {
    Answer answer{};
    if (PQresultStatus(result) == PGRES_FATAL_ERROR) {
        auto const said = server_message(result);
        answer.sqlstate = said.sqlstate;
        answer.error = said.message;
    } else {
        answer.command = PQcmdStatus(result);
        answer.rows = rows_of(answer.command);
    }
    answers_.push_back(std::move(answer));
}

void MessageLog::write(std::string_view sql, Answer const& answer,
                       std::optional<std::chrono::steady_clock::duration> elapsed) const {
    auto const has_failed = !answer.error.empty();
    log::write(log::Level::debug, "statement",
               {{"database", session_.database},
                {"backend", session_.backend_pid},
                {"elapsedMs", elapsed},
                {"rows", has_failed ? std::nullopt : std::optional{answer.rows}},
                {"command", answer.command},
                {"sqlstate", answer.sqlstate},
                {"error", answer.error},
                {"sql", sql}});
}

MessageLog::~MessageLog() {
    if (!is_on_) return;
    auto const elapsed = time_.exactly();
    auto const statements = sql::split(text_).statements;
    if (answers_.empty()) answers_.push_back({.error = "no answer came"});
    if (answers_.size() == 1 && statements.size() <= 1) {
        write(text_, answers_.front(), elapsed);
        return;
    }
    for (std::size_t i = 0; i < answers_.size(); ++i) {
        // A rule of the database may answer more often than it was asked.
        auto const sql =
            i < statements.size() && answers_.size() <= statements.size()
                ? text_.substr(statements[i].begin, statements[i].end - statements[i].begin)
                : text_;
        write(sql, answers_[i], {});
    }
    log::write(log::Level::debug, "round trip",
               {{"database", session_.database},
                {"backend", session_.backend_pid},
                {"elapsedMs", elapsed},
                {"statements", statements.size()}});
}

}  // namespace cm::pg

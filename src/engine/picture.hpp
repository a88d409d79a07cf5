// What the catalogue says at one moment, in one round trip.
#pragma once
#include "pg/connection.hpp"
#include "sql/answers.hpp"

namespace cm::engine {

/// Asks all the queries of `reading` in one read-only transaction. Throws SqlError.
sql::Answers ask_together(pg::Connection& connection, sql::Reading const& reading);

/// Lets it read what the catalogue says at one moment.
void read_together(pg::Connection& connection, sql::Reading const& reading);

/// What several readings make of one moment, each when it is asked for: what the first has read can
/// be worked on while the server answers the queries of the next. The connection can do nothing
/// else until the last has read.
class PictureInTurn {
  public:
    /// Sends all queries of all readings. Throws SqlError.
    PictureInTurn(pg::Connection& connection, std::vector<sql::Reading> readings);

    /// Lets the next of them read, if one is left. Throws SqlError.
    void read_next();

  private:
    pg::Connection& connection_;
    std::vector<sql::Reading> readings_{};
    std::vector<std::string> queries_{};
    std::optional<pg::RowsInTurn> rows_{};
    std::size_t next_reading_{};
    std::size_t next_query_{};
};

}  // namespace cm::engine

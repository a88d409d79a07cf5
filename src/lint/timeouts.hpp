// Whether a file limits how long its statements may wait and run.
#pragma once
#include "lint/report.hpp"

namespace cm::lint {

/// The first statement of the file that may have to wait for others; none if there is none.
Statement const* first_waiting_statement(Script const& script);

/// True if the file sets the parameter before the statement.
bool is_set_before(Script const& script, Statement const& statement, std::string_view parameter);

}  // namespace cm::lint

// What the runner of scripts must know of a statement before it is sent, told by its words.
#pragma once
#include <string_view>

namespace cm::history {

/// CALL and DO: what stands in a procedure or a block itself can commit, and outside of a
/// transaction alone. What functions call cannot.
bool may_commit(std::string_view statement);

/// A statement that says "cannot run inside a transaction block" may succeed outside of one: not if
/// a function carries out what refuses, nor SET, which wants to be the first of a transaction.
bool may_refuse_transaction(std::string_view statement);

/// COMMIT or END, but not of a transaction that was prepared.
bool is_commit(std::string_view statement);

/// COMMIT or ROLLBACK … AND CHAIN: another transaction is open behind it.
bool chains(std::string_view statement);

/// A statement that settles how the session goes on: to be repeated when another session does.
bool sets_session(std::string_view statement);

}  // namespace cm::history

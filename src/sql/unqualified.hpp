// Expressions that PostgreSQL has printed with the schema of every name, as migrations write them:
// what lies in the project's own schema stands there bare.
#pragma once
#include <string>
#include <string_view>

namespace cm::sql {

/// Whether functions that are called lose their schema, too.
enum class CalledFunctions { bare, whole };

/// `nextval('app.t_seq'::regclass)` → `nextval('t_seq'::regclass)`, `'A'::app."Mood"` →
/// `'A'::"Mood"` for the schema `app`. Operators keep theirs, and so does a function that has the
/// name of one for the current time, or a type that has the name of one of PostgreSQL's own: it
/// would become that one. `whole`: so may any other function, and all of them keep theirs, too; to
/// the eyes of people, who write `nanoid()`, that is worse.
std::string unqualified(std::string_view expression, std::string_view schema,
                        CalledFunctions called = CalledFunctions::bare);

}  // namespace cm::sql

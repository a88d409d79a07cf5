// replacing-stored-function: what a function has returned is kept in an index, a generated column
// or the verdict of a constraint. The catalog tells that to `dev` and `push`, which look for it.
#include "lint/rule.hpp"

namespace cm::lint::rules {

extern Rule const replacing_stored_function;
constinit Rule const replacing_stored_function{
    .code = "CM0686",
    .name = "replacing-stored-function",
    .summary = "A function is replaced whose results are stored",
    .family = Family::data,
    .level = Level::warning,
    .depends_on_database = true,
    .formerly = "0326"};

}  // namespace cm::lint::rules

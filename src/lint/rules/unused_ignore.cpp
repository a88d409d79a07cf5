// Found where suppressions are read: src/lint/suppression.cpp.
#include "lint/rule.hpp"

namespace cm::lint::rules {

extern Rule const unused_ignore;
constinit Rule const unused_ignore{.code = "CM0640",
                                   .name = "unused-ignore",
                                   .summary = "A comment that suppresses nothing",
                                   .family = Family::failure,
                                   .level = Level::warning};

}  // namespace cm::lint::rules

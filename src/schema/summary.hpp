// Differences in words, for people: what `diff` prints without --script, and how drift is shown.
#pragma once
#include <string>

#include "schema/step.hpp"

namespace cm::schema {

/// One step in a few words: «create table `User`».
std::string title(Step const& step);

/// The steps by kind of object and table; «No difference detected.» if there are none.
std::string summary(Steps const& steps);

}  // namespace cm::schema

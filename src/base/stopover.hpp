// Names that things have on their way: while two exchange theirs, or one comes to take the place of
// another.
#pragma once
#include <string>

namespace cm {

/// A name that somebody has while two exchange theirs. Nobody else has one like it.
bool is_stopover(std::string const& name);

/// Such a name for what is called `name`, and back, as far as its length allows.
std::string stopover(std::string const& name);
std::string without_stopover(std::string const& name);

}  // namespace cm

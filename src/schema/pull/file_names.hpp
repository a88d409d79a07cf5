// Names of objects as names of files, on any system: told apart where letters of both cases are the
// same, and with nothing in them that means something in a path.
#pragma once
#include <map>
#include <set>
#include <string>

namespace cm::schema {

/// One for each name, without an ending. `reserved`: others that are taken, in lower case.
std::map<std::string, std::string> file_names(std::set<std::string> const& names,
                                              std::set<std::string> reserved = {});

}  // namespace cm::schema

// The environment variables that libpq and PostgreSQL's programs read (PGPORT, PGSERVICE, PGOPTIONS
// …): they describe the user's servers, not those that cm-migrate runs itself. libpq cannot be told
// to leave them alone: an empty parameter means the variable.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "pg/url.hpp"

namespace cm::pg {

/// True for the names of such variables: all begin with `PG`, those of later versions, too.
bool is_libpq_variable(std::string_view name);

/// Takes the variables out of this process' environment while it lives, for programs that are
/// started then, too. No other thread may use the environment meanwhile.
class LibpqVariablesHidden {
  public:
    LibpqVariablesHidden();
    LibpqVariablesHidden(LibpqVariablesHidden const&) = delete;
    LibpqVariablesHidden& operator=(LibpqVariablesHidden const&) = delete;
    ~LibpqVariablesHidden();

  private:
    std::map<std::string, std::string> hidden_{};
};

/// Hides them if the URL leads to a server of ours.
std::unique_ptr<LibpqVariablesHidden> hide_libpq_variables_for(Url const& url);

}  // namespace cm::pg

// What a user should know about a replay that did not carry everything out.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "history/replay.hpp"

namespace cm::engine {

/// Why it is not known whether a replayed schema is what the migrations lead to.
struct Unverified {
    std::string reason{};
    std::string remedy{};
};

/// `no_private_server`: why none could be had, if one was sought.
std::optional<Unverified> unverified(history::ReplayReport const& report,
                                     std::optional<std::string> const& no_private_server);

/// CM0540 (reaches out), CM0541 (a role is missing), CM0542 (not verified); each names the
/// statements by migration.
std::vector<Diagnostic> replay_findings(std::vector<history::LeftOut> const& left_out,
                                        std::optional<std::string> const& no_private_server);

}  // namespace cm::engine

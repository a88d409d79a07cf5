// Directory × ledger: what is pending, failed, edited, missing or out of order. Pure.
#pragma once
#include <string>
#include <vector>

#include "history/directory.hpp"
#include "history/ledger.hpp"

namespace cm::history {

/// Names refer to Migration::name. A migration whose rows are all rolled back is pending again.
struct Comparison {
    std::vector<std::string> applied{};  ///< in the order of the folder
    std::vector<std::string> pending{};  ///< in the order they will be applied
    std::vector<std::string> failed{};   ///< started, neither finished nor rolled back
    std::vector<std::string>
        edited{};  ///< applied, but the file differs now (line ends and BOM aside)
    std::vector<std::string> missing{};       ///< applied, but not in the folder
    std::vector<std::string> out_of_order{};  ///< pending, though a later one has been applied
    bool operator==(Comparison const&) const = default;
};

Comparison compare(Directory const& directory, std::vector<LedgerEntry> const& entries);

}  // namespace cm::history

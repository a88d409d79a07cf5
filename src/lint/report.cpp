// Where levels are lowered for small tables.
#include "lint/report.hpp"

#include <algorithm>

#include "lint/syntax.hpp"

namespace cm::lint {

/// A lock on a table with few rows is short, and one on an empty one is none to speak of.
Level Report::level_of(Remark const& remark) const {
    auto level = remark.level ? std::min(*remark.level, level_) : level_;
    if (conditions_.sizes.empty() || rule_->family != Family::lock) return level;
    auto table = remark.table;
    if (auto const* const known = catalog_.find(table)) table = known->name;
    auto const found = conditions_.sizes.find(table);
    if (found == conditions_.sizes.end() || found->second == TableSize::large) return level;
    return std::min(level, found->second == TableSize::empty ? Level::note : Level::warning);
}

Catalog const& Report::catalog_behind(Statement const& current) {
    if (!behind_) {
        behind_ = catalog_;
        for (auto const& statement : script_.statements()) {
            if (statement.index >= current.index) behind_->follow(statement);
        }
    }
    return *behind_;
}

void Report::add(Remark remark) {
    findings_.push_back({.rule = std::string{rule_->name},
                         .code = rule_->code,
                         .level = level_of(remark),
                         .span = {script_.file(), remark.place.begin, remark.place.end},
                         .message = std::move(remark.message),
                         .help = std::move(remark.help),
                         .lock = std::string{remark.lock},
                         .table = remark.table.name.empty() ? "" : shown(remark.table)});
}

}  // namespace cm::lint

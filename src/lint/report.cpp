#include "lint/report.hpp"

#include "lint/syntax.hpp"

namespace cm::lint {

void Report::add(Remark remark) {
    findings_.push_back({.rule = std::string{rule_->name},
                         .code = rule_->code,
                         .level = remark.level && *remark.level < level_ ? *remark.level : level_,
                         .span = {script_.file(), remark.place.begin, remark.place.end},
                         .message = std::move(remark.message),
                         .help = std::move(remark.help),
                         .lock = std::string{remark.lock},
                         .table = remark.table.name.empty() ? "" : written(remark.table)});
}

}  // namespace cm::lint

// See replay_script.hpp.
#include "history/replay_script.hpp"

#include <algorithm>

namespace cm::history {

AlteredScript::AlteredScript(std::string_view text, sql::Script const& script)
    : text_(text), original_(script), replacements_(script.statements.size()) {}

std::string_view AlteredScript::statement(std::size_t index) const {
    auto const& found = original_.statements[index];
    return text_.substr(found.begin, found.end - found.begin);
}

void AlteredScript::omit(std::size_t index) {
    replace(index, {});
}

void AlteredScript::replace(std::size_t index, std::string replacement) {
    replacements_[index] = std::move(replacement);
    build();
}

void AlteredScript::build() {
    altered_ = true;
    altered_text_.clear();
    std::vector<std::pair<std::size_t, std::size_t>> ends{};  // of what stands for which statement
    std::size_t copied = 0;
    for (std::size_t i = 0; i < original_.statements.size(); ++i) {
        auto const& before = original_.statements[i];
        altered_text_ += text_.substr(copied, before.begin - copied);
        auto const& replacement = replacements_[i];
        // The data of a COPY goes with it.
        copied = replacement && before.has_data() ? end_of_data(before) : before.end;
        altered_text_ += replacement ? std::string_view{*replacement} : statement(i);
        ends.emplace_back(altered_text_.size(), i);
    }
    altered_text_ += text_.substr(copied);
    altered_script_ = sql::split(altered_text_);
    origins_.clear();
    for (auto const& now : altered_script_.statements) {
        auto const found = std::find_if(ends.begin(), ends.end(),
                                        [&](auto const& end) { return now.begin < end.first; });
        origins_.push_back(found == ends.end() ? original_.statements.size() - 1 : found->second);
    }
}

std::size_t AlteredScript::end_of_data(sql::Statement const& copy) const {
    auto const gap = std::find_if(original_.gaps.begin(), original_.gaps.end(),
                                  [&](sql::Gap const& g) { return g.begin == copy.data_begin; });
    return gap == original_.gaps.end() ? copy.data_end : gap->end;
}

std::size_t AlteredScript::original_index(std::size_t index) const {
    return altered_ ? origins_.at(index) : index;
}

ScriptFailure AlteredScript::translated(ScriptFailure failure) const {
    if (!altered_) return failure;
    if (!failure.statement) {
        failure.offset.reset();
        return failure;
    }
    auto const& now = altered_script_.statements.at(*failure.statement);
    auto const index = original_index(*failure.statement);
    auto const& before = original_.statements[index];
    auto const is_same = !replacements_[index];
    if (failure.offset && is_same && *failure.offset >= now.begin) {
        failure.offset = *failure.offset - now.begin + before.begin;
    } else {
        failure.offset.reset();
    }
    failure.statement = index;
    return failure;
}

}  // namespace cm::history

// Puts a message together, and finds the way back from PostgreSQL's answer to the script.
#include "history/message.hpp"

#include <algorithm>

namespace cm::history {

void Message::add_own(std::string_view statement) {
    text_ += statement;
    text_ += ';';
    owners_.emplace_back();
}

void Message::add_all_own(std::string_view statements) {
    while (!statements.empty()) {
        auto const end = std::min(statements.find(';'), statements.size());
        if (statements.substr(0, end).find_first_not_of(" \n") != std::string_view::npos) {
            add_own(statements.substr(0, end));
        }
        statements.remove_prefix(std::min(end + 1, statements.size()));
    }
}

void Message::add_script(std::string_view text, std::size_t begin, std::size_t end,
                         std::vector<sql::Gap> const& gaps) {
    auto const add = [&](std::size_t to) {
        if (to > begin) {
            parts_.push_back({text_.size(), begin, to - begin});
            text_ += text.substr(begin, to - begin);
        }
    };
    for (auto const& gap : gaps) {
        if (gap.end <= begin || gap.begin >= end) continue;
        add(gap.begin);
        begin = std::min<std::size_t>(gap.end, end);
    }
    add(end);
}

void Message::add_statement(std::string_view text, sql::Statement const& statement,
                            std::size_t index) {
    owners_.emplace_back(index);
    if (statement.has_data()) {
        data_.push_back(
            text.substr(statement.data_begin, statement.data_end - statement.data_begin));
    }
}

std::optional<std::size_t> Message::owner(std::size_t n) const {
    return n < owners_.size() ? owners_[n] : std::nullopt;
}

std::optional<std::size_t> Message::script_offset(int position) const {
    if (position < 1) return {};
    auto const at = pg::byte_offset(text_, position);
    for (auto const& part : parts_) {
        // What ends too early is complained about at its end.
        auto const is_last = &part == &parts_.back() && part.sent + part.length == text_.size();
        if (at >= part.sent && at < part.sent + part.length + (is_last ? 1 : 0)) {
            return part.script + (at - part.sent);
        }
    }
    return {};
}

Message Message::without_own() const {
    Message result{};
    for (auto const& part : parts_) {
        result.parts_.push_back({result.text_.size(), part.script, part.length});
        result.text_ += text_.substr(part.sent, part.length);
    }
    return result;
}

}  // namespace cm::history

// Counts what the server tells.
#include "engine/notices.hpp"

#include "base/hidden_passwords.hpp"

namespace cm::engine {

void NoticeFilter::begin(std::string migration) {
    end();
    migration_ = std::move(migration);
}

void NoticeFilter::hear(pg::ServerMessage const& message) {
    ++heard_;
    if (told_ && heard_ <= most_) {
        auto shown = message;
        for (auto* const text : {&shown.message, &shown.detail, &shown.hint, &shown.context}) {
            *text = with_passwords_hidden(*text);
        }
        told_({.migration = migration_, .message = &shown});
    }
}

void NoticeFilter::end() {
    if (told_ && heard_ > most_) {
        told_({.migration = migration_, .left_out = heard_ - most_});
    }
    heard_ = 0;
}

}  // namespace cm::engine

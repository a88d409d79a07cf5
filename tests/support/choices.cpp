// See choices.hpp.
#include "support/choices.hpp"

#include <cstdint>
#include <vector>

namespace cm::test {

namespace {

/// FNV-1a, and a last mix: the same on every machine.
std::uint64_t number(unsigned seed, std::string const& name) {
    std::uint64_t hash = 14695981039346656037ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
    for (auto const letter : name) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
    }
    hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDULL;
    return hash ^ (hash >> 33);
}

}  // namespace

std::size_t Choices::below_always(std::string const& name, std::size_t count) const {
    return number(seed_, name) % count;
}

std::size_t Choices::below(std::string const& name, std::size_t count) {
    auto const found = otherwise_.find(name);
    auto const answer = (found == otherwise_.end() ? number(seed_, name) : found->second) % count;
    asked_[name] = {count, answer};
    return answer;
}

bool Choices::one_in(std::string const& name, std::size_t count) {
    auto const found = otherwise_.find(name);
    auto const answer =
        found == otherwise_.end() ? number(seed_, name) % count == 0 : found->second != 0;
    asked_[name] = {2, answer ? 1U : 0U};
    return answer;
}

Choices Choices::edited(Dice& dice, std::size_t edits) const {
    std::map<std::string, std::vector<std::string>> sorts{};
    for (auto const& [name, asked] : asked_) {
        if (asked.count > 1) sorts[name.substr(name.rfind('/') + 1)].push_back(name);
    }
    auto result = *this;
    for (; edits > 0 && !sorts.empty(); --edits) {
        auto const& name = dice.any(dice.any(sorts).second);
        auto const& asked = asked_.at(name);
        result.otherwise_[name] = (asked.answer + 1 + dice.below(asked.count - 1)) % asked.count;
    }
    return result;
}

}  // namespace cm::test

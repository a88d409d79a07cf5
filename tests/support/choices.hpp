// Choices made at random, each by its name: the same seed and name give the same answer, whatever
// else is asked. So an edit of what they make is to answer some of them otherwise.
#pragma once
#include <cstddef>
#include <iterator>
#include <map>
#include <string>

#include "support/dice.hpp"

namespace cm::test {

class Choices {
  public:
    explicit Choices(unsigned seed) : seed_(seed) {}

    /// 0 … count - 1. `name` is a path, of which the last part says what is chosen.
    std::size_t below(std::string const& name, std::size_t count);
    bool one_in(std::string const& name, std::size_t count);

    template <class Range>
    auto const& any(std::string const& name, Range const& range) {
        return *std::next(std::begin(range), static_cast<long>(below(name, std::size(range))));
    }

    /// The same, but never answered otherwise by an edit.
    std::size_t below_always(std::string const& name, std::size_t count) const;

    /// The same choices, but for some of those that have been asked for. Each sort of choice (the
    /// last part of its name) is as likely as another.
    Choices edited(Dice& dice, std::size_t edits) const;

  private:
    struct Asked {
        std::size_t count{}, answer{};
    };

    unsigned seed_{};
    std::map<std::string, Asked> asked_{};
    std::map<std::string, std::size_t> otherwise_{};  ///< the answers of edits
};

}  // namespace cm::test

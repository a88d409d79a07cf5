// See mutation.hpp.
#include "fuzz/mutation.hpp"

#include <random>
#include <vector>

#include "base/diagnostic.hpp"
#include "dsl/lexer.hpp"

namespace cm::test {

namespace {

using Pieces = std::vector<std::string>;

/// The tokens, each with the white space before it.
Pieces tokens_of(std::string_view text) {
    SourceMap sources{};
    auto const file = sources.add("", std::string(text));
    Diagnostics unused{};
    Pieces pieces{};
    std::size_t done = 0;
    for (auto const& token : dsl::tokenize(sources, file, unused)) {
        pieces.emplace_back(text.substr(done, token.span.end - done));
        done = token.span.end;
    }
    return pieces;
}

Pieces lines_of(std::string_view text) {
    Pieces pieces{};
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size() - 1) + 1;
        pieces.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return pieces;
}

class Mutation {
  public:
    explicit Mutation(std::uint32_t seed) : random_(seed) {}

    std::string run(std::string_view text, std::string_view other) {
        auto const split = below(3) == 0 ? lines_of : tokens_of;
        auto pieces = split(text);
        auto const donors = split(below(2) == 0 || other.empty() ? text : other);
        if (pieces.empty() || donors.empty()) return std::string(text);
        for (auto rounds = below(3) + 1; rounds > 0 && !pieces.empty(); --rounds) {
            change(pieces, donors);
        }
        std::string result{};
        for (auto const& piece : pieces) result += piece;
        return result;
    }

  private:
    std::size_t below(std::size_t limit) { return random_() % limit; }

    void change(Pieces& pieces, Pieces const& donors) {
        auto const at = below(pieces.size());
        auto const place = pieces.begin() + static_cast<std::ptrdiff_t>(at);
        auto const& donor = donors[below(donors.size())];
        switch (below(4)) {
            case 0:
                pieces.erase(place);
                break;
            case 1:
                pieces.insert(place, donor);
                break;
            case 2:
                std::swap(*place, pieces[below(pieces.size())]);
                break;
            default:
                *place = donor;
        }
    }

    std::minstd_rand random_;
};

}  // namespace

std::string mutated(std::string_view text, std::string_view other, std::uint32_t seed) {
    return Mutation(seed).run(text, other);
}

}  // namespace cm::test

// What a shell offers for the value of an option, whichever shell it is.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command/description.hpp"

namespace cm::command {

/// Files, folders, a few words, or names that the hidden command `names` lists.
enum class Offer { nothing, files, folders, words, migrations, codes };

/// By what the value is called.
Offer offer_of(OptionDescription const& option);

/// Of Prisma's commands of two words the second, and what we call the two.
struct PrismaWord {
    std::string second{};
    std::string_view ours{};
};

/// By the first word: `migrate` → `dev`, `deploy` …
std::map<std::string, std::vector<PrismaWord>> prisma_words(ProgramDescription const& program);

std::vector<std::string> second_words(std::vector<PrismaWord> const& words);

/// The text with each `what` as `by`.
std::string with_replaced(std::string_view text, std::string_view what, std::string_view by);

}  // namespace cm::command

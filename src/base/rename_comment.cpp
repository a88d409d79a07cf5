// See rename_comment.hpp. The grammar: `@renamed` (`from NAME` | `from=NAME`) {`,` NAME} to the end
// of the line, where NAME is a bare word, "quoted", or either with its schema before a full stop.
#include "base/rename_comment.hpp"

#include <fmt/format.h>

namespace cm {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view ends_of_words = " \t,.\"=";

/// Reads on where the last part ended.
class Words {
  public:
    explicit Words(std::string_view rest) : rest_(rest) {}

    bool skip_blanks() {
        auto const end = std::min(rest_.find_first_not_of(blanks), rest_.size());
        rest_.remove_prefix(end);
        return end > 0;
    }

    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    /// Empty if there is none, or if its quotes are not closed.
    std::string name() {
        if (!take("\"")) {
            auto const end = std::min(rest_.find_first_of(ends_of_words), rest_.size());
            std::string const word{rest_.substr(0, end)};
            rest_.remove_prefix(end);
            return word;
        }
        std::string text{};
        for (;;) {
            auto const quote = rest_.find('"');
            if (quote == std::string_view::npos) return {};
            text += rest_.substr(0, quote);
            rest_.remove_prefix(quote + 1);
            if (!take("\"")) return text;
            text += '"';
        }
    }

    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

std::optional<FormerName> qualified_name(Words& words) {
    FormerName found{.name = words.name()};
    if (words.take(".")) {
        found.schema = std::move(found.name);
        found.name = words.name();
        if (found.schema.empty()) return {};
    }
    if (found.name.empty()) return {};
    return found;
}

std::string expected_name(Words const& words) {
    return words.rest().empty() ? "a name is missing at its end"
                                : fmt::format("expected a name before `{}`", words.rest());
}

}  // namespace

std::optional<RenameComment> read_rename_comment(std::string_view words) {
    Words at{words};
    at.skip_blanks();
    if (!at.rest().starts_with("@rename")) return {};
    RenameComment comment{};
    if (!at.take("@renamed") || !at.skip_blanks() || !at.take("from")) {
        comment.problem = "it is neither `@renamed from NAME` nor an ordinary comment";
        return comment;
    }
    auto const is_apart = at.skip_blanks();
    if (!at.take("=") && !is_apart) {
        comment.problem = "`from` is followed by a blank or by `=`";
        return comment;
    }
    do {
        at.skip_blanks();
        auto name = qualified_name(at);
        if (!name) {
            comment.problem = expected_name(at);
            return comment;
        }
        comment.names.push_back(std::move(*name));
        at.skip_blanks();
    } while (at.take(","));
    if (!at.rest().empty()) comment.problem = fmt::format("`{}` is not part of a name", at.rest());
    return comment;
}

}  // namespace cm

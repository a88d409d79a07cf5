// See hidden_strings.hpp. The program is read for its strings from its beginning, since a template
// may have begun lines before; whatever cannot be told from a string is hidden.
#include "base/hidden_strings.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/hidden_passwords.hpp"
#include "base/text.hpp"

namespace cm {
namespace {

template <std::size_t Size>
bool contains(std::array<std::string_view, Size> const& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_word_byte(char c) {
    return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80U;
}

/// A string may be shown as the argument of these, or as the value of those keys.
constexpr std::array<std::string_view, 9> callees{"require", "import",  "env",    "join", "resolve",
                                                  "dirname", "loadEnv", "config", "has"};
constexpr std::array<std::string_view, 9> keys{"schema", "path", "seed",   "filePath", "folderPath",
                                               "folder", "kind", "engine", "external"};

class Reader {
  public:
    Reader(std::string_view source, std::size_t begin, std::size_t end)
        : source_(source), begin_(begin), end_(end), line_(source.substr(begin, end - begin)) {}

    std::string read() {
        while (at_ < end_) step();
        return with_passwords_hidden(line_);
    }

  private:
    struct Bracket {
        char symbol{};
        std::string_view before{};  ///< the word or key that stands before it
    };

    void step() {
        auto const c = source_[at_];
        auto const two = source_.substr(at_, 2);
        if (two == "//") {
            at_ = std::min(source_.find('\n', at_), source_.size());
        } else if (two == "/*") {
            auto const close = source_.find("*/", at_ + 2);
            at_ = close == std::string_view::npos ? source_.size() : close + 2;
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (c == '`') {
            ++at_;
            template_text(at_);
        } else if (is_word_byte(c)) {
            auto const from = at_;
            while (at_ < source_.size() && is_word_byte(source_[at_])) ++at_;
            word_ = source_.substr(from, at_ - from);
            last_ = 'a';
        } else {
            symbol(c);
        }
    }

    void symbol(char c) {
        ++at_;
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return;
        if (c == '(' || c == '[' || c == '{') {
            brackets_.push_back({c, last_ == 'a' ? word_ : last_ == ':' ? key_ : ""});
        } else if (c == ')' || c == ']' || c == '}') {
            if (c == '}' && !brackets_.empty() && brackets_.back().symbol == '`') {
                brackets_.pop_back();  // the end of `${…}`
                last_ = 'a';
                template_text(at_);
                return;
            }
            if (!brackets_.empty()) brackets_.pop_back();
        } else if (c == ':') {
            key_ = last_ == 'a' ? word_ : "";
        } else if (c == '?' || c == ';') {
            key_ = {};
        }
        word_ = {};
        last_ = c;
    }

    void quoted(char quote) {
        auto const from = ++at_;
        while (at_ < source_.size() && source_[at_] != quote && source_[at_] != '\n') {
            at_ += source_[at_] == '\\' ? 2 : 1;
        }
        at_ = std::min(at_, source_.size());
        auto const text = source_.substr(from, at_ - from);
        if (!may_be_shown(text, at_ + 1)) cover(from, at_);
        if (at_ < source_.size() && source_[at_] == quote) ++at_;
        word_ = text;
        last_ = 'a';
    }

    /// From `from` to the closing backtick or to a `${`, behind which the program goes on.
    void template_text(std::size_t from) {
        for (at_ = from; at_ < source_.size(); ++at_) {
            if (source_[at_] == '\\') {
                ++at_;
            } else if (source_[at_] == '`') {
                cover(from, at_++);
                last_ = 'a';
                word_ = {};
                return;
            } else if (source_.substr(at_, 2) == "${") {
                cover(from, at_);
                at_ += 2;
                brackets_.push_back({'`', {}});
                last_ = '`';
                return;
            }
        }
        at_ = source_.size();
        cover(from, at_);
    }

    bool may_be_shown(std::string_view text, std::size_t behind) const {
        auto const next = std::min(source_.find_first_not_of(" \t\r\n", behind), source_.size());
        auto const follows = next < source_.size() ? source_[next] : ' ';
        auto const is_part = last_ == '+' || follows == '+';
        if (text.find("://") != std::string_view::npos) return !is_part;
        if (is_part) return false;
        auto const is_key = follows == ':' && last_ != '?';
        auto const is_module = last_ == 'a' && (word_ == "from" || word_ == "import");
        if (is_key || is_module) return true;
        if (last_ == ':') return contains(keys, key_);
        if (brackets_.empty() || (last_ != '(' && last_ != '[' && last_ != ',')) return false;
        auto const before = brackets_.back().before;
        return brackets_.back().symbol == '[' ? before == "env" || contains(keys, before)
                                              : contains(callees, before);
    }

    void cover(std::size_t from, std::size_t to) {
        from = std::max(from, begin_);
        to = std::min(to, end_);
        if (from >= to) return;
        std::fill(line_.begin() + static_cast<std::ptrdiff_t>(from - begin_),
                  line_.begin() + static_cast<std::ptrdiff_t>(to - begin_), '*');
    }

    std::string_view source_{};
    std::size_t begin_{};
    std::size_t end_{};
    std::string line_{};
    std::size_t at_ = 0;
    std::vector<Bracket> brackets_{};
    std::string_view word_{};  ///< the last one
    std::string_view key_{};   ///< the word before the last colon
    char last_ = ';';          ///< the last symbol; `a` for a word or a string
};

}  // namespace

bool is_program(std::string_view file_name) {
    constexpr std::array<std::string_view, 6> endings{".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"};
    return std::any_of(endings.begin(), endings.end(),
                       [&](auto ending) { return file_name.ends_with(ending); });
}

std::string with_strings_hidden(std::string_view source, std::size_t begin, std::size_t end) {
    return Reader(source, begin, end).read();
}

}  // namespace cm

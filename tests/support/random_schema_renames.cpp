// Renames for random_schema.hpp: by the words of the text, in which each name is one.
#include <fmt/format.h>

#include <regex>
#include <sstream>

#include "support/random_schema.hpp"

namespace cm::test::random_schema {

namespace {

/// Of a line that declares something, what it is called in the database.
struct Declared {
    std::string word{};      ///< of the text
    std::string database{};  ///< empty: the word
};

std::vector<std::string> lines_of(std::string const& text) {
    std::istringstream in(text);
    std::vector<std::string> lines{};
    for (std::string line{}; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string joined(std::vector<std::string> const& lines) {
    std::string text{};
    for (auto const& line : lines) text += line + "\n";
    return text;
}

/// The name in `map: "…"` or `@map("…")`; empty without.
std::string mapped(std::string const& text, std::string const& attribute) {
    std::smatch found{};
    std::regex const pattern(attribute + R"re(\("([^"]*)"\))re");
    return std::regex_search(text, found, pattern) ? found[1].str() : std::string{};
}

std::string with_word(std::string const& text, std::string const& from, std::string const& to) {
    return std::regex_replace(text, std::regex("\\b" + from + "\\b"), to);
}

/// One block and its lines; relation names are no names of models, and stay.
class Renamer {
  public:
    Renamer(std::string const& text, Dice& dice) : lines_(lines_of(text)), dice_(dice) {}

    RenamedText run() {
        auto back = lines_;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            std::smatch head{};
            if (std::regex_match(lines_[i], head, std::regex(R"((model|enum) (\w+) \{)")))
                block(i, head[1], head[2]);
        }
        RenamedText result{.count = renames_.size()};
        result.models = joined(with_comments(renamed(), false));
        result.models_back = joined(with_comments(back, true));
        return result;
    }

  private:
    struct Rename {
        std::size_t line{};
        std::string before{}, after{};  ///< in the database
        std::string word{}, new_word{};
        bool is_block{};
    };

    void block(std::size_t head, std::string const& keyword, std::string const& name) {
        auto end = head;
        while (lines_[end] != "}") ++end;
        std::string map{};
        for (auto i = head; i < end; ++i) {
            if (auto found = mapped(lines_[i], "@@map"); !found.empty()) map = found;
        }
        if (dice_.one_in(3)) {
            auto const word = name + "New";
            // A table that is mapped keeps its name under the new model.
            if (map.empty())
                renames_.push_back({head, name, word, name, word, true});
            else
                words_.emplace_back(name, word);
        }
        for (auto i = head + 1; i < end; ++i) member(i, keyword);
    }

    void member(std::size_t line, std::string const& keyword) {
        std::smatch found{};
        if (keyword == "enum") {
            if (!std::regex_match(lines_[line], found, std::regex(R"(  ([PQRS]))"))) return;
            if (!dice_.one_in(4)) return;
            // Values have their words in common with those of the other enum.
            renames_.push_back({line, found[1], found[1].str() + "_new", {}, {}, false});
            return;
        }
        if (!std::regex_search(lines_[line], found, std::regex(R"(^  (g?f\d) )"))) return;
        if (!dice_.one_in(3)) return;
        auto const map = mapped(lines_[line], "@map");
        auto const before = map.empty() ? found[1].str() : map;
        renames_.push_back({line, before, before + "_new", {}, {}, false});
    }

    /// The lines under the new names: columns and values get them by `@map`.
    std::vector<std::string> renamed() const {
        auto lines = lines_;
        for (auto const& rename : renames_) {
            auto& line = lines[rename.line];
            if (rename.is_block) continue;
            auto const map = fmt::format("@map(\"{}\")", rename.after);
            if (line.find("@map(") == std::string::npos)
                line += " " + map;
            else
                line = std::regex_replace(line, std::regex(R"re(@map\("[^"]*"\))re"), map);
        }
        for (auto& line : lines) {
            for (auto const& rename : renames_) {
                if (rename.is_block) line = with_new_word(line, rename.word, rename.new_word);
                // Conditions of indexes name columns.
                else
                    line = with_quoted(line, rename);
            }
            for (auto const& [from, to] : words_) line = with_new_word(line, from, to);
        }
        return lines;
    }

    /// Not in strings: names of relations and indexes stay.
    static std::string with_new_word(std::string const& line, std::string const& from,
                                     std::string const& to) {
        std::string result{};
        bool is_string = false;
        std::string part{};
        for (auto const c : line) {
            if (c == '"') {
                result += (is_string ? part : with_word(part, from, to)) + c;
                part.clear();
                is_string = !is_string;
            } else {
                part += c;
            }
        }
        return result + (is_string ? part : with_word(part, from, to));
    }

    std::string with_quoted(std::string const& line, Rename const& rename) const {
        if (line.find("where: raw(") == std::string::npos || !is_in_block(line, rename.line))
            return line;
        auto result = line;
        auto const from = fmt::format("\\\"{}\\\"", rename.before);
        auto const to = fmt::format("\\\"{}\\\"", rename.after);
        if (auto const at = result.find(from); at != std::string::npos)
            result.replace(at, from.size(), to);
        return result;
    }

    bool is_in_block(std::string const& line, std::size_t member) const {
        for (auto i = member; lines_[i] != "}"; ++i) {
            if (lines_[i] == line) return true;
        }
        return false;
    }

    std::vector<std::string> with_comments(std::vector<std::string> lines, bool back) const {
        for (auto const& rename : renames_) {
            auto const comment =
                fmt::format("// @renamed from {}", back ? rename.after : rename.before);
            auto& line = lines[rename.line];
            line = rename.is_block ? comment + "\n" + line : line + " " + comment;
        }
        return lines;
    }

    std::vector<std::string> lines_;
    Dice& dice_;
    std::vector<Rename> renames_{};
    std::vector<std::pair<std::string, std::string>> words_{};
};

}  // namespace

RenamedText with_renames(Draft const& draft, Dice& dice) {
    return Renamer(models(draft), dice).run();
}

}  // namespace cm::test::random_schema

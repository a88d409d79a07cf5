// What is sent to the server at once: statements of ours and parts of a script, and which of them
// an answer or an error belongs to.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"
#include "sql/split.hpp"

namespace cm::history {

class Message {
  public:
    /// One statement of ours, with its `;`.
    void add_own(std::string_view statement);
    /// Several, none of which has a `;` within.
    void add_all_own(std::string_view statements);

    /// Blanks and what else is no statement.
    void add_blank(std::string_view text) { text_ += text; }

    /// Bytes [begin, end) of the script's text, without what is not sent.
    void add_script(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<sql::Gap> const& gaps);
    /// Of the text that is added, this statement ends next.
    void add_statement(std::string_view text, sql::Statement const& statement, std::size_t index);

    std::string const& text() const { return text_; }

    std::vector<std::string_view> const& data() const { return data_; }

    std::size_t statements() const { return owners_.size(); }

    /// The script's statement that is the n-th of this message; none if it is one of ours.
    std::optional<std::size_t> owner(std::size_t n) const;

    /// The byte of the script that PostgreSQL's position, in characters from 1, stands for.
    std::optional<std::size_t> script_offset(int position) const;

    /// The parts of the script alone.
    Message without_own() const;

  private:
    struct Part {
        std::size_t sent{};    ///< where it begins in the text
        std::size_t script{};  ///< and in the script
        std::size_t length{};
    };

    std::string text_{};
    std::vector<Part> parts_{};
    std::vector<std::optional<std::size_t>> owners_{};
    std::vector<std::string_view> data_{};
};

}  // namespace cm::history

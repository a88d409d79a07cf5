// A script as it is replayed: the statements that stay, those that are left out, and those that
// stand there in another form.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/run_script.hpp"
#include "sql/split.hpp"

namespace cm::history {

class AlteredScript {
  public:
    /// Both must outlive this.
    AlteredScript(std::string_view text, sql::Script const& script);

    std::size_t size() const { return original_.statements.size(); }

    std::string_view statement(std::size_t index) const;

    bool is_omitted(std::size_t index) const { return replacements_[index] == ""; }

    void omit(std::size_t index);
    /// The replacement is one statement. What an omitted statement alone said about transactions is
    /// gone with it.
    void replace(std::size_t index, std::string replacement);

    std::string_view text() const { return altered_ ? altered_text_ : text_; }

    sql::Script const& script() const { return altered_ ? altered_script_ : original_; }

    /// Which statement of the original the one of `script()` stands for.
    std::size_t original_index(std::size_t index) const;

    /// The failure of `script()` as one of the original.
    ScriptFailure translated(ScriptFailure failure) const;

  private:
    void build();
    std::size_t end_of_data(sql::Statement const& copy) const;

    std::string_view text_;
    sql::Script const& original_;
    std::vector<std::optional<std::string>> replacements_{};
    bool altered_ = false;
    std::string altered_text_{};
    sql::Script altered_script_{};
    std::vector<std::size_t> origins_{};
};

}  // namespace cm::history

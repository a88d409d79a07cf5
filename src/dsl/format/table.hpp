// Rows in aligned columns, with other lines between them.
#pragma once
#include <string>
#include <vector>

namespace cm::dsl {

struct Row {
    std::vector<std::string> columns{};
    std::string comment{};  ///< behind the row
    bool operator==(Row const&) const = default;
};

/// Collects the lines of a group: rows are aligned with each other, whatever stands between them.
class Table {
  public:
    void add(Row row);
    /// A line as it is, with its line end.
    void add(std::string line);
    /// Writes the group and starts the next one.
    void flush(std::string& text, std::string_view indentation);

  private:
    struct Entry {
        Row row{};
        std::string line{};
    };

    std::vector<Entry> entries_{};
};

/// A row that is not aligned with others.
std::string row_text(Row const& row, std::vector<std::size_t> const& widths);

}  // namespace cm::dsl

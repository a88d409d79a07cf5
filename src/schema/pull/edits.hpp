// Changes to files, collected by place and made at once.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/source.hpp"

namespace cm::schema {

class Edits {
  public:
    explicit Edits(SourceMap const& sources) : sources_(sources) {}

    /// The text of the span becomes another.
    void replace(Span span, std::string text);
    /// The lines that the span touches go, with the documentation right above them, and with what
    /// comments above them say of former names.
    void remove_lines(Span span);
    /// A line behind the line in which the span ends; several come in the order of the calls.
    void add_line_behind(Span span, std::string const& text);
    /// A line above the line in which the span ends: above `}` for a block.
    void add_line_above_end(Span span, std::string const& text);
    /// At the end of the file.
    void append(FileId file, std::string const& text);

    /// The file with its changes.
    std::string text(FileId file) const;

  private:
    struct Edit {
        std::uint32_t begin{}, end{};
        std::string text{};
    };

    std::uint32_t line_begin(FileId file, std::uint32_t offset) const;
    std::uint32_t next_line(FileId file, std::uint32_t offset) const;

    SourceMap const& sources_;
    std::map<FileId, std::vector<Edit>> edits_{};
};

}  // namespace cm::schema

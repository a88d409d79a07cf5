// Where text came from: the files a command has read, and half-open byte ranges into them.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm {

/// Index of a file in a SourceMap.
enum class FileId : std::uint32_t {};

/// A half-open range of bytes in one file.
struct Span {
    FileId file{};
    std::uint32_t begin{};
    std::uint32_t end{};
    bool operator==(Span const&) const = default;
};

/// The smallest span that holds both; they must lie in the same file.
Span join(Span first, Span last);

/// Where an object was written. Provenance never takes part in equality, so a model read
/// from a file equals the same model read from a database.
struct Origin {
    std::optional<Span> span{};
    std::uint32_t order{};  ///< place among all that was declared, from 1; 0: not declared

    friend bool operator==(Origin const&, Origin const&) { return true; }
};

/// A place as people count it: both start at 1; a column counts Unicode code points.
struct Position {
    std::uint32_t line{};
    std::uint32_t column{};
    bool operator==(Position const&) const = default;
};

/// Owns the text of every file that a diagnostic may point into. Views stay valid as files are
/// added.
class SourceMap {
  public:
    /// Registers a file under the name that diagnostics show.
    FileId add(std::string name, std::string text);
    std::string_view name(FileId file) const;
    std::string_view text(FileId file) const;
    std::string_view text(Span span) const;
    /// The place of byte `offset`; an offset past the end gives the end.
    Position position(FileId file, std::uint32_t offset) const;
    /// The line (1-based) without its line end.
    std::string_view line(FileId file, std::uint32_t number) const;
    /// Byte offset of the start of the line (1-based).
    std::uint32_t line_start(FileId file, std::uint32_t number) const;

    std::size_t size() const { return files_.size(); }

  private:
    struct File {
        std::string name{};
        std::string text{};
        std::vector<std::uint32_t> line_starts{};
        std::vector<std::uint32_t> characters{};  ///< how many stand before each stretch of bytes
    };

    static std::uint32_t characters_before(File const& file, std::size_t offset);

    File const& file(FileId id) const { return files_.at(static_cast<std::size_t>(id)); }

    std::deque<File> files_{};
};

}  // namespace cm

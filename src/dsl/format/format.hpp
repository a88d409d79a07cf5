// schema.prisma as the formatter writes it: two spaces, columns, one empty line where there were
// several. Works on tokens, so that comments stay and lines that cannot be read stay as they are.
#pragma once
#include <string>
#include <vector>

#include "base/source.hpp"
#include "dsl/ast.hpp"

namespace cm::dsl {

/// The text of a file, formatted; formatting the result changes nothing.
std::string format(SourceMap const& sources, FileId file);

/// Text to be put into a file at a place.
struct Insertion {
    FileId file{};
    std::uint32_t at{};
    std::string text{};
    bool operator==(Insertion const&) const = default;
};

/// What relations lack and can be told: the field on the other side, `fields` and `references`, and
/// the fields that hold the key. Sorted by place. The document must resolve but for that.
std::vector<Insertion> missing_parts_of_relations(Document const& document);

/// The text of a file with the insertions that are meant for it.
std::string with_insertions(SourceMap const& sources, FileId file,
                            std::vector<Insertion> const& insertions);

}  // namespace cm::dsl

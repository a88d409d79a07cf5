// schema.prisma as the formatter writes it: two spaces, columns, one empty line where there were
// several. Works on tokens, so that comments stay and lines that cannot be read stay as they are.
#pragma once
#include <string>
#include <vector>

#include "base/source.hpp"
#include "dsl/ast.hpp"

namespace cm::dsl {

/// The text of a file, formatted. Formatting the result changes nothing, but for two empty lines
/// for which Prisma needs two rounds: one above a comment that stood behind `}` comes, one below
/// block attributes that opened a block goes.
std::string format(SourceMap const& sources, FileId file);

/// Text to be put into a file at a place.
struct Insertion {
    FileId file{};
    std::uint32_t at{};
    std::string text{};
    bool operator==(Insertion const&) const = default;
};

/// What relations lack and can be told: the field on the other side, `fields` and `references`, and
/// the fields that hold the key. Sorted by place.
std::vector<Insertion> missing_parts_of_relations(SourceMap const& sources,
                                                  Document const& document);

/// All files of a schema, formatted. If its names and attributes are right, what relations lack is
/// added. One text a file; `sources` gets the texts in between.
std::vector<std::string> format_schema(SourceMap& sources, std::vector<FileId> const& files);

}  // namespace cm::dsl

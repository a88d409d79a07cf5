// A line of a model in the schema file: its parts can be changed one by one, what is not touched
// stays as it is written.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "dsl/ast.hpp"

namespace cm::schema {

class FieldLine {
  public:
    FieldLine(dsl::FieldDeclaration const& field, SourceMap const& sources);

    bool is_changed() const { return is_changed_; }

    /// With `?` or `[]`.
    void set_type(std::string const& type);
    /// All attributes of that name; native types are called `@db`.
    void remove(std::string_view name);
    /// The attribute that stands there.
    void remove(Span span);
    /// In Prisma's order, as far as the others keep to it.
    void add(std::string const& text);
    /// The attribute of that name gets another text; an empty one removes it.
    void replace(std::string_view name, std::string const& text);

    std::string text() const;

  private:
    void erase(std::size_t i);

    std::string name_{};
    std::string type_{};
    std::vector<std::string> attributes_{};
    std::vector<Span> spans_{};  ///< of the attributes; of new ones nothing
    bool is_changed_{};
};

}  // namespace cm::schema

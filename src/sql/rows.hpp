// The result of a query as a plain value: what stands between the server and the pure layers.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

struct Rows;

/// One row of Rows; a view. Asking for a column that is not there is a bug (CM_ASSERT).
class Row {
  public:
    Row(Rows const& rows, std::size_t index) : rows_(&rows), index_(index) {}

    bool is_null(std::string_view column) const;
    /// The text of the field; empty if null.
    std::string const& text(std::string_view column) const;
    std::optional<std::string> optional_text(std::string_view column) const;
    bool boolean(std::string_view column) const;          ///< PostgreSQL's t / f; null is false
    std::int64_t integer(std::string_view column) const;  ///< null is 0
    /// A one-dimensional array `{a,"b c",NULL}`; null elements become empty strings.
    std::vector<std::string> text_array(std::string_view column) const;

  private:
    std::size_t column(std::string_view name) const;

    Rows const* rows_;
    std::size_t index_;
};

/// Column names and fields in PostgreSQL's text format.
struct Rows {
    std::vector<std::string> columns{};
    std::vector<std::vector<std::optional<std::string>>> fields{};

    std::size_t size() const { return fields.size(); }

    bool empty() const { return fields.empty(); }

    Row operator[](std::size_t index) const { return {*this, index}; }

    bool operator==(Rows const&) const = default;
};

/// The elements of an array in PostgreSQL's text format.
std::vector<std::string> array_field(std::string const& text);

/// Runs a query that reads; how the pure layers see a server.
using QueryFunction = std::function<Rows(std::string_view query)>;

}  // namespace cm::sql

// See result_sets.hpp. The text is a sequence of numbers and strings, each with its length before
// it: fields hold anything, and nothing has to be searched for.
#include "sql/result_sets.hpp"

#include <charconv>

#include "base/assert.hpp"

namespace cm::sql {
namespace {

void write(std::string& out, std::size_t number) {
    out += std::to_string(number);
    out += ' ';
}

void write(std::string& out, std::string_view text) {
    write(out, text.size());
    out += text;
}

void write(std::string& out, std::optional<std::string> const& field) {
    if (field) {
        write(out, std::string_view{*field});
    } else {
        out += "- ";
    }
}

void write(std::string& out, Rows const& rows) {
    write(out, rows.columns.size());
    for (auto const& column : rows.columns) {
        write(out, std::string_view{column});
    }
    write(out, rows.fields.size());
    for (auto const& row : rows.fields) {
        for (auto const& field : row) {
            write(out, field);
        }
    }
}

/// Reads from the front; once something is wrong, everything after it is.
class Reader {
  public:
    explicit Reader(std::string_view text) : left_(text) {}

    bool is_at_end() const { return good_ && left_.empty(); }

    bool is_good() const { return good_; }

    std::size_t number() {
        std::size_t value = 0;
        auto const* const end = left_.data() + left_.size();
        auto const [stop, wrong] = std::from_chars(left_.data(), end, value);
        if (wrong != std::errc{} || stop == end || *stop != ' ') {
            good_ = false;
            return 0;
        }
        left_.remove_prefix(static_cast<std::size_t>(stop - left_.data()) + 1);
        return value;
    }

    /// A number of things that take up at least two bytes each, so that no text asks for more
    /// memory than it has.
    std::size_t count() {
        auto const value = number();
        good_ = good_ && value <= left_.size() / 2;
        return good_ ? value : 0;
    }

    std::string text() {
        auto const length = number();
        if (!good_ || length > left_.size()) {
            good_ = false;
            return {};
        }
        std::string value{left_.substr(0, length)};
        left_.remove_prefix(length);
        return value;
    }

    std::optional<std::string> field() {
        if (left_.starts_with("- ")) {
            left_.remove_prefix(2);
            return {};
        }
        return text();
    }

    Rows rows() {
        Rows rows{};
        auto const columns = count();
        for (std::size_t i = 0; i < columns && good_; ++i) {
            rows.columns.push_back(text());
        }
        auto const height = columns == 0 ? number() : count();
        good_ = good_ && (columns > 0 || height == 0);
        for (std::size_t i = 0; i < height && good_; ++i) {
            auto& row = rows.fields.emplace_back();
            row.reserve(columns);
            for (std::size_t j = 0; j < columns && good_; ++j) {
                row.push_back(field());
            }
        }
        return rows;
    }

  private:
    std::string_view left_{};
    bool good_ = true;
};

}  // namespace

std::vector<std::string> queries_of(CatalogReader const& reading) {
    std::vector<std::string> queries{};
    reading([&](std::string_view query) {
        queries.emplace_back(query);
        return Rows{};
    });
    return queries;
}

QueryFunction results_from(ResultSets& results) {
    return [&results](std::string_view query) {
        auto const found = results.find(query);
        CM_ASSERT(found != results.end());
        auto rows = std::move(found->second);
        results.erase(found);
        return rows;
    };
}

std::string to_text(ResultSets const& results) {
    std::string text{};
    write(text, results.size());
    for (auto const& [query, rows] : results) {
        write(text, std::string_view{query});
        write(text, rows);
    }
    return text;
}

std::optional<ResultSets> parse_result_sets(std::string_view text) {
    Reader reader{text};
    ResultSets results{};
    auto const size = reader.count();
    for (std::size_t i = 0; i < size && reader.is_good(); ++i) {
        auto query = reader.text();
        results.insert_or_assign(std::move(query), reader.rows());
    }
    return reader.is_at_end() ? std::optional{std::move(results)} : std::nullopt;
}

}  // namespace cm::sql

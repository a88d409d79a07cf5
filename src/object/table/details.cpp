// See details.hpp. PostgreSQL manual, CREATE SEQUENCE, says what a sequence has by default.
#include "object/table/details.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <tuple>

#include "sql/canonical_definition.hpp"

namespace cm::object {
namespace {

bool may_be_equal(std::optional<std::string> const& a, std::optional<std::string> const& b) {
    return !a || !b || *a == *b;
}

std::string largest(std::string const& type) {
    if (type == "smallint") return "32767";
    return type == "integer" ? "2147483647" : "9223372036854775807";
}

char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string smallest(std::string const& type) {
    if (type == "smallint") return "-32768";
    return type == "integer" ? "-2147483648" : "-9223372036854775808";
}

/// PostgreSQL neither renames such a constraint nor takes back that it is the table's own as well.
bool is_handed_down(ColumnDetails const& details) {
    return details.is_required_by_both || details.is_required_by_parent;
}

bool has_same_requirement(ColumnDetails const& a, ColumnDetails const& b) {
    return a.required_name == b.required_name || (is_handed_down(a) && is_handed_down(b));
}

}  // namespace

bool operator==(OwnedSequence const& a, OwnedSequence const& b) {
    auto const figures = [](OwnedSequence const& it) {
        return std::tie(it.name, it.type, it.start, it.increment, it.minimum, it.maximum, it.cache,
                        it.is_cyclic, it.is_logged_otherwise);
    };
    return figures(a) == figures(b);
}

bool operator==(ColumnDetails const& a, ColumnDetails const& b) {
    return may_be_equal(a.formatted_type, b.formatted_type) && a.domain == b.domain &&
           a.collation == b.collation && a.storage == b.storage && a.compression == b.compression &&
           a.statistics == b.statistics && a.options == b.options &&
           a.is_required == b.is_required && has_same_requirement(a, b) &&
           a.is_required_here_only == b.is_required_here_only &&
           a.is_required_later_only == b.is_required_later_only && a.numbering == b.numbering &&
           a.sequence == b.sequence && may_have_same_default(a, b);
}

bool may_have_same_default(ColumnDetails const& a, ColumnDetails const& b) {
    return !a.default_value || !b.default_value ||
           sql::are_same_definitions(*a.default_value, *b.default_value);
}

bool is_partitioned_alike(TableDetails const& a, TableDetails const& b) {
    return a.key_columns == b.key_columns &&
           sql::are_same_definitions(a.partition_key, b.partition_key);
}

bool operator==(TableDetails const& a, TableDetails const& b) {
    return a.is_unlogged == b.is_unlogged && a.options == b.options &&
           a.tablespace == b.tablespace && a.access_method == b.access_method &&
           a.replica_identity == b.replica_identity && a.identity_index == b.identity_index &&
           is_partitioned_alike(a, b) && a.bound == b.bound && a.row_type == b.row_type &&
           a.has_row_security == b.has_row_security &&
           a.forces_row_security == b.forces_row_security;
}

bool is_identity(Numbering numbering) {
    return numbering == Numbering::by_default || numbering == Numbering::always;
}

OwnedSequence usual_sequence(sql::QualifiedName name, std::string const& type) {
    return {.name = std::move(name),
            .type = type,
            .start = "1",
            .increment = "1",
            .minimum = "1",
            .maximum = largest(type),
            .cache = "1"};
}

OwnedSequence retyped(OwnedSequence sequence, std::string const& type) {
    if (sequence.maximum == largest(sequence.type)) sequence.maximum = largest(type);
    if (sequence.minimum == smallest(sequence.type)) sequence.minimum = smallest(type);
    sequence.type = type;
    return sequence;
}

namespace {

std::int64_t number(std::string const& text) {
    std::int64_t value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::string fitting_value(SequenceRange const& range) {
    // One that counts up begins with the least, and is used up beyond the greatest.
    return fmt::format("LEAST(GREATEST(last_value, {0}), {1}), is_called AND last_value {2}",
                       range.minimum, range.maximum,
                       range.is_descending ? "<= " + range.maximum : ">= " + range.minimum);
}

std::vector<std::string> fitting_statements(std::string const& name, SequenceRange const& from,
                                            SequenceRange const& to) {
    auto const lowest = std::min(number(from.minimum), number(to.minimum));
    auto const highest = std::max(number(from.maximum), number(to.maximum));
    if (lowest == number(to.minimum) && highest == number(to.maximum)) return {};
    auto const is_wide = lowest != number(from.minimum) || highest != number(from.maximum);
    return {fmt::format("ALTER SEQUENCE {}{} MINVALUE {} MAXVALUE {}", name,
                        is_wide ? " AS BIGINT" : "", lowest, highest),
            fmt::format("SELECT setval({}, {}) FROM {}", sql::quote_literal(name),
                        fitting_value(to), name)};
}

namespace {

/// The limits of one that counts down are others.
OwnedSequence usual_sequence_like(OwnedSequence const& sequence, std::string const& type) {
    auto usual = usual_sequence({}, type);
    if (!sequence.increment.starts_with('-')) return usual;
    usual.minimum = smallest(type);
    usual.maximum = usual.start = "-1";
    return usual;
}

}  // namespace

std::string sequence_clauses(OwnedSequence const& sequence) {
    return sequence_clauses(usual_sequence_like(sequence, "bigint"), sequence);
}

std::string identity_options(OwnedSequence const& sequence) {
    return sequence_clauses(usual_sequence_like(sequence, sequence.type), sequence);
}

std::string sequence_clauses(OwnedSequence const& from, OwnedSequence const& to) {
    std::vector<std::string> clauses{};
    auto const add = [&](std::string_view words, std::string const& was, std::string const& is) {
        if (was != is) clauses.push_back(fmt::format("{} {}", words, is));
    };
    auto type = to.type;
    std::transform(type.begin(), type.end(), type.begin(), [](char c) { return to_upper(c); });
    if (from.type != to.type) clauses.push_back("AS " + type);
    auto const before = retyped(from, to.type);
    add("INCREMENT BY", before.increment, to.increment);
    add("MINVALUE", before.minimum, to.minimum);
    add("MAXVALUE", before.maximum, to.maximum);
    add("START WITH", before.start, to.start);
    add("CACHE", before.cache, to.cache);
    if (before.is_cyclic != to.is_cyclic) clauses.emplace_back(to.is_cyclic ? "CYCLE" : "NO CYCLE");
    return fmt::format("{}", fmt::join(clauses, " "));
}

}  // namespace cm::object

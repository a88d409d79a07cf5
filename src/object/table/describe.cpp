// What changes of a table, in the words of a summary.
#include <fmt/format.h>

#include "base/overloaded.hpp"
#include "object/table/kept_values.hpp"

namespace cm::object {
namespace {

using Words = std::vector<std::string>;

void describe_details(ColumnDetails const& from, ColumnDetails const& to, Words& what) {
    if (from.domain != to.domain) what.emplace_back("domain");
    if (from.collation != to.collation) what.emplace_back("collation");
    if (from.storage != to.storage) what.emplace_back("storage");
    if (from.compression != to.compression) what.emplace_back("compression");
    if (from.statistics != to.statistics) what.emplace_back("statistics target");
    if (from.options != to.options) what.emplace_back("options");
    if (from.required_name != to.required_name && !to.is_required_by_both &&
        !to.is_required_by_parent)
        what.emplace_back("name of NOT NULL");
    if (from.is_required_later_only != to.is_required_later_only)
        what.emplace_back("validity of NOT NULL");
    if (is_identity(from.numbering) != is_identity(to.numbering)) {
        what.emplace_back(is_identity(to.numbering) ? "now an identity column"
                                                    : "no longer an identity column");
    } else if (from.sequence != to.sequence || from.numbering != to.numbering) {
        what.emplace_back("sequence");
    }
}

bool becomes_required(Alter<Column> const& step) {
    return are_exact(step.from, step.to)
               ? !step.from.details->is_required && step.to.details->is_required
               : step.from.is_nullable && !step.to.is_nullable;
}

bool becomes_optional(Alter<Column> const& step) {
    return becomes_required({step.to, step.from});
}

bool has_other_type(Alter<Column> const& step) {
    auto const is_formatted_alike = [&] {
        auto const& from = step.from.details->formatted_type;
        auto const& to = step.to.details->formatted_type;
        return !from || !to || *from == *to || step.from.details->domain != step.to.details->domain;
    };
    return !(step.from.type == step.to.type) ||
           (are_exact(step.from, step.to) && !is_formatted_alike());
}

bool has_other_default(Alter<Column> const& step) {
    if (!are_exact(step.from, step.to)) return !has_same_default(step.from, step.to);
    auto const &from = *step.from.details, &to = *step.to.details;
    return from.default_value && to.default_value ? !may_have_same_default(from, to)
                                                  : !has_same_default(step.from, step.to);
}

std::string describe_column(Alter<Column> const& step) {
    Words what{};
    if (has_other_type(step)) what.emplace_back("type");
    if (becomes_required(step)) what.emplace_back("now required");
    if (becomes_optional(step)) what.emplace_back("now optional");
    if (must_be_generated(step.to, step.from) || (step.from.is_generated && !step.to.is_generated))
        what.emplace_back("no longer generated");
    if (has_other_default(step)) what.emplace_back("default");
    if (are_exact(step.from, step.to)) describe_details(*step.from.details, *step.to.details, what);
    std::string joined{};
    for (auto const& word : what) {
        joined += (joined.empty() ? "" : ", ") + word;
    }
    return "[*] Altered column `" + step.to.name + "` (" + joined + ")";
}

}  // namespace

namespace {

std::string describe_table(Alter<Table> const& step) {
    auto const &from = *step.from.details, &to = *step.to.details;
    Words what{};
    if (from.is_unlogged != to.is_unlogged)
        what.emplace_back(to.is_unlogged ? "unlogged" : "no longer unlogged");
    if (from.options != to.options) what.emplace_back("parameters");
    if (from.tablespace != to.tablespace) what.emplace_back("tablespace");
    if (from.access_method != to.access_method) what.emplace_back("access method");
    if (from.replica_identity != to.replica_identity || from.identity_index != to.identity_index)
        what.emplace_back("replica identity");
    if (from.has_row_security != to.has_row_security ||
        from.forces_row_security != to.forces_row_security)
        what.emplace_back("row security");
    if (step.from.parents != step.to.parents) what.emplace_back("parents");
    if (from.row_type != to.row_type) what.emplace_back("row type");
    std::string joined{};
    for (auto const& word : what) joined += (joined.empty() ? "" : ", ") + word;
    return "[*] Altered the table's details (" + joined + ")";
}

}  // namespace

std::vector<std::string> describe(Alter<Table> const& step) {
    std::vector<std::string> lines{};
    if (step.from.is_loose != step.to.is_loose && step.from.parents == step.to.parents)
        return lines;  // it comes back, or did
    for (auto const& change : step.changes()) {
        lines.push_back(match(
            change,
            [](Create<Column> const& c) { return "[+] Added column `" + c.object.name + "`"; },
            [](Alter<Column> const& c) { return describe_column(c); },
            [](Drop<Column> const& c) { return "[-] Removed column `" + c.object.name + "`"; },
            [&](ReplaceColumn const& c) {
                if (keeps_values(c, step.from)) return describe_column({c.from, c.to});
                return "[*] Column `" + c.to.name + "` is dropped and recreated";
            },
            [](Create<PrimaryKey> const&) { return std::string{"[+] Added primary key"}; },
            [](Alter<PrimaryKey> const& c) {
                return c.from.name == c.to.name ? "[*] Altered primary key"
                                                : "[*] Renamed primary key to `" + c.to.name + "`";
            },
            [](Drop<PrimaryKey> const&) { return std::string{"[-] Removed primary key"}; },
            [&](Alter<TableDetails> const&) { return describe_table(step); }));
    }
    return lines;
}

}  // namespace cm::object

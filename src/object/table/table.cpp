// Tables: identity and change.
#include "object/table/table.hpp"

#include <algorithm>

#include "base/overloaded.hpp"

namespace cm::object {
namespace {

std::vector<Column const*> by_name(Table const& table) {
    std::vector<Column const*> columns{};
    for (auto const& column : table.columns) {
        columns.push_back(&column);
    }
    std::sort(columns.begin(), columns.end(), [](auto* a, auto* b) { return a->name < b->name; });
    return columns;
}

/// A column cannot become one that is generated.
bool must_be_generated(Column const& from, Column const& to) {
    return to.declares_generation && !from.is_generated;
}

/// A column that holds data is dropped and added anew only where there is no cast at all.
TableChange change(Column const& from, Column const& to) {
    if (conversion(from.type, to.type) == Conversion::none || must_be_generated(from, to)) {
        return ReplaceColumn{from, to};
    }
    return Alter<Column>{from, to};
}

/// A key does not survive a column that is dropped and added again. Under another type it would,
/// but Prisma's migrations drop and recreate it, and its index is built again in any case; so does
/// cm-migrate, unless somebody else's foreign key stands on it.
bool has_replaced_column(Table const& from, Table const& to, PrimaryKey const& key) {
    return std::any_of(key.columns.begin(), key.columns.end(), [&](std::string const& name) {
        auto const* const old = find_column(from, name);
        auto const* const now = find_column(to, name);
        if (old == nullptr || now == nullptr) return false;
        return conversion(old->type, now->type) == Conversion::none ||
               (old->type.name != now->type.name && !key.is_referenced_from_outside);
    });
}

void primary_key_changes(Table const& from, Table const& to, std::vector<TableChange>& before,
                         std::vector<TableChange>& after) {
    auto const replaced = from.primary_key && has_replaced_column(from, to, *from.primary_key);
    if (from.primary_key == to.primary_key && !replaced) {
        return;
    }
    if (!replaced && from.primary_key && to.primary_key &&
        from.primary_key->columns == to.primary_key->columns) {
        before.emplace_back(Alter<PrimaryKey>{*from.primary_key, *to.primary_key});
        return;
    }
    if (from.primary_key) {
        before.emplace_back(Drop<PrimaryKey>{*from.primary_key});
    }
    if (to.primary_key) {
        after.emplace_back(Create<PrimaryKey>{*to.primary_key});
    }
}

}  // namespace

bool has_same_default(Column const& a, Column const& b) {
    if (a.is_generated || b.is_generated) {
        return true;
    }
    if (!a.default_value || !b.default_value) {
        return a.default_value == b.default_value;
    }
    auto const takes_number = [](ColumnDefault const& value) {
        auto const* const expression = std::get_if<sql::Expression>(&value);
        return expression == nullptr || expression->text.starts_with("nextval(");
    };
    if (a.default_value->index() != b.default_value->index()) {
        return takes_number(*a.default_value) && takes_number(*b.default_value);
    }
    return a.default_value == b.default_value;
}

bool operator==(Column const& a, Column const& b) {
    return a.name == b.name && a.type == b.type && a.is_nullable == b.is_nullable &&
           has_same_default(a, b) && !must_be_generated(a, b) && !must_be_generated(b, a);
}

bool operator==(Table const& a, Table const& b) {
    if (a.name != b.name || a.primary_key != b.primary_key ||
        a.columns.size() != b.columns.size()) {
        return false;
    }
    auto const left = by_name(a);
    auto const right = by_name(b);
    return std::equal(left.begin(), left.end(), right.begin(),
                      [](auto* x, auto* y) { return *x == *y; });
}

Column const* find_column(Table const& table, std::string_view name) {
    auto const found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](Column const& column) { return column.name == name; });
    return found == table.columns.end() ? nullptr : &*found;
}

std::vector<TableChange> Alter<Table>::changes() const {
    std::vector<TableChange> changes{}, last{};
    primary_key_changes(from, to, changes, last);
    // Prisma's order: columns that go and come by name, the others as they stood.
    for (auto const* const column : by_name(from)) {
        if (find_column(to, column->name) == nullptr) {
            changes.emplace_back(Drop<Column>{*column});
        }
    }
    // What is generated from others comes behind them.
    for (auto const is_generated : {false, true}) {
        for (auto const* const column : by_name(to)) {
            if (column->is_generated == is_generated &&
                find_column(from, column->name) == nullptr) {
                changes.emplace_back(Create<Column>{*column});
            }
        }
    }
    for (auto const& column : from.columns) {
        auto const* const now = find_column(to, column.name);
        if (now != nullptr && !(column == *now)) {
            changes.push_back(change(column, *now));
        }
    }
    changes.insert(changes.end(), last.begin(), last.end());
    return changes;
}

sql::QualifiedName key(Table const& object) {
    return object.name;
}

std::string display_name(Table const& object) {
    return object.name.name;
}

ObjectRef self(Table const& object) {
    return {ObjectKind::table, object.name};
}

References references(Table const& object) {
    References needed{{ObjectKind::namespace_, {object.name.schema, {}}}};
    for (auto const& column : object.columns) {
        if (!column.type.name.schema.empty()) {
            needed.push_back({ObjectKind::enum_, column.type.name});
        }
    }
    for (auto const& parent : object.parents) {
        needed.push_back({ObjectKind::table, parent});
    }
    return needed;
}

std::optional<ObjectRef> owner(Table const& /*object*/) {
    return {};
}

bool renamed(Table const& /*from*/, Table const& /*to*/) {
    return false;
}

Remedy remedy(Table const& from, Table const& to) {
    return from == to ? Remedy::none : Remedy::alter;
}

namespace {

std::string describe_column(Alter<Column> const& step) {
    std::vector<std::string> what{};
    if (!(step.from.type == step.to.type)) {
        what.emplace_back("type");
    }
    if (step.from.is_nullable != step.to.is_nullable) {
        what.emplace_back(step.to.is_nullable ? "now optional" : "now required");
    }
    if (must_be_generated(step.to, step.from)) what.emplace_back("no longer generated");
    if (!has_same_default(step.from, step.to)) {
        what.emplace_back("default");
    }
    std::string joined{};
    for (auto const& word : what) {
        joined += (joined.empty() ? "" : ", ") + word;
    }
    return "[*] Altered column `" + step.to.name + "` (" + joined + ")";
}

}  // namespace

std::vector<std::string> describe(Alter<Table> const& step) {
    std::vector<std::string> lines{};
    for (auto const& change : step.changes()) {
        lines.push_back(match(
            change,
            [](Create<Column> const& c) { return "[+] Added column `" + c.object.name + "`"; },
            [](Alter<Column> const& c) { return describe_column(c); },
            [](Drop<Column> const& c) { return "[-] Removed column `" + c.object.name + "`"; },
            [](ReplaceColumn const& c) {
                return "[*] Column `" + c.to.name + "` is dropped and added anew";
            },
            [](Create<PrimaryKey> const&) { return std::string{"[+] Added primary key"}; },
            [](Alter<PrimaryKey> const& c) {
                return "[*] Renamed primary key to `" + c.to.name + "`";
            },
            [](Drop<PrimaryKey> const&) { return std::string{"[-] Removed primary key"}; }));
    }
    return lines;
}

}  // namespace cm::object

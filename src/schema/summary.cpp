// See summary.hpp: a fold over the steps' own descriptions.
#include "schema/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/plural.hpp"
#include "base/stopover.hpp"

namespace cm::schema {
namespace {

/// Lines under the heading they belong to; headings keep the order in which they came.
class Outline {
  public:
    void add(std::string const& heading, std::string line) {
        auto const [at, is_new] = sections_.try_emplace(heading);
        if (is_new) {
            order_.push_back(heading);
        }
        auto& lines = at->second;
        // What leaves and comes back does so in steps that look alike.
        if (std::find(lines.begin(), lines.end(), line) == lines.end())
            lines.push_back(std::move(line));
    }

    std::string text() const {
        std::string text{};
        for (auto const& heading : order_) {
            text += (text.empty() ? "" : "\n") + heading + "\n";
            for (auto const& line : sections_.at(heading)) {
                text += "  " + line + "\n";
            }
        }
        return text;
    }

  private:
    std::map<std::string, std::vector<std::string>> sections_{};
    std::vector<std::string> order_{};
};

std::string table_heading(sql::QualifiedName const& table) {
    return fmt::format("[*] Changed the `{}` table", table.name);
}

template <class T>
concept PartOfTable = std::same_as<T, object::Index> || std::same_as<T, object::ForeignKey>;

sql::QualifiedName const& table_of(object::Index const& index) {
    return index.table;
}

sql::QualifiedName const& table_of(object::ForeignKey const& key) {
    return key.name.table;
}

template <class T>
std::string plural_of(T const& object) {
    return regular_plural(title_of(object));
}

template <class T>
void add(Create<T> const& step, Outline& out) {
    if constexpr (PartOfTable<T>) {
        out.add(table_heading(table_of(step.object)), "[+] Added " + description(step.object));
    } else {
        out.add(fmt::format("[+] Added {}", plural_of(step.object)),
                "- " + display_name(step.object));
    }
}

template <class T>
void add(Drop<T> const& step, Outline& out) {
    if constexpr (PartOfTable<T>) {
        out.add(table_heading(table_of(step.object)), "[-] Removed " + description(step.object));
    } else {
        out.add(fmt::format("[-] Removed {}", plural_of(step.object)),
                "- " + display_name(step.object));
    }
}

template <class T>
void add(Alter<T> const& step, Outline& out) {
    auto const heading = [&] {
        if constexpr (PartOfTable<T>) {
            return table_heading(table_of(step.to));
        } else {
            return fmt::format("[*] Changed the `{}` {}", display_name(step.to), title_of(step.to));
        }
    }();
    for (auto& line : describe(step)) {
        out.add(heading, std::move(line));
    }
}

void add(RebuildEnum const& step, Outline& out) {
    add(Alter<object::Enum>{step.from, step.to}, out);
}

void add(ExchangeJoinColumns const& step, Outline& out) {
    out.add(table_heading(step.object.name), "[*] Exchanged the names of the columns `A` and `B`");
}

/// Without the names that are had only while others are exchanged.
std::vector<NameChange> lasting_changes(std::vector<NameChange> const& changes) {
    std::map<std::string, std::string> first{};
    std::vector<NameChange> lasting{};
    for (auto const& change : changes) {
        auto const before = first.find(change.from);
        auto const old = before == first.end() ? change.from : before->second;
        if (is_stopover(change.to)) {
            first[change.to] = old;
        } else {
            lasting.push_back({old, change.to});
        }
    }
    return lasting;
}

/// «Renamed from `User`», and what of it is renamed besides.
template <class T>
void add_renamed(std::string_view kind, T const& step, std::string_view part_kind,
                 std::vector<NameChange> const& parts, Outline& out) {
    if (is_stopover(step.to.name)) return;
    auto const heading = fmt::format("[*] Changed the `{}` {}", step.to.name, kind);
    if (step.from.name != step.to) {
        auto const old = without_stopover(step.from.name.name);
        auto const is_moved = step.from.name.schema != step.to.schema;
        out.add(heading, fmt::format("[*] Renamed from `{}`",
                                     is_moved ? step.from.name.schema + "." + old : old));
    }
    for (auto const& part : lasting_changes(parts)) {
        out.add(heading, fmt::format("[*] Renamed {} `{}` to `{}`", part_kind, part.from, part.to));
    }
}

void add(RenameTable const& step, Outline& out) {
    add_renamed("table", step, "column", step.columns, out);
}

void add(RenameEnum const& step, Outline& out) {
    add_renamed("enum", step, "value", step.values, out);
}

void add(RenameDefinition const& step, Outline& out) {
    auto const heading =
        fmt::format("[*] Changed the `{}` {}", display_name(step.to), title_of(step.to));
    if (step.from.id != step.to.id)
        out.add(heading, fmt::format("[*] Renamed, was `{}`", display_name(step.from)));
    for (auto const& part : lasting_changes(step.parts))
        out.add(heading, fmt::format("[*] Renamed `{}` to `{}`", part.from, part.to));
}

void add(RenameNamespace const& step, Outline& out) {
    out.add(fmt::format("[*] Changed the `{}` schema", step.to),
            fmt::format("[*] Renamed from `{}`", step.from.name));
}

}  // namespace

std::string title(Step const& step) {
    return std::visit(
        overloaded{
            []<class T>(Create<T> const& s) {
                return fmt::format("create {} `{}`", title_of(s.object), display_name(s.object));
            },
            []<class T>(Alter<T> const& s) {
                return fmt::format("alter {} `{}`", title_of(s.to), display_name(s.to));
            },
            []<class T>(Drop<T> const& s) {
                return fmt::format("drop {} `{}`", title_of(s.object), display_name(s.object));
            },
            [](RebuildEnum const& s) { return fmt::format("rebuild enum `{}`", s.to.name.name); },
            [](ExchangeJoinColumns const& s) {
                return fmt::format("exchange the columns of table `{}`", s.object.name.name);
            },
            [](RenameTable const& s) { return fmt::format("rename table `{}`", s.from.name.name); },
            [](RenameEnum const& s) { return fmt::format("rename enum `{}`", s.from.name.name); },
            [](RenameDefinition const& s) {
                return fmt::format("rename {} `{}`", title_of(s.from), display_name(s.from));
            },
            [](RenameNamespace const& s) {
                return fmt::format("rename schema `{}`", s.from.name);
            }},
        step);
}

std::string summary(Steps const& steps) {
    if (steps.empty()) {
        return "No difference detected.\n";
    }
    Outline outline{};
    for (auto const& step : steps) {
        std::visit([&](auto const& s) { add(s, outline); }, step);
    }
    return outline.text();
}

}  // namespace cm::schema

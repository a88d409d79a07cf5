// See index_storage.hpp.
#include "object/index_storage.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace cm::object {
namespace {

using Strings = std::vector<std::string>;

std::string name_of(std::string const& parameter) {
    return parameter.substr(0, parameter.find('='));
}

/// Words and numbers stand bare, as pg_get_indexdef writes them.
std::string spelled(std::string const& parameter) {
    auto const at = parameter.find('=');
    auto const value = at == std::string::npos ? std::string{} : parameter.substr(at + 1);
    auto const is_bare = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    return fmt::format("{} = {}", name_of(parameter), is_bare ? value : sql::quote_literal(value));
}

Strings spelled(Strings const& parameters) {
    Strings all{};
    for (auto const& parameter : parameters) all.push_back(spelled(parameter));
    return all;
}

Strings sorted(Strings parameters) {
    std::sort(parameters.begin(), parameters.end());
    return parameters;
}

/// The names of those that have none in the other.
Strings missing(Strings const& from, Strings const& to) {
    Strings names{};
    for (auto const& parameter : from) {
        auto const name = name_of(parameter);
        if (std::none_of(to.begin(), to.end(), [&](auto const& p) { return name_of(p) == name; }))
            names.push_back(name);
    }
    return names;
}

Strings changed(Strings const& from, Strings const& to) {
    Strings parameters{};
    for (auto const& parameter : to) {
        if (std::find(from.begin(), from.end(), parameter) == from.end())
            parameters.push_back(spelled(parameter));
    }
    return parameters;
}

}  // namespace

bool operator==(IndexStorage const& a, IndexStorage const& b) {
    return sorted(a.parameters) == sorted(b.parameters) && a.tablespace == b.tablespace &&
           a.is_clustered == b.is_clustered && a.is_replica_identity == b.is_replica_identity;
}

std::string parameters_clause(IndexStorage const& storage) {
    if (storage.parameters.empty()) return {};
    return fmt::format(" WITH ({})", fmt::join(spelled(storage.parameters), ", "));
}

Strings alter_storage(sql::QualifiedName const& table, sql::QualifiedName const& index,
                      IndexStorage const& from, IndexStorage const& to, sql::Writer const& out) {
    Strings statements{};
    auto const alter = fmt::format("ALTER INDEX {}", out.name(index));
    if (auto const gone = missing(from.parameters, to.parameters); !gone.empty()) {
        statements.push_back(fmt::format("{} RESET ({})", alter, fmt::join(gone, ", ")));
    }
    if (auto const set = changed(from.parameters, to.parameters); !set.empty()) {
        statements.push_back(fmt::format("{} SET ({})", alter, fmt::join(set, ", ")));
    }
    if (from.tablespace != to.tablespace) {
        auto const& space = to.tablespace.empty() ? std::string{"pg_default"} : to.tablespace;
        statements.push_back(
            fmt::format("{} SET TABLESPACE {}", alter, sql::quote_identifier(space)));
    }
    if (from.is_clustered && !to.is_clustered) {
        statements.push_back(fmt::format("ALTER TABLE {} SET WITHOUT CLUSTER", out.name(table)));
    }
    auto const marks = complete_storage(
        table, index,
        {.is_clustered = to.is_clustered && !from.is_clustered,
         .is_replica_identity = to.is_replica_identity && !from.is_replica_identity},
        out);
    statements.insert(statements.end(), marks.begin(), marks.end());
    return statements;
}

Strings complete_storage(sql::QualifiedName const& table, sql::QualifiedName const& index,
                         IndexStorage const& storage, sql::Writer const& out) {
    Strings statements{};
    auto const name = sql::quote_identifier(index.name);
    auto const alter = [&](std::string_view what) {
        statements.push_back(fmt::format("ALTER TABLE {} {} {}", out.name(table), what, name));
    };
    if (storage.is_clustered) alter("CLUSTER ON");
    if (storage.is_replica_identity) alter("REPLICA IDENTITY USING INDEX");
    return statements;
}

}  // namespace cm::object

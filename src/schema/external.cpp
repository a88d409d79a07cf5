// See external.hpp.
#include "schema/external.hpp"

#include <fnmatch.h>

#include <algorithm>

#include "object/table/table.hpp"

namespace cm::schema {

bool is_external(sql::QualifiedName const& name, std::vector<std::string> const& patterns) {
    return std::any_of(patterns.begin(), patterns.end(), [&](std::string const& pattern) {
        auto const text =
            pattern.find('.') == std::string::npos ? name.name : name.schema + "." + name.name;
        return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
    });
}

bool is_external_object(std::string_view kind, sql::QualifiedName const& name,
                        ExternalObjects const& external) {
    if (external.objects.empty()) return false;
    std::vector<std::string> patterns{};
    for (auto const& pattern : external.objects) {
        auto const colon = pattern.find(':');
        if (colon == std::string::npos) {
            patterns.push_back(pattern);
        } else if (pattern.substr(0, colon) == kind) {
            patterns.push_back(pattern.substr(colon + 1));
        }
    }
    return is_external({name.schema, name.name.substr(0, name.name.find('('))}, patterns);
}

std::string exact_pattern(sql::QualifiedName const& name) {
    std::string pattern{};
    for (auto const c : name.schema + "." + name.name) {
        if (std::string_view{"*?[]\\"}.find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

bool is_external_table(sql::QualifiedName const& name, ExternalObjects const& external) {
    if (is_external(name, external.tables)) return true;
    if (is_external_object(object::Table::title, name, external)) return true;
    std::vector<std::string> wanted{};
    std::vector<std::string> unwanted{};
    for (auto const& pattern : external.managed_tables) {
        pattern.starts_with('!') ? unwanted.push_back(pattern.substr(1))
                                 : wanted.push_back(pattern);
    }
    return is_external(name, unwanted) || (!wanted.empty() && !is_external(name, wanted));
}

}  // namespace cm::schema

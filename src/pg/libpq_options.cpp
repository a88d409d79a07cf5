// See libpq_options.hpp. PQconninfoParse on nothing lists the options without looking at the
// environment or at service files.
#include "pg/libpq_options.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace cm::pg {
namespace {

LibpqOption const* find(std::string_view keyword) {
    auto const& all = libpq_options();
    auto const found = std::find_if(all.begin(), all.end(), [&](LibpqOption const& option) {
        return option.keyword == keyword;
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::vector<LibpqOption> read_options(_PQconninfoOption const* options) {
    std::vector<LibpqOption> all{};
    for (auto const* o = options; o != nullptr && o->keyword != nullptr; ++o) {
        // "*" marks passwords, "D" what is for debugging only, keys of an authentication among it.
        std::string_view const mark{o->dispchar == nullptr ? "" : o->dispchar};
        all.push_back({o->keyword, mark == "*" || mark == "D"});
    }
    return all;
}

std::vector<LibpqOption> const& libpq_options() {
    static auto const all = [] {
        std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const options(
            PQconninfoParse("", nullptr), PQconninfoFree);
        return read_options(options.get());
    }();
    return all;
}

bool is_libpq_option(std::string_view keyword) {
    return find(keyword) != nullptr;
}

bool is_secret(std::string_view keyword) {
    auto const* const option = find(keyword);
    constexpr std::string_view ours = "sslidentity";  // a file's name; see client_identity.hpp
    return option == nullptr ? keyword != ours : option->is_secret;
}

}  // namespace cm::pg

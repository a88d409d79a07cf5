#include "pg/late_libpq.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"

namespace cm::pg {

namespace {

Diagnostic refusal(std::function<void()> const& load) {
    try {
        load();
    } catch (Failure const& failure) {
        return failure.diagnostics().front();
    }
    return {};
}

TEST(LateLibpq, says_which_library_is_missing_and_what_to_do) {
    auto const diagnostic = refusal([] { open_library("no_such_library.so.5"); });
    EXPECT_EQ(diagnostic.code, "CM0419");
    EXPECT_NE(diagnostic.message.find("no_such_library.so.5"), std::string::npos);
    EXPECT_FALSE(diagnostic.helps.empty());
}

TEST(LateLibpq, says_which_function_is_missing) {
    auto* const library = open_library("libpq.so.5");
    EXPECT_NE(find_function(library, "PQstatus"), nullptr);
    auto const diagnostic = refusal([&] { find_function(library, "PQnoSuchThing"); });
    EXPECT_EQ(diagnostic.code, "CM0419");
    EXPECT_NE(diagnostic.message.find("PQnoSuchThing"), std::string::npos);
}

}  // namespace

}  // namespace cm::pg

// main of every test program. A filter that selects nothing is a failure: a renamed test must not
// pass unseen.
#include <gtest/gtest.h>

#include <cstdio>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    auto const result = RUN_ALL_TESTS();
    if (GTEST_FLAG_GET(list_tests)) return result;
    if (testing::UnitTest::GetInstance()->test_to_run_count() == 0) {
        std::fputs("no test was selected\n", stderr);
        return 1;
    }
    return result;
}
